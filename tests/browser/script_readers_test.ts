import { assert, assertEquals } from "@std/assert";
import { BROWSERS } from "../support/browser/browser.ts";
import { SocketServer } from "../support/browser/socket_server.ts";

/** What a page's script found. */
interface Found {
  pictures: { width: number; hasLength: boolean }[];
  error?: string;
}

/**
 * Reads parts as the pages of printers do: the head of each up to an empty
 * line, then so many bytes as its `Content-Length` says.
 */
async function readParts(address: string): Promise<Found> {
  const found: Found = { pictures: [] };
  try {
    const response = await fetch(address);
    const reader = response.body!.getReader();
    let bytes = new Uint8Array(0);
    const more = async () => {
      const { value } = await reader.read();
      if (value === undefined) throw new Error("it has ended");
      const all = new Uint8Array(bytes.length + value.length);
      all.set(bytes);
      all.set(value, bytes.length);
      bytes = all;
    };
    while (found.pictures.length < 3) {
      let head = "", end = -1;
      while ((end = head.indexOf("\r\n\r\n")) < 0) {
        head = String.fromCharCode(...bytes.subarray(0, 1000));
        if (head.indexOf("\r\n\r\n") < 0) await more();
      }
      const match = head.slice(0, end).match(/content-length: *(\d+)/i);
      if (match === null) throw new Error("no length: " + head.slice(0, end));
      const start = end + 4, length = Number(match[1]);
      while (bytes.length < start + length) await more();
      const file = bytes.slice(start, start + length);
      const picture = await createImageBitmap(new Blob([file]));
      found.pictures.push({ width: picture.width, hasLength: true });
      bytes = bytes.slice(start + length);
    }
    await reader.cancel();
  } catch (error) {
    found.error = String(error);
  }
  return found;
}

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `scripts of pages in ${name} read the parts of multipart streams`,
    ignore: !installed,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await using server = new SocketServer();
      await using browser = await launch();
      await using page = await browser.newPage();
      server.pages.set("/mine", { html: "<title>Mine</title>" });
      await page.goto(`${server.origin}/mine`);
      for (
        const path of [
          "numbers.mjpeg",
          "numbers.mjpeg?parts=gif",
          "?action=stream",
          "stream?channel=numbers",
        ]
      ) {
        const found = await page.evaluate(
          readParts,
          `${server.origin}/${path}`,
        );
        assertEquals(found.error, undefined, path);
        assertEquals(found.pictures.length, 3);
        assert(found.pictures.every(({ width }) => width === 96));
      }
    },
  });
}
