import { assert } from "@std/assert";
import {
  assertAxeFindsNothing,
  lookAsAll,
  LOOKS,
} from "../support/browser/axe.ts";
import { BROWSERS } from "../support/browser/browser.ts";
import {
  bringAbout,
  PAGE_STATES,
  StatesServer,
} from "../support/browser/page_states.ts";
import { until } from "../support/browser/until.ts";
import { ENGINES, type Tab, tabOf } from "../support/engines/tab.ts";

/** States whose last picture is seen, dimmed. */
const DIMMED = ["no-signal", "waiting", "ended", "away", "removed"];

/** States that have parts of their own, which are looked at in each way. */
const OWN_PARTS = [
  ...["live", "no-signal", "no-channel", "share", "wrong-token"],
  "wall",
];

const [chromium] = BROWSERS;

Deno.test({
  name: "the page in Chromium says what is wrong in each state, to all",
  ignore: !chromium.installed,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using server = new StatesServer();
    await using browser = await chromium.launch();
    await using page = await browser.newPage();
    for (const [index, state] of PAGE_STATES.entries()) {
      await t.step(state.name, async () => {
        await page.setViewport({ width: 1280, height: 800 });
        const tab = tabOf(page);
        await bringAbout(state, server, tab);
        await assertLooksSo(tab, state.name);
        // Engines hardly differ in what axe looks at.
        const looks = OWN_PARTS.includes(state.name)
          ? LOOKS
          : [LOOKS[index % LOOKS.length]];
        await lookAsAll(page, looks);
      });
    }
  },
});

for (const { name, installed, start } of ENGINES) {
  if (name === chromium.name) continue;
  Deno.test({
    name: `the page in ${name} says what is wrong in each state`,
    ignore: !installed,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      await using server = new StatesServer();
      await using tab = await start();
      for (const state of PAGE_STATES) {
        await t.step(state.name, async () => {
          await bringAbout(state, server, tab);
          await assertLooksSo(tab, state.name);
          if (OWN_PARTS.includes(state.name)) await assertAxeFindsNothing(tab);
        });
      }
    },
  });
}

/** Across the room, a live picture looks live, and an old one does not. */
async function assertLooksSo(tab: Tab, state: string): Promise<void> {
  if (DIMMED.includes(state)) {
    await until("a dim picture", async () => await brightness(tab) < 70);
  }
  if (state === "live") assert(await brightness(tab) > 90);
}

/** The brightness at the picture's upper edge, 0 to 255. */
async function brightness(tab: Tab): Promise<number> {
  const { x, y, width } = await tab.place("#stage");
  const { rgb } = await tab.look({ x, y, width, height: 8 });
  return rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
}
