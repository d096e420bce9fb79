import { assert, assertEquals, assertMatch, fail } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Browser, Page } from "puppeteer-core";
import { decodePicture } from "../../src/image/decode_picture.ts";
import { type Behavior, testInBrowsers } from "../support/browser/behaviors.ts";
import { rectangleOf } from "../support/browser/browser.ts";
import { readNumber } from "../support/browser/numbered_frame.ts";
import { SavedFiles } from "../support/browser/saved_files.ts";
import { SocketServer } from "../support/browser/socket_server.ts";
import {
  numberSeen,
  textOf,
  untilMoving,
  untilState,
} from "../support/browser/stage.ts";
import { until } from "../support/browser/until.ts";
import { SlowProxy } from "../support/http/slow_proxy.ts";

/** Time in which a picture that moves would have moved. */
const LOOK_MILLISECONDS = 500;
/** Of a picture that waits for its turn on a busy machine. */
const LAG_TOLERANCE_SECONDS = 0.12;

async function openPage(
  browser: Browser,
  server: SocketServer | SlowProxy,
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 800, height: 600 });
  await page.goto(`${server.origin}/numbers`);
  await untilMoving(page);
  return page;
}

async function assertStill(page: Page): Promise<number> {
  const before = await until("a picture", () => numberSeen(page));
  await delay(LOOK_MILLISECONDS);
  assertEquals(await numberSeen(page), before);
  return before;
}

function zoomOf(page: Page): Promise<number> {
  return page.$eval(
    "#stage",
    (stage) =>
      Number(
        (stage as unknown as { style: CSSStyle }).style
          .getPropertyValue("--zoom") || 1,
      ),
  );
}

interface CSSStyle {
  getPropertyValue(name: string): string;
}

function isFull(page: Page): Promise<boolean> {
  return page.$eval("#screen", ({ className }) => className.includes("full"));
}

const BEHAVIORS: Behavior<SocketServer>[] = [
  {
    name: "holds the picture and goes on, by key, button and finger",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      const icon = () =>
        page.$eval('link[rel="icon"]', (link) => link.getAttribute("href"));
      const liveIcon = await icon();
      await page.keyboard.press(" ");
      await untilState(page, "Paused");
      await until("no viewer", () => server.viewers === 0);
      await assertStill(page);
      assertEquals(await page.title(), "numbers · Paused");
      assert(await icon() !== liveIcon);
      await page.click("#resume");
      await untilMoving(page);
      assertEquals(await page.title(), "numbers · Live");
      await page.tap('#actions [data-does="hold"]');
      await until("no viewer", () => server.viewers === 0);
      await assertStill(page);
      await page.tap("#resume");
      await untilMoving(page);
      assertEquals(await icon(), liveIcon);
    },
  },
  {
    name: "goes closer by key, button, wheel and two fingers, and moves",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await page.keyboard.press("+");
      const once = await zoomOf(page);
      assert(once > 1);
      await page.click('[data-does="closer"]');
      assert(await zoomOf(page) > once);
      const { x, y } = await rectangleOf(page, "#stage");
      await page.mouse.move(x + 10, y + 10);
      await page.mouse.wheel({ deltaY: -300 });
      await until("more", async () => await zoomOf(page) > 2);
      // The corner that the pointer is at: one block of 16, which is blue.
      assertEquals(await numberSeen(page), 0);
      const left = () =>
        page.$eval(
          "#stage canvas",
          (canvas) => canvas.getBoundingClientRect().left,
        );
      const before = await left();
      await page.mouse.move(x + 150, y + 100);
      await page.mouse.down();
      await page.mouse.move(x + 100, y + 60, { steps: 4 });
      await page.mouse.up();
      await until("a move", async () => await left() < before - 30);
      await page.keyboard.press("0");
      assertEquals(await zoomOf(page), 1);
      await untilMoving(page);
      const one = await page.touchscreen.touchStart(x + 100, y + 100);
      const two = await page.touchscreen.touchStart(x + 120, y + 100);
      await one.move(x + 60, y + 100);
      await two.move(x + 160, y + 100);
      await until("a pinch", async () => await zoomOf(page) > 2);
      await one.end();
      await two.end();
    },
  },
  {
    name: "fills the screen by key, button and double click",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      const enter: (() => Promise<unknown>)[] = [
        () => page.keyboard.press("f"),
        () => page.click('[data-does="full"]'),
        () => page.click("#stage", { count: 2 }),
      ];
      for (const act of enter) {
        await act();
        await until("the screen", () => isFull(page));
        const { width, height } = await rectangleOf(page, "#stage");
        const window = await page.evaluate("[innerWidth, innerHeight]");
        const [inner, outer] = window as number[];
        assertEquals(Math.min(inner, outer), Math.max(width, height));
        await untilMoving(page);
        await page.keyboard.press("f");
        await until("the window", async () => !await isFull(page));
      }
      const name = await page.$eval(
        '[data-does="full"]',
        (button) => button.getAttribute("aria-label"),
      );
      assertEquals(name, "Full screen");
    },
  },
  {
    name: "shows its keys, and closes panels by Escape",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await page.keyboard.press("?");
      assertMatch(await textOf(page, "#keys"), /full screen/);
      await page.keyboard.press("Escape");
      const closed = await page.$eval("#keys", ({ hidden }) => hidden);
      assert(closed);
      const focus = await page.evaluate("document.activeElement.dataset.does");
      assertEquals(focus, "keys");
    },
  },
  {
    name: "tells the lag that the picture has, over a long way, too",
    async fn(browser, server) {
      const proxy = new SlowProxy(Number(new URL(server.origin).port));
      await using _ = proxy;
      proxy.delayMilliseconds = 200;
      server.showsTime = true;
      await using page = await openPage(browser, proxy);
      await page.keyboard.press("i");
      let news = "";
      await until("the true lag", async () => {
        const [, told] = (await textOf(page, "#facts"))
          .match(/([\d.]+) s behind/) ?? [];
        const lags: number[] = [];
        for (let i = 0; i < 10; i++) {
          lags.push(await page.evaluate(readClock) as number / 1000);
          await delay(50);
        }
        // A picture is seen from when it is drawn until the next is.
        const least = Math.min(...lags);
        news = `it says ${told} s, and is ${least} s`;
        return least >= 0.2 &&
          Math.abs(Number(told) - least) < LAG_TOLERANCE_SECONDS;
      }).catch((error) => fail(`${error.message}: ${news}`));
      assertMatch(await textOf(page, "#facts"), /[\d.]+ Mbit\/s/);
    },
  },
  {
    name: "says that a slow link is behind, and asks for less",
    async fn(browser, server) {
      server.isNoisy = true;
      const proxy = new SlowProxy(Number(new URL(server.origin).port));
      await using _ = proxy;
      await using page = await openPage(browser, proxy);
      const before = proxy.connections;
      proxy.bytesPerSecond = 30_000;
      await until(
        "the news",
        async () =>
          (await textOf(page, "#state")).startsWith("Slow connection"),
      );
      await until("another connection", () => proxy.connections > before);
      await until(
        "the limit",
        async () => (await textOf(page, "#facts")).includes("fewer pictures"),
      );
    },
  },
  {
    name: "saves the newest picture, named by channel and time",
    async fn(browser, server) {
      server.silent = true;
      await using page = await browser.newPage();
      await page.goto(`${server.origin}/numbers`);
      await untilState(page, "Waiting for the source");
      for (const id of ["snapshot", "look-back"]) {
        assert(
          await page.$eval(
            `#${id}`,
            (button) => button.hasAttribute("disabled"),
          ),
        );
      }
      await page.keyboard.press("s");
      assert(await page.$eval("#file", ({ hidden }) => hidden));
      server.silent = false;
      await untilMoving(page);
      const saved = browser.process()?.spawnfile.includes("chromium")
        ? await SavedFiles.of(page)
        : undefined;
      await using _ = saved;
      await page.waitForSelector("#snapshot:not(:disabled)");
      await page.click("#snapshot");
      await page.waitForSelector("#save:not([hidden])");
      const name = await page.$eval(
        "#save",
        (link) => link.getAttribute("download")!,
      );
      assertMatch(name, /^numbers-[\dT-]{19}\.png$/);
      const width = () =>
        page.$eval(
          "#file-picture",
          (image) =>
            (image as unknown as { naturalWidth: number }).naturalWidth,
        );
      await until("the picture", async () => await width() === 96);
      if (saved !== undefined) {
        const file = await saved.next();
        assertEquals(file.name, name);
        const { pixels, width, height } = decodePicture(file.bytes);
        assert(readNumber({ rgb: pixels, width, height }) !== undefined);
      }
      await page.keyboard.press("Escape");
      assert(await page.$eval("#file", ({ hidden }) => hidden));
    },
  },
];

/** In the page: the age of the picture with a clock, by the clock here. */
const readClock = `(() => {
  const canvas = document.querySelector("#stage canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, 96, 96);
  let number = 0;
  for (let block = 0; block < 16; block++) {
    const x = 24 * (block % 4) + 12, y = 24 * Math.floor(block / 4) + 12;
    number = 2 * number + (data[4 * (96 * y + x)] > 128 ? 1 : 0);
  }
  return ((Date.now() & 0xffff) - number + 0x10000) & 0xffff;
})()`;

testInBrowsers({
  subject: "the controls of the viewer page",
  serve: () => new SocketServer(),
  behaviors: BEHAVIORS,
});
