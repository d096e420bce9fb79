import { assert, assertEquals } from "@std/assert";
import type { Browser, Page } from "puppeteer-core";
import { Channel } from "../../src/channel/channel.ts";
import { createHandler } from "../../src/http/handler.ts";
import { BROWSERS, look, rectangleOf } from "../support/browser/browser.ts";
import {
  numberedFrame,
  readNumber,
} from "../support/browser/numbered_frame.ts";
import { until } from "../support/browser/until.ts";
import { publishGif } from "../support/publish_gif.ts";

/** A server of numbered pictures that come when a test wants them. */
class PictureServer implements AsyncDisposable {
  readonly channel = new Channel();
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    createHandler(this.channel),
  );

  get base(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  publish(number: number): void {
    publishGif(this.channel, numberedFrame(number));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.channel.close();
    await this.#server.shutdown();
  }
}

/** Waits until an image shows a number. */
async function untilShows(page: Page, number: number): Promise<void> {
  await until(`number ${number}`, async () => {
    const { width, height } = await rectangleOf(page, "img");
    if (width < 90 || height < 90) return false;
    const seen = await look(page, await rectangleOf(page, "img"));
    return readNumber(seen) === number;
  });
}

/** A browser's way to the pictures. */
interface Way {
  name: string;
  /** What the page does to show them. */
  script: (base: string) => string;
}

const WAYS: Way[] = [
  {
    name: "an <img> of JPEGs",
    script: (base) => `picture.src = "${base}/live.mjpeg"`,
  },
  {
    name: "an <img> of GIFs",
    script: (base) => `picture.src = "${base}/live.mjpeg?parts=gif"`,
  },
  {
    name: "a WebSocket of GIFs",
    script: (base) => socketScript(`${base}/ws`, "image/gif"),
  },
  {
    name: "a WebSocket of JPEGs",
    script: (base) => socketScript(`${base}/ws?format=jpeg`, "image/jpeg"),
  },
];

function socketScript(address: string, type: string): string {
  return `
    const socket = new WebSocket("${address.replace("http", "ws")}");
    socket.onmessage = ({ data }) => {
      URL.revokeObjectURL(picture.src);
      picture.src = URL.createObjectURL(new Blob([data], { type: "${type}" }));
    };
    socket.onclose = ({ code }) => document.title = code;`;
}

async function shows(browser: Browser, way: Way): Promise<void> {
  await using server = new PictureServer();
  await using page = await browser.newPage();
  server.publish(1);
  await page.goto(`${server.base}/healthz`);
  await page.setContent("<img id=picture>");
  await page.evaluate(way.script(server.base));
  await untilShows(page, 1);
  // Each is to be seen though no other comes behind it.
  for (const number of [500, 40_000, 3]) {
    server.publish(number);
    await untilShows(page, number);
  }
  assertEquals(server.channel.viewers, 1);
  server.publish(777);
  server.channel.close();
  await untilShows(page, 777);
  if (!way.name.includes("WebSocket")) return;
  await until("the close", async () => await page.title() === "1001");
}

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `${name} shows the stream by`,
    ignore: !installed,
    async fn(t) {
      const browser = await launch();
      try {
        for (const way of WAYS) {
          assert(await t.step(way.name, () => shows(browser, way)));
        }
      } finally {
        await browser.close();
      }
    },
  });
}
