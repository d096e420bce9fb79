import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "puppeteer-core";
import { BROWSERS, look, rectangleOf } from "../support/browser/browser.ts";
import {
  bringAbout,
  PAGE_STATES,
  StatesServer,
} from "../support/browser/page_states.ts";
import { until } from "../support/browser/until.ts";

/** States whose last picture is seen, dimmed. */
const DIMMED = ["no-signal", "waiting", "ended", "away", "removed"];

/** States that have parts of their own, which are looked at in each way. */
const OWN_PARTS = ["live", "no-signal", "no-channel", "share", "wrong-token"];

/** Ways to look at the page; 640 pixels are 1280 at 200 %. */
const LOOKS = [
  { width: 1280, colors: "light", forced: "none" },
  { width: 640, colors: "dark", forced: "none" },
  { width: 320, colors: "light", forced: "active" },
];

for (const { name: browserName, installed, launch } of BROWSERS) {
  Deno.test({
    name: `the page in ${browserName} says what is wrong in each state, to all`,
    ignore: !installed,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      await using server = new StatesServer();
      await using browser = await launch();
      await using page = await browser.newPage();
      for (const [index, state] of PAGE_STATES.entries()) {
        await t.step(state.name, async () => {
          await page.setViewport({ width: 1280, height: 800 });
          await bringAbout(state, server, page);
          if (DIMMED.includes(state.name)) await untilDim(page);
          if (state.name === "live") assert(await brightness(page) > 90);
          // Engines hardly differ in what axe looks at.
          if (browserName !== "Chromium") return;
          const looks = OWN_PARTS.includes(state.name)
            ? LOOKS
            : [LOOKS[index % LOOKS.length]];
          await lookAsAll(page, looks);
        });
      }
    },
  });
}

/** Waits until nobody takes the picture for a live one. */
async function untilDim(page: Page): Promise<void> {
  await until("a dim picture", async () => await brightness(page) < 70);
}

/** The brightness at the picture's upper edge, 0 to 255. */
async function brightness(page: Page): Promise<number> {
  const { x, y, width } = await rectangleOf(page, "#stage");
  const { rgb } = await look(page, { x, y, width, height: 8 });
  return rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
}

/** Looks at the page as axe does, in some ways. */
async function lookAsAll(page: Page, looks: typeof LOOKS): Promise<void> {
  const devtools = await page.createCDPSession();
  try {
    await page.evaluate(axe.source);
    for (const { width, colors, forced } of looks) {
      await page.setViewport({ width, height: 800 });
      await devtools.send("Emulation.setEmulatedMedia", {
        features: [
          { name: "prefers-color-scheme", value: colors },
          { name: "forced-colors", value: forced },
        ],
      });
      const found = await page.evaluate(`(${axeFindings})()`) as string[];
      assertEquals(found, [], `${width} ${colors} ${forced}`);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - innerWidth",
      );
      assert(Number(overflow) <= 0, `${overflow} pixels too wide at ${width}`);
    }
  } finally {
    await devtools.send("Emulation.setEmulatedMedia", { features: [] });
    await devtools.detach();
  }
}

/** Lines about what axe finds; runs in the page, as text. */
const axeFindings = `async () => {
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => [id, html, failureSummary].join(" "))
  );
}`;
