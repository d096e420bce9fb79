import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Browser, Page } from "puppeteer-core";
import { type Behavior, testInBrowsers } from "../support/browser/behaviors.ts";
import { LiveServer } from "../support/browser/live_server.ts";
import {
  numbersWhile,
  textOf,
  untilMoving,
  untilState,
} from "../support/browser/stage.ts";
import { until } from "../support/browser/until.ts";

const CROWDED = "Stills: other windows hold the connections to this server";

const BEHAVIORS: Behavior<LiveServer>[] = [
  {
    name: "shows a moving picture, finishes loading, and breaks no policy",
    async fn(browser, server) {
      await using page = await browser.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(server.page, { waitUntil: "load" });
      await untilMoving(page);
      const ended = await page.evaluate(() =>
        performance.getEntriesByType("navigation")
          .map((entry) => "loadEventEnd" in entry && entry.loadEventEnd)
      );
      assert(Number(ended[0]) > 0, "the page is still loading");
      // The server of these tests has none: see socket_page_test.ts.
      const other = complaints.filter((text) =>
        !/WebSocket|426|wss?:/.test(text)
      );
      assertEquals(other, []);
    },
  },
  {
    name: "tells the name, the state, who watches, size and address",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await until(
        "the facts",
        async () =>
          /^96 × 96 · [\d.]+ frames\/s$/.test(await textOf(page, "#facts")),
      );
      assertEquals(await textOf(page, "h1"), "numbers");
      assertEquals(await page.title(), "numbers · Live");
      assertEquals(await textOf(page, "#watching"), "1 watching");
      assertEquals(await textOf(page, "#state"), "Live");
      await page.click("#share");
      const lines = await page.$$eval(
        "#sharing input",
        (all) => all.map((one) => (one as unknown as { value: string }).value),
      );
      const gif = `${server.page}numbers.gif`;
      assertEquals(lines, [
        `${server.page}numbers`,
        `<script src="${server.page}embed.js" async></script>` +
        `<gif-stream src="${gif}"></gif-stream>`,
        `<iframe src="${server.page}numbers/embed" width="96" height="96" ` +
        `style="border:0"></iframe>`,
        `<img src="${gif}">`,
        gif,
        `${server.page}numbers.mjpeg`,
        `${server.page}numbers/snapshot.jpg`,
      ]);
    },
  },
  {
    name: "lets go of the stream while its tab is hidden",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await using other = await browser.newPage();
      await other.bringToFront();
      await until("no viewer", () => server.viewers === 0);
      await page.bringToFront();
      await untilMoving(page);
      assertEquals(server.viewers, 1);
    },
  },
  {
    name: "lets go of the stream while scrolled out of view",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await page.setViewport({ width: 400, height: 60 });
      await page.evaluate("scrollTo(0, document.body.scrollHeight)");
      await until("no viewer", () => server.viewers === 0);
      assertEquals(await textOf(page, "#state"), "Paused while hidden");
      await page.evaluate("stage.scrollIntoView()");
      await until("a viewer", () => server.viewers === 1);
    },
  },
  {
    name: "lets go of the stream when left",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await page.goto("about:blank");
      await until("no viewer", () => server.viewers === 0);
    },
  },
  {
    name: "goes on after the end of a stream without a blank picture",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      const numbers = await numbersWhile(page, async () => {
        server.endStreams();
        await untilJoined(server, 2);
      });
      assertGoesOn(numbers);
    },
  },
  {
    name: "goes on after a restart of the server without a blank picture",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      const numbers = await numbersWhile(page, async () => {
        await server.stop();
        await untilState(page, "Reconnecting");
        server.restart();
        await untilJoined(server, 2);
      });
      assertGoesOn(numbers);
      await untilState(page, "Live");
    },
  },
  {
    name: "shows a picture even after the server was killed",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await page.waitForSelector(".snapshot");
      const numbers = await numbersWhile(page, async () => {
        await server.kill();
        await delay(1000);
        server.restart();
        await untilJoined(server, 2);
      });
      assertNoneBlank(numbers);
    },
  },
  {
    name: "changes to a fresh stream without a blank picture",
    async fn(browser, server) {
      server.withoutSnapshots = true;
      await using page = await openPage(browser, server, "?swap-bytes=10000");
      server.slownessMilliseconds = 300;
      const numbers = await numbersWhile(
        page,
        () => untilJoined(server, 3),
      );
      // A slow stream begins a little in the past.
      assertNoneBlank(numbers);
      await until("the old one to end", () => server.viewers === 1);
      assert(server.mostViewers <= 2, `${server.mostViewers} streams at once`);
    },
  },
  {
    name: "takes a fresh stream once a server out of reach is back",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      server.withoutStatus = true;
      await untilState(page, "Reconnecting");
      const numbers = await numbersWhile(page, async () => {
        server.withoutStatus = false;
        await untilJoined(server, 2);
      });
      assertNoneBlank(numbers);
    },
  },
  {
    name: "waits for a source that gives nothing, on the same stream",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      server.silent = true;
      await untilState(page, "Waiting for the source");
      server.silent = false;
      await untilState(page, "Live");
      await untilMoving(page);
      assertEquals(server.joins, 1);
    },
  },
  {
    name: "shows stills in windows for which there is no connection, says so",
    only: "Chromium",
    async fn(browser, server) {
      await using stack = new AsyncDisposableStack();
      const pages: Page[] = [];
      // A browser opens six connections to a host.
      for (let i = 0; i < 7; i++) {
        const page = stack.use(await browser.newPage({ type: "window" }));
        await page.goto(server.page);
        await untilState(page, i < 4 ? "Live" : CROWDED);
        pages.push(page);
      }
      for (const page of pages) await untilMoving(page);
      assertEquals(server.viewers, 4);
      // The one that has waited longest has its place now.
      await pages[1].goto("about:blank");
      await untilState(pages[4], "Live");
      await untilState(pages[5], CROWDED);
      await untilMoving(pages[4]);
    },
  },
  {
    name: "waits for the first picture",
    async fn(browser, server) {
      server.silent = true;
      server.endStreams();
      await using page = await browser.newPage();
      await page.goto(server.page);
      await untilState(page, "Waiting for the source");
      server.silent = false;
      await untilMoving(page);
      assertEquals(server.joins, 1);
    },
  },
];

testInBrowsers({
  subject: "the viewer page without a WebSocket",
  serve: () => new LiveServer(),
  behaviors: BEHAVIORS,
});

async function openPage(
  browser: Browser,
  server: LiveServer,
  query = "",
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 640, height: 480 });
  await page.goto(server.page + query);
  await untilMoving(page);
  return page;
}

/** A stream and its pictures, for so long that what it replaced is gone. */
async function untilJoined(server: LiveServer, joins: number): Promise<void> {
  await until(`join ${joins}`, () => server.joins >= joins);
  await delay(1000);
}

function assertNoneBlank(numbers: (number | undefined)[]): void {
  assert(!numbers.includes(undefined), `blank: ${numbers.join(" ")}`);
}

function assertGoesOn(numbers: (number | undefined)[]): void {
  assertNoneBlank(numbers);
  const sorted = numbers.toSorted((a, b) => a! - b!);
  assertEquals(numbers, sorted);
  assert(numbers.at(-1)! > numbers[0]!, `still: ${numbers.join(" ")}`);
}
