/**
 * What Chromium makes of GIFs, picture by picture.
 *
 * @module
 */

import { BROWSERS } from "../browser/browser.ts";

/** The browser that decodes. */
export const CHROMIUM = BROWSERS.find(({ name }) => name === "Chromium")!;
/** Pictures of a GIF that are decoded. */
export const MAX_FRAMES = 40;

/** What of the browser's globals is used, which Deno does not declare. */
interface Decoding {
  ImageDecoder: new (init: { data: ArrayBuffer; type: string }) => {
    completed: Promise<void>;
    tracks: {
      ready: Promise<void>;
      selectedTrack: { frameCount: number };
    };
    decode(options: { frameIndex: number }): Promise<{
      image: {
        visibleRect: { width: number; height: number };
        copyTo(to: Uint8Array, options: { format: "RGBA" }): Promise<void>;
        close(): void;
      };
    }>;
  };
}

/** Runs in the page: decodes `/<number>` and posts the pixels there. */
async function decodeInPage(number: number, maxFrames: number) {
  const { ImageDecoder } = globalThis as unknown as Decoding;
  const data = await (await fetch(`/${number}`)).arrayBuffer();
  const decoder = new ImageDecoder({ data, type: "image/gif" });
  await Promise.all([decoder.completed, decoder.tracks.ready]);
  const { frameCount } = decoder.tracks.selectedTrack;
  const pictures: BlobPart[] = [];
  for (let i = 0; i < Math.min(frameCount, maxFrames); i++) {
    const { image } = await decoder.decode({ frameIndex: i });
    const { width, height } = image.visibleRect;
    const pixels = new Uint8Array(width * height * 4);
    await image.copyTo(pixels, { format: "RGBA" });
    image.close();
    pictures.push(pixels);
  }
  const body = new Blob(pictures);
  await fetch(`/${number}`, { method: "POST", body });
}

/** What Chromium decodes of each GIF: RGBA, all pictures in a row. */
export async function decodedByChromium(
  gifs: Uint8Array[],
): Promise<Uint8Array[]> {
  const decoded: Uint8Array[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const number = Number(new URL(request.url).pathname.slice(1));
      if (request.method === "POST") {
        decoded[number] = await request.bytes();
      }
      const headers = { "Content-Type": "text/html" };
      return request.url.endsWith("/page")
        ? new Response("<title>decode</title>", { headers })
        : new Response(gifs[number] as BodyInit ?? null);
    },
  );
  const browser = await CHROMIUM.launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/page`);
    await Promise.all(Array.from(
      gifs.keys(),
      (number) => page.evaluate(decodeInPage, number, MAX_FRAMES),
    ));
    return decoded;
  } finally {
    await browser.close();
    await server.shutdown();
  }
}
