import { assertGreater } from "@std/assert";
import type { Browser, Page } from "puppeteer-core";
import { BROWSERS, look, rectangleOf } from "../support/browser/browser.ts";
import { until } from "../support/browser/until.ts";
import { Nchan, NCHAN_MODULE } from "../support/http/nchan.ts";
import { newestIn } from "../support/publish/column_stream.ts";
import { NchanOrigin, NchanViewer } from "../support/publish/nchan_origin.ts";
import { requireFile } from "../support/require.ts";

const COLUMNS = 16;
const ROWS = 4;
const SCALE = 10;

/** Opens a page with nothing but a picture. */
async function show(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent(
    `<img width="${COLUMNS * SCALE}" height="${ROWS * SCALE}" ` +
      `style="image-rendering: pixelated" src="${address}">`,
    // An endless picture goes on loading.
    { waitUntil: "domcontentloaded" },
  );
  return page;
}

/** The number of the picture; undefined if none is shown yet. */
async function numberSeen(page: Page): Promise<number | undefined> {
  await page.bringToFront();
  const { width, rgb } = await look(page, await rectangleOf(page, "img"));
  const rgba = new Uint8ClampedArray(4 * COLUMNS * ROWS);
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) {
      const middle = (at: number) => Math.floor((at + 0.5) * SCALE);
      const at = 3 * (middle(y) * width + middle(x));
      rgba.set(rgb.subarray(at, at + 3), 4 * (y * COLUMNS + x));
    }
  }
  // All pictures have this blue.
  return rgba[2] === 7
    ? newestIn({ width: COLUMNS, height: ROWS, rgba })
    : undefined;
}

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `a plain <img> of nginx moves in ${name}, whenever it is opened`,
    ignore: !installed || !requireFile(NCHAN_MODULE),
    // The connection to the browser lives through all steps.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await using nchan = new Nchan();
      await nchan.start();
      await using origin = new NchanOrigin(nchan.place);
      const { stream } = origin;
      await using browser = await launch();
      const address = nchan.viewing("cam");
      const shows = (page: Page) =>
        until(
          `picture ${stream.newest}`,
          async () => await numberSeen(page) === stream.newest,
        );
      stream.next();
      const first = await show(browser, address);
      await shows(first);
      await until("a later beginning", async () => {
        stream.next();
        const viewer = new NchanViewer(address);
        await viewer.sees(stream.newest);
        await viewer.leave();
        return viewer.numbers[0] > COLUMNS;
      });
      stream.next();
      await shows(first);
      const second = await show(browser, address);
      await shows(second);
      stream.next();
      await shows(second);
      await shows(first);
      assertGreater(stream.newest, COLUMNS);
    },
  });
}
