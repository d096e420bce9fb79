import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { readNumber } from "../support/browser/numbered_frame.ts";
import { SocketServer } from "../support/browser/socket_server.ts";
import { until } from "../support/browser/until.ts";
import {
  ENGINES,
  has,
  press,
  type Tab,
  textIn,
} from "../support/engines/tab.ts";

/** Time in which a picture that moves would have moved. */
const LOOK_MILLISECONDS = 500;

for (const { name, installed, start } of ENGINES) {
  Deno.test({
    name: `where less motion is wanted in ${name}`,
    ignore: !installed,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      await using server = new SocketServer();
      server.pages.set("/mine", {
        html: `<!doctype html><title>Mine</title>
<script src="${server.origin}/embed.js"></script>
<gif-stream src="${server.origin}/numbers.gif"></gif-stream>`,
      });
      await using tab = await start({ lessMotion: true });
      await t.step("the page starts with a still and a button", async () => {
        await tab.open(`${server.origin}/numbers`);
        await until(
          "the news",
          async () => await textIn(tab, "#state") === "Paused",
        );
        await until("a still", () => has(tab, "#stage img"));
        await assertStill(tab, "#stage");
        assertEquals(server.viewers, 0);
        await press(tab, "#resume");
        await untilMoving(tab, "#stage");
      });
      await t.step("the element shows one picture, and rests", async () => {
        await tab.open(`${server.origin}/mine`);
        await until("a picture", () => seenIn(tab, "gif-stream"));
        await until("no viewer", () => server.viewers === 0);
        await assertStill(tab, "gif-stream");
        assertEquals(server.viewers, 0);
      });
    },
  });
}

async function seenIn(tab: Tab, selector: string) {
  const place = await tab.place(selector);
  return place.width < 16 || place.height < 16
    ? undefined
    : readNumber(await tab.look(place));
}

async function assertStill(tab: Tab, selector: string): Promise<void> {
  const before = await until("a picture", () => seenIn(tab, selector));
  await delay(LOOK_MILLISECONDS);
  const now = await until("a picture", () => seenIn(tab, selector));
  // One that was under way may still have come.
  assert(now - before <= 2, `it moves: ${before}, ${now}`);
}

async function untilMoving(tab: Tab, selector: string): Promise<void> {
  const first = await until("a picture", () => seenIn(tab, selector));
  await until("another one", async () => {
    const now = await seenIn(tab, selector);
    return now !== undefined && now > first;
  });
}
