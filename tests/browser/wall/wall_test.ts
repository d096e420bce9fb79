import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Browser, Page } from "puppeteer-core";
import { lookAsAll, LOOKS } from "../../support/browser/axe.ts";
import {
  type Behavior,
  testInBrowsers,
} from "../../support/browser/behaviors.ts";
import { look, rectangleOf } from "../../support/browser/browser.ts";
import { ChannelsServer } from "../../support/browser/channels_server.ts";
import { numberSeen, textOf, untilState } from "../../support/browser/stage.ts";
import { until } from "../../support/browser/until.ts";
import {
  tilesOf as tilesIn,
  untilAllMove as untilTilesMove,
} from "../../support/browser/wall_tiles.ts";
import { tabOf } from "../../support/engines/tab.ts";

/** Twice as many as a browser opens connections to a host. */
const NAMES = Array.from({ length: 12 }, (_, i) => `cam${i + 1}`);

const BEHAVIORS: Behavior<ChannelsServer>[] = [
  {
    name: "moves all channels over one connection, and opens one of them",
    async fn(browser, server) {
      await using page = await openWall(browser, server);
      await untilAllMove(page, 2);
      // A browser that is slow to connect asks for stills meanwhile.
      server.asked.length = 0;
      await untilAllMove(page, 3);
      const tiles = await tilesOf(page);
      assertEquals(tiles.map(({ name }) => name), NAMES);
      const lowest = Math.max(...tiles.map(({ bottom }) => bottom));
      assert(lowest <= 600, `the wall ends at ${lowest} of 600`);
      assertEquals(tiles.filter(({ isStop }) => isStop).length, 1);
      await until(
        "all to be live",
        async () => await textOf(page, "#state") === "12 channels",
      );
      // Nothing else is asked for: no stills, no state.
      const others = server.asked.filter((path) =>
        path !== "/" && path !== "/api/wall" && path !== "/favicon.ico"
      );
      assertEquals(others.filter((path) => path !== "/api/channels"), []);
      assertEquals(server.viewersOf("cam1"), 0);

      await page.click('[data-name="cam9"] a');
      await untilOpen(page, server, "cam9");
      assertEquals(page.url(), server.page + "cam9");
      await page.evaluate("history.back()");
      await untilWall(page);
      await until("no viewer", () => server.viewersOf("cam9") === 0);

      // By keyboard: to the right, down, and in.
      await page.focus('[data-name="cam1"] a');
      for (const key of ["ArrowRight", "ArrowDown", "Enter"] as const) {
        await page.keyboard.press(key);
      }
      const columns = await page.$eval(
        "#channels ul",
        (list) =>
          Number((list as unknown as { style: CSSStyle }).style
            .getPropertyValue("--columns")),
      );
      await untilOpen(page, server, `cam${columns + 2}`);
      await page.click("#to-wall");
      await untilWall(page);
      assertEquals(page.url(), server.page);
    },
  },
  {
    name: "shows what is dead as dead, and since when",
    async fn(browser, server) {
      await using page = await openWall(browser, server);
      const tile = async (name: string) =>
        (await tilesOf(page)).find((tile) => tile.name === name)!;
      await until("a picture", async () => (await tile("cam2")).picture > 0);
      server.idle = "cam2";
      server.channels.get("cam2")!.setSource({ state: "no signal" });
      await until(
        "the news",
        async () => (await tile("cam2")).state === "no signal",
      );
      const dead = await tile("cam2");
      assertMatch(dead.about, /^No signal · \d+ seconds?$/);
      assert(dead.picture > 0, "the last picture stays");
      assertMatch(
        await page.$eval(
          '[data-name="cam2"] canvas',
          (canvas) => getComputedStyle(canvas as never).filter,
        ),
        /grayscale.*brightness/,
      );
      assertEquals(
        await textOf(page, "#state"),
        "12 channels · 1 without a live picture",
      );
      await page.select("#order", "trouble");
      assertEquals((await tilesOf(page))[0].name, "cam2");

      await server.stop();
      await untilState(page, "Reconnecting");
      assert(
        (await tilesOf(page)).every(({ state }) => state === "lost"),
        "no tile may look alive while the server is away",
      );
    },
  },
  {
    name: "costs nothing for what is not seen",
    async fn(browser, server) {
      await using page = await openWall(browser, server);
      await page.select("#columns", "1");
      const wanted = () =>
        [...server.channels].filter(({ demand }) => demand.wanted)
          .map(({ name }) => name);
      await until("few channels", () => {
        const names = wanted();
        return names.length > 0 && names.length < 5 && names[0] === "cam1";
      });
      await page.evaluate("scrollTo(0, document.body.scrollHeight)");
      await until("the last one", () => wanted().at(-1) === "cam12");
      await until("not the first one", () => wanted()[0] !== "cam1");
      await using other = await browser.newPage();
      await other.bringToFront();
      await until("none while hidden", () => wanted().length === 0);
      await page.bringToFront();
      await until("the last one again", () => wanted().at(-1) === "cam12");
      // The choice is remembered.
      await page.reload();
      assertEquals(await page.$eval("#columns", valueOf), "1");
      await page.select("#columns", "");
    },
  },
  {
    name: "has keys of its own, and fills the screen",
    async fn(browser, server) {
      await using page = await openWall(browser, server);
      const focus = () =>
        page.evaluate(
          "document.activeElement.id || " +
            "document.activeElement.parentElement.dataset.name",
        );
      await page.keyboard.press("ArrowRight");
      assertEquals(await focus(), "cam1");
      // What is for one picture does nothing.
      for (const key of [" ", "s", "p"] as const) {
        await page.keyboard.press(key);
      }
      assertEquals(page.url(), server.page);
      await page.keyboard.press("?");
      assertMatch(await textOf(page, "#wall-keys"), /full screen/);
      await page.keyboard.press("Escape");
      assert(!await (await page.$("#wall-keys"))!.isVisible());
      assertEquals(await focus(), "wall-help");
      await page.keyboard.press("f");
      await page.waitForSelector("#channels.full");
      await until("tiles over the screen", async () => {
        const height = await page.evaluate("innerHeight") as number;
        const tiles = await tilesOf(page);
        const lowest = Math.max(...tiles.map(({ bottom }) => bottom));
        return tiles.length === 12 && lowest > height - 10 && lowest <= height;
      });
      await untilAllMove(page, 2);
      await page.keyboard.press("f");
      await page.waitForSelector("#channels:not(.full)");
      await page.click("#wall-full");
      await page.waitForSelector("#channels.full");
      await page.click('[data-name="cam2"] a');
      await untilOpen(page, server, "cam2");
      assertEquals(await page.$("#channels.full"), null);
      await page.click("#to-wall");
      await untilWall(page);
      await page.keyboard.press("/");
      assertEquals(await focus(), "find");
      await page.keyboard.type("f?/");
      assertMatch(await textOf(page, "#none-found"), /^No channel/);
    },
  },
  {
    name: "opens a channel by a finger",
    async fn(browser, server) {
      await using page = await openWall(browser, server);
      await page.setViewport({ width: 390, height: 800, hasTouch: true });
      await untilWall(page);
      await page.tap('[data-name="cam2"] a');
      await untilOpen(page, server, "cam2");
      await page.tap("#to-wall");
      await untilWall(page);
    },
  },
  {
    name: "has a focus that is seen, and nothing that axe finds",
    only: "Chromium",
    async fn(browser, server) {
      await using page = await openWall(browser, server);
      server.channels.get("cam2")!.setSource({ state: "no signal" });
      await until(
        "live and dead tiles",
        async () => {
          const tiles = await tilesOf(page);
          return tiles[0].picture > 0 && tiles[1].state === "no signal";
        },
      );
      await page.focus("#order");
      const cam1 = '[data-name="cam1"] a';
      await until("focus on a tile", async () => {
        await page.keyboard.press("Tab");
        return await page.$(`${cam1}:focus-visible`) !== null;
      });
      // The ring is above the picture, and within the tile.
      const { x, y, width } = await rectangleOf(page, cam1);
      const { rgb } = await look(page, { x, y: y + 1, width, height: 1 });
      assertEquals([...new Set(rgb.slice(0, 300))].length, 3, "no ring");
      await lookAsAll(page, LOOKS);
    },
  },
  {
    name: "is found by name, by a link, and without controls",
    async fn(browser, server) {
      await using page = await openWall(browser, server);
      await page.type("#find", "CAM1");
      const names = async () => (await tilesOf(page)).map(({ name }) => name);
      assertEquals((await names()).length, 4);
      await page.type("#find", "x");
      assertEquals(await names(), []);
      assertMatch(await textOf(page, "#none-found"), /^No channel/);

      const query = "?channels=cam7,cam3,nobody,cam5&grid=2x1&kiosk";
      await page.goto(server.page + query);
      await until("three tiles", async () => (await names()).length === 3);
      assertEquals(await names(), ["cam7", "cam3", "cam5"]);
      const tiles = await tilesOf(page);
      assertEquals(
        tiles.map(({ bottom }) => Math.round(bottom / 600)),
        [1, 1, 2],
      );
      for (const id of ["#find", "#to-wall", "#kiosk"]) {
        assert(!await (await page.$(id))!.isVisible(), id);
      }
      // It is there for who hears it.
      const header = await (await page.$("header"))!.boundingBox();
      assertEquals([header!.width, header!.height], [1, 1]);
      await until(
        "moving pictures",
        async () => (await tilesOf(page))[0].picture > 0,
      );
    },
  },
];

testInBrowsers({
  subject: "the viewer page's wall",
  serve() {
    const server = new ChannelsServer(...NAMES);
    server.hasSockets = true;
    server.tenths = 5;
    return server;
  },
  behaviors: BEHAVIORS,
});

/** The part of a style that the tests need. */
interface CSSStyle {
  getPropertyValue(name: string): string;
}

declare function getComputedStyle(element: never): { filter: string };

async function openWall(
  browser: Browser,
  server: ChannelsServer,
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1100, height: 600 });
  await page.goto(server.page);
  await untilWall(page);
  return page;
}

function tilesOf(page: Page) {
  return tilesIn(tabOf(page));
}

/** Waits for some pictures of each channel. */
function untilAllMove(page: Page, count: number): Promise<void> {
  return untilTilesMove(tabOf(page), NAMES, count);
}

async function untilWall(page: Page): Promise<void> {
  await until("the wall", async () => (await tilesOf(page)).length > 0);
}

async function untilOpen(
  page: Page,
  server: ChannelsServer,
  name: string,
): Promise<void> {
  await until(`a picture of ${name}`, async () => {
    if (await page.$eval("#stage", isUnseen)) return false;
    const number = await numberSeen(page);
    return number !== undefined && server.channelOf(number) === name;
  });
}

function isUnseen(element: unknown): boolean {
  return (element as { clientWidth: number }).clientWidth === 0;
}

function valueOf(element: unknown): string {
  return (element as { value: string }).value;
}
