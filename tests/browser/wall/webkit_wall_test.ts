import { assertEquals, assertMatch } from "@std/assert";
import { ChannelsServer } from "../../support/browser/channels_server.ts";
import { until } from "../../support/browser/until.ts";
import {
  type SeenTile,
  tilesOf,
  untilAllMove,
} from "../../support/browser/wall_tiles.ts";
import { ENGINES, press, type Tab, textIn } from "../../support/engines/tab.ts";

const NAMES = Array.from({ length: 12 }, (_, i) => `cam${i + 1}`);

const { installed, start } = ENGINES.find(({ name }) => name === "WebKitGTK")!;

Deno.test({
  name: "the viewer page's wall in WebKitGTK",
  ignore: !installed,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using server = new ChannelsServer(...NAMES);
    server.hasSockets = true;
    server.tenths = 5;
    await using tab = await start();
    await tab.open(server.page);
    await t.step("moves all over one connection", async () => {
      await untilAllMove(tab, NAMES, 3);
      await untilState(tab, "12 channels");
      assertEquals(server.mostViewers, 0);
    });
    await t.step("opens a channel, and comes back", async () => {
      await press(tab, '[data-name="cam9"] a');
      await until("a viewer", () => server.viewersOf("cam9") === 1);
      await untilState(tab, "Live");
      await tab.evaluate("void history.back()");
      await until("no viewer", () => server.viewersOf("cam9") === 0);
      await until("the wall", async () => (await tilesOf(tab)).length === 12);
      await pressKeys(tab, "cam1", ["ArrowRight"]);
      await until("the focus", async () =>
        await tab.evaluate(
          `document.activeElement.matches('[data-name="cam2"] a')`,
        ) === true);
    });
    await t.step("finds by name, in columns", async () => {
      await type(tab, "#find", "CAM1");
      await until("four", async () => (await tilesOf(tab)).length === 4);
      await type(tab, "#find", "");
      await choose(tab, "#columns", "1");
      const wanted = () =>
        [...server.channels].filter(({ demand }) => demand.wanted).length;
      await until("few channels", () => wanted() > 0 && wanted() < 5);
      await choose(tab, "#columns", "");
      await until("all channels", () => wanted() === 12);
    });
    await t.step("shows what is dead as dead", async () => {
      server.idle = "cam2";
      server.channels.get("cam2")!.setSource({ state: "no signal" });
      const dead = await until("the news", async () => {
        const tile = await tileOf(tab, "cam2");
        return tile.state === "no signal" && tile;
      });
      assertMatch(dead.about, /^No signal · \d+ seconds?$/);
      assertMatch(
        await tab.evaluate<string>(
          `getComputedStyle(document.querySelector(
            '[data-name="cam2"] canvas')).filter`,
        ),
        /grayscale.*brightness/,
      );
      await choose(tab, "#order", "trouble");
      assertEquals((await tilesOf(tab))[0].name, "cam2");
    });
    await t.step("is a link, without controls", async () => {
      const query = "?channels=cam7,cam3,nobody,cam5&grid=2x1&kiosk";
      await tab.open(server.page + query);
      await until("three", async () => (await tilesOf(tab)).length === 3);
      const names = (await tilesOf(tab)).map(({ name }) => name);
      assertEquals(names, ["cam7", "cam3", "cam5"]);
      await until("a picture", async () => (await tilesOf(tab))[0].picture > 0);
    });
    await t.step("says so where the server is away", async () => {
      await tab.open(server.page);
      await untilState(tab, "12 channels · 1 without a live picture");
      await server.stop();
      await untilState(tab, "Reconnecting");
      const states = (await tilesOf(tab)).map(({ state }) => state);
      assertEquals([...new Set(states)], ["lost"]);
    });
  },
});

async function tileOf(tab: Tab, name: string): Promise<SeenTile> {
  return (await tilesOf(tab)).find((tile) => tile.name === name)!;
}

async function untilState(tab: Tab, text: string): Promise<void> {
  await until(
    `the news: ${text}`,
    async () => await textIn(tab, "#state") === text,
  );
}

/** Keys on the link of a tile. */
async function pressKeys(
  tab: Tab,
  name: string,
  keys: string[],
): Promise<void> {
  await tab.evaluate(`(() => {
    document.querySelector('[data-name="${name}"] a').focus();
    for (const key of ${JSON.stringify(keys)}) {
      document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  })()`);
}

async function type(tab: Tab, field: string, text: string): Promise<void> {
  await tab.evaluate(`(() => {
    const field = document.querySelector("${field}");
    field.value = "${text}";
    field.dispatchEvent(new Event("input"));
  })()`);
}

async function choose(tab: Tab, field: string, value: string): Promise<void> {
  await tab.evaluate(`(() => {
    const field = document.querySelector("${field}");
    field.value = "${value}";
    field.dispatchEvent(new Event("change"));
  })()`);
}
