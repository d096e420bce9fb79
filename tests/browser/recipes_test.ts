import { assert } from "@std/assert";
import { join } from "@std/path";
import type { Page } from "puppeteer-core";
import {
  BROWSERS,
  look,
  lookWhile,
  rectangleOf,
} from "../support/browser/browser.ts";
import {
  countColors,
  shareOfDifferentPixels,
} from "../support/browser/pixels.ts";
import { startFfmpeg, startGifstream } from "../support/browser/programs.ts";
import { until } from "../support/browser/until.ts";
import { requireTool } from "../support/require.ts";

/** What follows ffmpeg's input, in the ways that work with today's. */
const RECIPES = [
  { name: "whole files", tail: "-f image2 -c:v gif -gifimage 1 in%d.gif" },
  { name: "bare delta files", tail: "-f image2 -c:v gif in%d.gif" },
  { name: "one growing file", tail: "in%d.gif" },
];
const INPUT = "-re -f lavfi -i testsrc2=size=320x180:rate=10";

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `pictures of ffmpeg and of the test pattern move in ${name}`,
    ignore: !installed || !requireTool("ffmpeg"),
    // The connection to the browser lives through all steps.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      await using stack = new AsyncDisposableStack();
      const parent = await Deno.makeTempDir({ prefix: "gifstream-recipes-" });
      stack.defer(() => Deno.remove(parent, { recursive: true }));
      const folders = RECIPES.map((_, i) => join(parent, `${i}`));
      const servers = await Promise.all(
        ["test:", ...folders].map((input) => startGifstream(input)),
      );
      for (const server of servers) stack.use(server);
      const [pattern] = servers;

      const browser = stack.use(await launch());
      const page = await browser.newPage();
      await page.setViewport({ width: 700, height: 450 });
      const foreign = stack.use(showAll(servers.map(({ origin }) => origin)));
      const { port } = foreign.addr;
      await page.goto(`http://127.0.0.1:${port}/`, {
        waitUntil: "domcontentloaded",
      });

      // Bare deltas show all to those only who watch from the start.
      RECIPES.forEach(({ tail }, i) =>
        stack.use(startFfmpeg(folders[i], `${INPUT} ${tail}`.split(" ")))
      );
      const names = ["the test pattern", ...RECIPES.map(({ name }) => name)];
      for (const [i, name] of names.entries()) {
        await t.step(
          `${name}, in a plain <img> of a foreign page`,
          () => untilMoving(page, `img:nth-of-type(${i + 1})`),
        );
      }
      await t.step("the test pattern, in the viewer page", async () => {
        await page.goto(pattern.origin);
        await untilMoving(page, "#stage");
      });
      await t.step("the same, after gifstream was killed", async () => {
        const port = Number(new URL(pattern.origin).port);
        const clip = await rectangleOf(page, "#stage");
        const seen = await lookWhile(page, clip, async () => {
          await pattern.end("SIGKILL");
          await page.waitForSelector("#state[data-state=reconnecting]");
          stack.use(await startGifstream("test:", port));
          await page.waitForSelector("#state[data-state=live]");
          await untilMoving(page, "#stage");
        });
        const colors = seen.map(countColors);
        assert(Math.min(...colors) > 8, `blank: colors: ${colors}`);
      });
    },
  });
}

/** A server, of another origin, of a page that has images only. */
function showAll(addresses: string[]): Deno.HttpServer<Deno.NetAddr> {
  const images = addresses.map((address) => `<img src="${address}">`);
  const html = `<!doctype html><title>Foreign</title>${images.join("")}`;
  return Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, () => new Response(html, { headers: { "content-type": "text/html" } }));
}

/** Waits until an element shows a colorful picture, and then others. */
async function untilMoving(page: Page, selector: string): Promise<void> {
  const first = await until("a picture", async () => {
    const { width, height, ...rest } = await rectangleOf(page, selector);
    if (width < 160 || height < 90) return undefined;
    const pixels = await look(page, { width, height, ...rest });
    return countColors(pixels) > 8 ? { width, height, ...rest, pixels } : false;
  });
  const { pixels, ...clip } = first;
  let changes = 0;
  let last = pixels;
  await until("three changes of it", async () => {
    const now = await look(page, clip);
    if (shareOfDifferentPixels(last, now) < 0.001) return false;
    last = now;
    return ++changes >= 3;
  });
  assert(countColors(last) > 8, "the picture is gone");
}
