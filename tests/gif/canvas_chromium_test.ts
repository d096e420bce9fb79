import { assert, assertEquals } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { equals } from "@std/bytes/equals";
import { walk } from "@std/fs/walk";
import { basename } from "@std/path";
import fc from "fast-check";
import { decodeGif } from "../../src/gif/decode_gif.ts";
import { FrameReader } from "../../src/gif/frame_reader.ts";
import { Canvas } from "../../src/gif/canvas.ts";
import { keyframe } from "../../src/gif/keyframe.ts";
import { streamHeader } from "../../src/gif/transform.ts";
import { BROWSERS } from "../browser/support/browser.ts";
import { graphicControl, image, TRAILER } from "../support/gif_bytes.ts";
import { sharedFolder } from "../support/require.ts";
import { drawing, gifOf } from "./drawings.ts";

const CHROMIUM = BROWSERS.find(({ name }) => name === "Chromium")!;
const CORPUS = sharedFolder("corpus");
const MAX_FRAMES = 40;
const SEED = 20121;

/** Files of which Chromium decodes nothing, or FrameReader. */
const LEFT_OUT = [
  "empty-palette.gif",
  "hippopotamus.interlaced.truncated.gif",
  "no-frames.gif",
  "pixel-data-none.gif",
  "pixel-data-not-enough.gif",
  "zero-width-frame.gif",
];

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
async function decodedByChromium(gifs: Uint8Array[]): Promise<Uint8Array[]> {
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

/** The same by Canvas. */
function decodedHere(gif: Uint8Array): Uint8Array {
  const pictures: Uint8Array[] = [];
  for (const { pixels } of decodeGif(gif)) {
    pictures.push(new Uint8Array(pixels.buffer));
    if (pictures.length === MAX_FRAMES) break;
  }
  return concat(pictures);
}

Deno.test({
  name: "Canvas draws the corpus as Chromium does",
  ignore: !CHROMIUM.installed || CORPUS === undefined,
  async fn() {
    const paths = (await Array.fromAsync(walk(CORPUS!, { exts: [".gif"] })))
      .map(({ path }) => path)
      .filter((path) => !LEFT_OUT.includes(basename(path)));
    const gifs = paths.map((path) => Deno.readFileSync(path));
    const expected = await decodedByChromium(gifs);
    for (const [i, gif] of gifs.entries()) {
      assert(equals(decodedHere(gif), expected[i]), `${paths[i]} differs`);
    }
  },
});

Deno.test({
  name: "Canvas draws random GIFs as Chromium does",
  ignore: !CHROMIUM.installed,
  async fn() {
    const gifs = fc.sample(drawing, { numRuns: 150, seed: SEED }).map(gifOf);
    const expected = await decodedByChromium(gifs);
    for (const [i, gif] of gifs.entries()) {
      assertEquals(decodedHere(gif), expected[i], `GIF ${i} of seed ${SEED}`);
    }
  },
});

Deno.test({
  name: "keyframe() makes Chromium show what the canvas shows",
  ignore: !CHROMIUM.installed,
  async fn() {
    const recipes = fc.sample(drawing, { numRuns: 100, seed: SEED });
    const streams: Uint8Array[] = [];
    const shown: Uint8ClampedArray[] = [];
    for (const [i, recipe] of recipes.entries()) {
      const reader = new FrameReader();
      reader.push(gifOf(recipe));
      reader.end();
      const canvas = new Canvas(recipe.screen);
      for (let f = reader.next(); f; f = reader.next()) canvas.draw(f);
      streams.push(concat([
        streamHeader(recipe.screen),
        // What a viewer had before who lagged.
        graphicControl({ disposal: i % 4 }),
        image({ ...recipe.screen, colors: 8 }),
        keyframe(canvas),
        Uint8Array.of(TRAILER),
      ]));
      shown.push(canvas.snapshot());
    }
    const decoded = await decodedByChromium(streams);
    for (const [i, pixels] of shown.entries()) {
      const last = decoded[i].subarray(-pixels.length);
      assertEquals(last, new Uint8Array(pixels.buffer), `stream ${i}`);
    }
  },
});
