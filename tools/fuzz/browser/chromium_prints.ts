/**
 * Fingerprints of the pictures that Chromium makes of GIFs, many at a time:
 * the pixels themselves would take most of the time on their way.
 *
 * @module
 */

import type { Browser, Page } from "puppeteer-core";
import { CHROMIUM } from "../../../tests/support/gif/chromium_decoder.ts";
import type { Decoding } from "../../../tests/support/gif/chromium_frames.ts";
import { fingerprint } from "../check/fingerprint.ts";

/** Pictures of a GIF that are looked at. */
export const MAX_PICTURES = 40;

/** A picture, by Chromium or by us. */
export interface Print {
  size: string;
  delayMilliseconds: number;
  /** See {@linkcode fingerprint}. */
  picture: string;
}

/** What Chromium makes of a GIF, up to what it cannot show. */
export interface ChromiumPrints {
  prints: Print[];
  /** How many pictures it says there are. */
  count: number;
  /** Why there are no more of them, if that is a mistake. */
  error?: string;
}

/** What of the page's globals is used. */
interface FingerprintDecoding extends Decoding {
  fingerprint: typeof fingerprint;
}

/** Runs in the page. */
async function decodeInPage(gifs: string[], maxPictures: number) {
  const { fingerprint, ImageDecoder } =
    globalThis as unknown as FingerprintDecoding;
  const decodeOne = async (gif: string): Promise<ChromiumPrints> => {
    const prints: Print[] = [];
    let count = 0;
    const data = Uint8Array.from(atob(gif), (c) => c.charCodeAt(0));
    let decoder: InstanceType<typeof ImageDecoder> | undefined;
    try {
      decoder = new ImageDecoder({ data, type: "image/gif" });
      await Promise.all([decoder.completed, decoder.tracks.ready]);
      count = decoder.tracks.selectedTrack?.frameCount ?? 0;
      for (let i = 0; i < Math.min(count, maxPictures); i++) {
        const { image } = await decoder.decode({ frameIndex: i });
        const { width, height } = image.visibleRect;
        const pixels = new Uint8Array(width * height * 4);
        await image.copyTo(pixels, { format: "RGBA" });
        const delayMilliseconds = (image.duration ?? -1) / 1000;
        image.close();
        const picture = fingerprint(pixels);
        prints.push({ size: `${width}x${height}`, delayMilliseconds, picture });
      }
      return { prints, count };
    } catch (error) {
      return { prints, count, error: String(error) };
    } finally {
      decoder?.close();
    }
  };
  return await Promise.all(gifs.map(decodeOne));
}

/** A Chromium that decodes GIFs for as long as it is kept. */
export class Chromium implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  /** Starts the browser. */
  static async start(): Promise<Chromium> {
    const headers = { "Content-Type": "text/html" };
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response("<title>decode</title>", { headers }),
    );
    const browser = await CHROMIUM.launch();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    await server.shutdown();
    await page.evaluate(`globalThis.fingerprint = ${fingerprint}`);
    return new Chromium(browser, page);
  }

  /** The name and version. */
  version(): Promise<string> {
    return this.#browser.version();
  }

  /** The pictures of each GIF. */
  async decode(gifs: Uint8Array[]): Promise<ChromiumPrints[]> {
    const texts = gifs.map((gif) => gif.toBase64());
    return await this.#page.evaluate(decodeInPage, texts, MAX_PICTURES);
  }

  /** Ends the browser. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}
