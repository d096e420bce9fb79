import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Browser, Page } from "puppeteer-core";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
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

/** Enough of a past to look back into. */
const PAST_MILLISECONDS = 4000;

async function openPast(browser: Browser, server: SocketServer): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 800, height: 700 });
  await page.goto(`${server.origin}/numbers`);
  await untilMoving(page);
  await delay(PAST_MILLISECONDS);
  await page.click("#look-back");
  await page.waitForSelector("#stills img");
  return page;
}

async function savedName(page: Page): Promise<string> {
  await page.waitForSelector("#save:not([hidden])");
  return await page.$eval("#save", (link) => link.getAttribute("download")!);
}

const BEHAVIORS: Behavior<SocketServer>[] = [
  {
    name: "asks for nothing of the past until it is opened",
    async fn(browser, server) {
      const page = await browser.newPage();
      await using _ = page;
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(`${server.origin}/numbers`);
      await untilMoving(page);
      await delay(1500);
      const ofPast = () => asked.filter((url) => /past\?|[?&]at=/.test(url));
      assertEquals(ofPast(), []);
      await page.keyboard.press("p");
      await until("the past", () => ofPast().length > 1);
      await page.keyboard.press("p");
      await delay(500);
      const before = ofPast().length;
      await delay(1500);
      assertEquals(ofPast().length, before);
    },
  },
  {
    name: "shows a moment of the past, by drag and by key, and saves it",
    async fn(browser, server) {
      await using page = await openPast(browser, server);
      const saved = browser.process()?.spawnfile.includes("chromium")
        ? await SavedFiles.of(page)
        : undefined;
      await using _ = saved;
      const { x, y, width, height } = await rectangleOf(page, "#rail");
      await page.mouse.move(x + width - 5, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
      await page.mouse.up();
      await untilState(page, "Looking back");
      assertEquals(await page.title(), "numbers · Looking back");
      await page.waitForSelector("#stage .then");
      assertMatch(await textOf(page, "#when"), /^[\d.]+ s ago, at /);
      const then = await until("a still picture", async () => {
        const number = await numberSeen(page);
        await delay(500);
        return await numberSeen(page) === number && number;
      });
      // Held, though what is kept goes on.
      await page.focus("#moment");
      for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowLeft");
      const earlier = await until("an earlier one", async () => {
        const number = await numberSeen(page);
        return number !== undefined && number < then && number;
      });
      await page.keyboard.press("s");
      assertMatch(await savedName(page), /^numbers-[\dT-]{19}\.png$/);
      if (saved !== undefined) {
        const { pixels, ...size } = decodePicture((await saved.next()).bytes);
        const number = readNumber({ rgb: pixels, ...size });
        assert(Math.abs(number! - earlier) <= 1, `${number}, not ${earlier}`);
      }
      await page.click("#close-file");
      await page.click("#present");
      await untilState(page, "Live");
      await untilMoving(page);
    },
  },
  {
    name: "saves the piece between two marks as a GIF",
    async fn(browser, server) {
      await using page = await openPast(browser, server);
      const saved = browser.process()?.spawnfile.includes("chromium")
        ? await SavedFiles.of(page)
        : undefined;
      await using _ = saved;
      const { x, y, width, height } = await rectangleOf(page, "#rail");
      await page.mouse.click(x + width / 4, y + height / 2);
      await untilState(page, "Looking back");
      await page.click("#clip-from");
      // A finger that drags neither scrolls nor lets go.
      const middle = y + height / 2;
      const finger = await page.touchscreen.touchStart(x + width / 2, middle);
      await finger.move(x + 2 * width / 3, middle);
      await finger.move(x + 3 * width / 4, middle);
      await finger.end();
      await page.click("#clip-to");
      const seconds = Number(
        await page.$eval(
          "#length",
          (field) => (field as unknown as { value: string }).value,
        ),
      );
      assert(seconds > 1.5 && seconds < 8, `${seconds} s`);
      await page.click("#clip");
      assertMatch(await savedName(page), /^numbers-[\dT-]{19}\.gif$/);
      if (saved === undefined) return;
      const frames = [...decodeGif((await saved.next()).bytes)];
      const length = frames.reduce(
        (sum, { delayCentiseconds }) => sum + delayCentiseconds / 100,
        0,
      );
      assert(Math.abs(length - seconds) < 0.3, `${length}, not ${seconds} s`);
      assert(frames.length > 8 * seconds, `${frames.length} frames`);
    },
  },
];

testInBrowsers({
  subject: "the past of the viewer page",
  serve: () => new SocketServer(),
  behaviors: BEHAVIORS,
});
