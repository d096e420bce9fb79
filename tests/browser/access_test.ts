import { assert, assertEquals } from "@std/assert";
import jsqr from "jsqr";
import type { Browser, Page } from "puppeteer-core";
import { BROWSERS } from "../support/browser/browser.ts";
import { textOf } from "../support/browser/stage.ts";
import { until } from "../support/browser/until.ts";
import { ENGINES, has, textIn } from "../support/engines/tab.ts";
import { Program } from "../support/program/program.ts";

const TOKEN = "let me/in";
// A CommonJS module: its function is a property of what it exports.
const jsQR = (jsqr as unknown as { default: typeof jsqr.default }).default;

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `the page in ${name} is for those who know the token`,
    ignore: !installed,
    async fn() {
      await using program = new Program({
        args: ["test:", "--port", "0", "--base-path", "/cams"],
        env: { GIFSTREAM_VIEWER_TOKEN: TOKEN },
      });
      const address = `${await program.address()}/cams/`;
      const browser = await launch();
      try {
        const page = await open(browser, address, 401);
        await give(page, "let me in");
        assertEquals(
          await textOf(page, "[role=alert]"),
          "That is not the token.",
        );
        await give(page, TOKEN);
        await untilPictures(page);
        // Neither the address bar nor what is shared tells it unasked.
        await until(
          "an address without the token",
          () => new URL(page.url()).search === "",
        );
        await page.click("#share");
        assertEquals(await linkIn(page), `${address}live`);
        await page.click("#sharing [type=checkbox]");
        const link = `${address}live?token=${encodeURIComponent(TOKEN)}`;
        assertEquals(await linkIn(page), link);
        await until("the code", async () => await codeIn(page) === link);
        await page.close();
        const again = await open(browser, address, 200);
        await untilPictures(again);
        const stranger = await browser.createBrowserContext();
        await open(stranger, address, 401);
        // The cookie goes, as it does when the server gets another token.
        const cookies = await browser.cookies();
        await browser.deleteCookie(...cookies);
        await again.reload();
        assertEquals(await textOf(again, "h1"), "A token is needed to watch");
      } finally {
        await browser.close();
      }
      assertEquals(await program.stop(), 0);
    },
  });

  Deno.test({
    name: `pages in ${name} read what they may, and show all`,
    ignore: !installed,
    async fn() {
      await using page = servePage("a page of its own");
      const friend = `http://localhost:${page.addr.port}`;
      const other = `http://127.0.0.1:${page.addr.port}`;
      await using program = new Program({
        args: ["test:", "--port", "0", "--allow-origin", friend],
      });
      const address = await program.address();
      const browser = await launch();
      try {
        for (const [origin, status] of [[friend, 200], [other, 0]] as const) {
          const tab = await open(browser, origin, 200);
          assertEquals(await statusOf(tab, `${address}/api/channels`), status);
          assertEquals(await showsImage(tab, `${address}/snapshot.gif`), true);
        }
      } finally {
        await browser.close();
      }
      assertEquals(await program.stop(), 0);
    },
  });
}

for (const { name, installed, start } of ENGINES) {
  Deno.test({
    name: `the page in ${name} opens with user and password in its address`,
    ignore: !installed,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const basic = await Deno.makeTempFile();
      await Deno.writeTextFile(basic, "anna:p");
      await using program = new Program({
        args: ["test:", "--port", "0", "--viewer-basic-file", basic],
      });
      const address = await program.address();
      {
        await using tab = await start();
        await tab.open(`${address.replace("//", "//anna:p@")}/`);
        await until(
          "the news: Live",
          async () => await textIn(tab, "#state") === "Live",
        );
        // WebKit sends no password with a WebSocket, and gets multipart.
        assert(await has(tab, "#stage canvas, #stage iframe"), "no picture");
        const url = new URL(await tab.evaluate<string>("document.URL"));
        assertEquals([url.username, url.password], ["", ""]);
      }
      await Deno.remove(basic);
      assertEquals(await program.stop(), 0);
    },
  });
}

async function open(
  browser: Pick<Browser, "newPage">,
  address: string,
  status: number,
): Promise<Page> {
  const page = await browser.newPage();
  const response = await page.goto(address);
  assertEquals(response?.status(), status);
  return page;
}

/** Types a token into the form, and sends it. */
async function give(page: Page, token: string): Promise<void> {
  await page.type("#token", token);
  await Promise.all([
    page.waitForNavigation(),
    page.keyboard.press("Enter"),
  ]);
}

/** The link that is shared. */
function linkIn(page: Page): Promise<string> {
  return page.$eval(
    "#way-page",
    (field) => (field as unknown as { value: string }).value,
  );
}

/** What a phone reads of the page's QR code. */
async function codeIn(page: Page): Promise<string | undefined> {
  const { width, data } = await page.$eval("#sharing canvas", (element) => {
    const canvas = element as unknown as {
      width: number;
      getContext(kind: "2d"): {
        getImageData(...box: number[]): { data: Iterable<number> };
      };
    };
    const { width } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, width);
    return { width, data: [...data] };
  });
  // A phone sees more than a pixel of each module.
  const scale = 4, side = width * scale;
  const large = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < large.length; i++) {
    const pixel = i >> 2, x = pixel % side, y = Math.floor(pixel / side);
    const from = Math.floor(y / scale) * width + Math.floor(x / scale);
    large[i] = data[4 * from + i % 4];
  }
  return jsQR(large, side, side)?.data;
}

/** Waits until the page shows the stream. */
async function untilPictures(page: Page): Promise<void> {
  await until(
    "a picture",
    () =>
      page.$$eval(
        "#stage canvas",
        (all) =>
          all.some((one) => (one as unknown as { width: number }).width > 0),
      ),
  );
}

/** What a page's script learns of an address; 0: it may not read it. */
function statusOf(page: Page, address: string): Promise<number> {
  return page.evaluate(async (it) => {
    try {
      return (await fetch(it)).status;
    } catch {
      return 0;
    }
  }, address);
}

function showsImage(page: Page, address: string): Promise<boolean> {
  return page.evaluate((it) =>
    new Promise<boolean>((resolve) => {
      const { Image } = globalThis as unknown as {
        Image: new () => {
          src: string;
          onload: () => void;
          onerror: () => void;
        };
      };
      const image = new Image();
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = it;
    }), address);
}

function servePage(text: string): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () =>
      new Response(`<title>${text}</title>`, {
        headers: { "content-type": "text/html" },
      }),
  );
}
