import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Browser, Page } from "puppeteer-core";
import { type Behavior, testInBrowsers } from "../support/browser/behaviors.ts";
import { look, rectangleOf } from "../support/browser/browser.ts";
import { readNumber } from "../support/browser/numbered_frame.ts";
import { SocketServer } from "../support/browser/socket_server.ts";
import {
  numbersWhile,
  textOf,
  untilMoving,
  untilState,
} from "../support/browser/stage.ts";
import { until } from "../support/browser/until.ts";
import { LaggingProxy } from "../support/http/lagging_proxy.ts";

async function openPage(
  browser: Browser,
  server: SocketServer,
  path = "/numbers",
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 640, height: 480 });
  await page.goto(server.origin + path);
  return page;
}

/** Waits until an element shows a number, and then a later one. */
async function untilMovingIn(page: Page, selector: string): Promise<void> {
  const seen = async () =>
    readNumber(await look(page, await rectangleOf(page, selector)));
  const first = await until("a picture", seen);
  await until("another picture", async () => {
    const number = await seen();
    return number !== undefined && number > first;
  });
}

/** The page of somebody else, with an element. */
function foreignPage(origin: string): string {
  return `<!doctype html><title>Mine</title>
<script src="${origin}/embed.js"></script>
<gif-stream src="${origin}/numbers.gif"></gif-stream>`;
}

const BEHAVIORS: Behavior<SocketServer>[] = [
  {
    name: "has picture and state on one connection, and breaks no policy",
    async fn(browser, server) {
      await using page = await browser.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(`${server.origin}/numbers`);
      await untilMoving(page);
      await untilState(page, "Live");
      await until(
        "the facts",
        async () =>
          /^96 × 96 · 1?\d frames\/s$/.test(await textOf(page, "#facts")),
      );
      await until(
        "the count",
        async () => await textOf(page, "#watching") === "1 watching",
      );
      const { websocket, gif } = server.viewersByForm;
      assertEquals([websocket, gif], [1, 0]);
      assertEquals(complaints, []);
    },
  },
  {
    name: "says Live only while pictures change",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await untilMoving(page);
      server.silent = true;
      await delay(3500);
      const state = await textOf(page, "#state");
      assertEquals(state, "Waiting for the source");
      server.silent = false;
      await untilState(page, "Live");
      const facts = await textOf(page, "#facts");
      const [, rate] = facts.match(/ ([\d.]+) frames/) ?? [];
      assert(Number(rate) < 20, facts);
      assertEquals(server.viewers, 1);
    },
  },
  {
    name: "goes on after a restart without a blank picture",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await untilMoving(page);
      const numbers = await numbersWhile(page, async () => {
        await server.stop();
        await untilState(page, "Reconnecting");
        assertEquals(await textOf(page, "#watching"), "");
        server.start();
        await untilState(page, "Live");
      });
      assert(!numbers.includes(undefined), numbers.join(" "));
      await untilMoving(page);
    },
  },
  {
    name: "begins anew where a proxy falls further and further behind",
    async fn(browser, server) {
      await using proxy = new LaggingProxy(Number(new URL(server.origin).port));
      await using page = await browser.newPage();
      await page.goto(`${proxy.origin}/numbers`);
      await untilState(page, "Live");
      const before = proxy.connections;
      proxy.pieceMilliseconds = 300;
      await until("another connection", () => proxy.connections > before);
      proxy.pieceMilliseconds = 0;
      await untilState(page, "Live");
      await untilMoving(page);
    },
  },
  {
    name: "waits for a place where all are taken, and takes it by WebSocket",
    async fn(browser, server) {
      const others = server.fill();
      await using page = await openPage(browser, server);
      await untilState(page, "All places are taken");
      // Long enough to be refused again.
      await delay(2500);
      assertEquals(await textOf(page, "#state"), "All places are taken");
      await others.cancel();
      await untilState(page, "Live");
      await untilMoving(page);
      const { websocket, gif } = server.viewersByForm;
      assertEquals([websocket, gif], [1, 0]);
    },
  },
  {
    name: "says so in a browser that is too old, and leads to stills",
    only: "Chromium",
    async fn(browser, server) {
      await using page = await browser.newPage();
      // What a browser lacks ends the script, as syntax does that it lacks.
      await page.evaluateOnNewDocument("delete window.IntersectionObserver");
      await page.goto(`${server.origin}/numbers`);
      await untilState(page, "This browser is too old");
      assert(await (await page.$("#too-old"))!.isVisible());
      assert(!await (await page.$("#actions"))!.isVisible());
      await Promise.all([
        page.waitForNavigation(),
        page.click("#too-old a"),
      ]);
      assertEquals(new URL(page.url()).pathname, "/numbers/still");
    },
  },
  {
    name: "lets go while hidden",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await untilMoving(page);
      await using other = await browser.newPage();
      await other.bringToFront();
      await until("no viewer", () => server.viewers === 0);
      await page.bringToFront();
      await until("a viewer", () => server.viewers === 1);
    },
  },
  {
    name: "moves in eight windows of one host",
    async fn(browser, server) {
      await using stack = new AsyncDisposableStack();
      for (let i = 0; i < 8; i++) {
        const page = stack.use(await openPage(browser, server));
        await untilMoving(page);
        await untilState(page, "Live");
      }
    },
  },
  {
    name: "shows the picture alone in a frame",
    async fn(browser, server) {
      const html = `<iframe src="${server.origin}/numbers/embed" width="96" ` +
        `height="96" style="border:0"></iframe>`;
      server.pages.set("/mine", { html });
      await using page = await openPage(browser, server, "/mine");
      await untilMovingIn(page, "iframe");
      await server.stop();
      await delay(500);
      server.start();
      await untilMovingIn(page, "iframe");
      assertEquals(server.viewersByForm.websocket, 1);
    },
  },
  {
    name: "is an element of a page that allows little",
    async fn(browser, server) {
      const { origin } = server;
      const policy = `default-src 'none'; script-src ${origin}; ` +
        `connect-src ${origin.replace("http", "ws")}`;
      const headers = { "content-security-policy": policy };
      server.pages.set("/mine", { html: foreignPage(origin), headers });
      await using page = await openPage(browser, server, "/mine");
      await untilMovingIn(page, "gif-stream");
      assertEquals(server.viewersByForm.websocket, 1);
      await server.stop();
      await delay(500);
      server.start();
      await untilMovingIn(page, "gif-stream");
      await using other = await browser.newPage();
      await other.bringToFront();
      await until("no viewer", () => server.viewers === 0);
    },
  },
  {
    name: "is an element of a page that allows images only",
    async fn(browser, server) {
      const { origin } = server;
      const policy = `default-src 'none'; script-src ${origin}; ` +
        `img-src ${origin}`;
      const headers = { "content-security-policy": policy };
      server.pages.set("/mine", { html: foreignPage(origin), headers });
      await using page = await openPage(browser, server, "/mine");
      await untilMovingIn(page, "gif-stream");
      assertEquals(server.viewersByForm.gif, 1);
      await server.stop();
      await delay(500);
      server.start();
      await untilMovingIn(page, "gif-stream");
    },
  },
];

testInBrowsers({
  subject: "the page and the element",
  serve: () => new SocketServer(),
  behaviors: BEHAVIORS,
});
