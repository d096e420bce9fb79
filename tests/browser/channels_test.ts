import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Browser, Page } from "puppeteer-core";
import { type Behavior, testInBrowsers } from "../support/browser/behaviors.ts";
import { ChannelsServer } from "../support/browser/channels_server.ts";
import {
  numberSeen,
  numbersWhile,
  textOf,
  untilMoving,
  untilState,
} from "../support/browser/stage.ts";
import { until } from "../support/browser/until.ts";

const BEHAVIORS: Behavior<ChannelsServer>[] = [
  {
    name: "lists the channels, with a still of each",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      assertEquals(await titles(page), ["A", "B", "C"]);
      assertEquals(await currentTitle(page), "A");
      await until("stills", async () => {
        const widths = await page.$$eval(
          "#channels canvas",
          (stills) =>
            stills.map((still) =>
              (still as unknown as { width: number }).width
            ),
        );
        return widths.length === 3 && widths.every((width) => width > 0);
      });
      await until(
        "the viewer",
        async () =>
          await textOf(page, '[data-name="a"] .about') === "Live · 1 watching",
      );
      assertEquals(await textOf(page, '[data-name="b"] .about'), "Live");
    },
  },
  {
    name: "starts no source of those that it only lists",
    async fn(browser, server) {
      server.channels.get("b")!.setSource({ state: "idle" });
      server.idle = "b";
      await using page = await openPage(browser, server);
      const about = '[data-name="b"] .about';
      await until(
        "the news",
        async () => await textOf(page, about) === "Starts when watched",
      );
      await until("a still of c", () =>
        page.$eval(
          '[data-name="c"] canvas',
          (still) => (still as unknown as { width: number }).width > 0,
        ));
      assertEquals(server.asked.filter((path) => path.startsWith("/b")), []);
      await page.click('[data-name="b"] a');
      await until("a viewer of b", () => server.viewersOf("b") === 1);
      assertEquals(await textOf(page, "#state"), "Starting the source");
      server.idle = undefined;
      await untilSeen(page, server, "b");
      await untilState(page, "Live");
    },
  },
  {
    name: "opens one by a click, without a blank picture or a page load",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await page.evaluate("window.mark = 'still here'");
      const numbers = await numbersWhile(page, async () => {
        await page.click('[data-name="b"] a');
        await untilSeen(page, server, "b");
      });
      assert(!numbers.includes(undefined), `blank: ${numbers.join(" ")}`);
      assertEquals(await page.evaluate("mark"), "still here");
      assertEquals(page.url(), server.page + "b");
      assertEquals(await textOf(page, "h1"), "B");
      await until("the title", async () => await page.title() === "B · Live");
      assertEquals(await currentTitle(page), "B");
      await until("no viewer of a", () => server.viewersOf("a") === 0);
      assertEquals(server.viewersOf("b"), 1);
    },
  },
  {
    name: "goes back and forth by the browser's buttons",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      await page.click('[data-name="b"] a');
      await untilSeen(page, server, "b");
      await page.click('[data-name="c"] a');
      await untilSeen(page, server, "c");
      await page.evaluate("history.back()");
      await untilSeen(page, server, "b");
      assertEquals(page.url(), server.page + "b");
      await page.evaluate("history.back()");
      await untilSeen(page, server, "a");
      assertEquals(page.url(), server.page + "a");
      await page.evaluate("history.forward()");
      await untilSeen(page, server, "b");
      await until("one viewer", () => server.viewersOf("a") === 0);
    },
  },
  {
    name: "takes few connections, and one in the end, however fast one chooses",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      for (const name of ["b", "c", "a", "c", "b", "a", "b", "c"]) {
        await page.click(`[data-name="${name}"] a`);
      }
      await untilSeen(page, server, "c");
      await until(
        "one viewer",
        () => server.viewersOf("a") === 0 && server.viewersOf("b") === 0,
      );
      // One that is let go may be counted until the server hears of it.
      assert(server.mostViewers <= 4, `${server.mostViewers} streams at once`);
    },
  },
  {
    name: "opens one by its address, with or without a slash behind it",
    async fn(browser, server) {
      for (const address of ["b", "b/"]) {
        await using page = await openPage(browser, server, address);
        await untilSeen(page, server, "b");
        assertEquals(page.url(), server.page + "b");
        assertEquals(await currentTitle(page), "B");
        await page.click('[data-name="a"] a');
        await untilSeen(page, server, "a");
      }
    },
  },
  {
    name: "goes to the next and the previous one, by key and by button",
    async fn(browser, server) {
      await using page = await openPage(browser, server, "b");
      await page.keyboard.press("ArrowRight");
      await untilSeen(page, server, "c");
      await page.keyboard.press("ArrowRight");
      await untilSeen(page, server, "a");
      await page.click('[data-does="previous"]');
      await untilSeen(page, server, "c");
      assertEquals(page.url(), server.page + "c");
      // A held picture of another channel is another picture.
      await page.keyboard.press("k");
      await untilState(page, "Paused");
      await page.click('[data-does="previous"]');
      await untilSeen(page, server, "b");
      await until("no viewer", () => server.viewersOf("b") === 0);
    },
  },
  {
    name: "tells when its channel goes away, and shows it when it is back",
    async fn(browser, server) {
      await using page = await openPage(browser, server, "b");
      server.channels.remove("b");
      await untilState(page, "Not on air");
      assertEquals(await titles(page), ["A", "C"]);
      server.add("b");
      await untilState(page, "Live");
      await untilMoving(page);
      assertEquals(await titles(page), ["A", "C", "B"]);
    },
  },
  {
    name: "shows stills of all channels at /, and the last one if it is alone",
    async fn(browser, server) {
      await using page = await browser.newPage();
      await page.goto(server.page);
      await until("stills", async () => {
        const widths = await page.$$eval(
          ".wall canvas.still",
          (stills) =>
            stills.map((still) =>
              (still as unknown as { width: number }).width
            ),
        );
        return widths.length === 3 && widths.every((width) => width > 0);
      });
      server.channels.remove("a");
      await until("two tiles", async () => (await titles(page)).length === 2);
      server.channels.remove("c");
      const nav = await page.$("#channels");
      await until("no list", async () => !await nav!.isVisible());
      await untilSeen(page, server, "b");
      assertEquals(page.url(), server.page);
    },
  },
  {
    name: "says at / that the server is away, where there are only stills",
    async fn(browser, server) {
      await using page = await browser.newPage();
      await page.goto(server.page);
      await untilState(page, "3 channels");
      await server.stop();
      await untilState(page, "Reconnecting");
    },
  },
  {
    name: "waits for the first channel of all",
    async fn(browser, server) {
      for (const name of ["a", "b", "c"]) server.channels.remove(name);
      await using page = await browser.newPage();
      await page.goto(server.page);
      await untilState(page, "No channel yet");
      server.add("c");
      await untilSeen(page, server, "c");
    },
  },
  {
    name: "can be used by keyboard",
    async fn(browser, server) {
      await using page = await openPage(browser, server);
      const focused = () => page.evaluate("document.activeElement.textContent");
      const tabTo = (start: string) =>
        until(`focus on ${start}`, async () => {
          await page.keyboard.press("Tab");
          return String(await focused()).startsWith(start);
        });
      await tabTo("Share");
      await page.keyboard.press("Enter");
      // The list is one stop of the tab key, and arrows move in it.
      await tabTo("ALive");
      await page.keyboard.press("ArrowDown");
      assertMatch(String(await focused()), /^B/);
      await page.keyboard.press("Enter");
      await untilSeen(page, server, "b");
      assertMatch(String(await focused()), /^B/);
    },
  },
];

testInBrowsers({
  subject: "the viewer page's channels",
  serve: () => new ChannelsServer("a", "b", "c"),
  behaviors: BEHAVIORS,
});

async function openPage(
  browser: Browser,
  server: ChannelsServer,
  address = "a",
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1100, height: 500 });
  await page.goto(server.page + address);
  await untilMoving(page);
  return page;
}

/** Waits until the stage shows a channel. */
async function untilSeen(
  page: Page,
  server: ChannelsServer,
  name: string,
): Promise<void> {
  await until(`a picture of ${name}`, async () => {
    const number = await numberSeen(page);
    return number !== undefined && server.channelOf(number) === name;
  });
}

function titles(page: Page): Promise<string[]> {
  return page.$$eval(
    "#channels .title",
    (elements) => elements.map(({ textContent }) => textContent ?? ""),
  );
}

function currentTitle(page: Page): Promise<string> {
  return textOf(page, "#channels [aria-current] .title");
}
