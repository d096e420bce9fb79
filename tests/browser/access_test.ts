import { assertEquals } from "@std/assert";
import type { Browser, Page } from "puppeteer-core";
import { BROWSERS } from "../support/browser/browser.ts";
import { until } from "../support/browser/until.ts";
import { Program } from "../support/program/program.ts";

const TOKEN = "let me/in";

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
        const opened = `${address}?token=${encodeURIComponent(TOKEN)}`;
        const page = await open(browser, opened, 200);
        await untilPictures(page);
        await page.close();
        const again = await open(browser, address, 200);
        await untilPictures(again);
        const stranger = await browser.createBrowserContext();
        await open(stranger, address, 401);
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
