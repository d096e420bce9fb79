/**
 * The pictures of GIFs by Chromium, with the time that each is shown for.
 *
 * @module
 */

import { CHROMIUM } from "./chromium_decoder.ts";

/** What Chromium makes of a GIF, up to what it cannot show. */
export interface ChromiumGif {
  /** Its pictures in turn. */
  frames: ChromiumFrame[];
  /** Why there are no more of them, if that is a mistake. */
  error?: string;
}

/** A picture as Chromium shows it. */
export interface ChromiumFrame {
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
  /** Time that it is shown for; that of 100 stands for 0 and 10 as well. */
  delayMilliseconds: number;
  /** Red, green, blue and alpha of each pixel. */
  pixels: Uint8Array;
}

/** What of the browser's globals is used, which Deno does not declare. */
export interface Decoding {
  ImageDecoder: new (init: { data: Uint8Array; type: string }) => {
    completed: Promise<void>;
    tracks: {
      ready: Promise<void>;
      selectedTrack: { frameCount: number } | null;
    };
    decode(options: { frameIndex: number }): Promise<{
      image: {
        duration: number | null;
        visibleRect: { width: number; height: number };
        copyTo(to: Uint8Array, options: { format: "RGBA" }): Promise<void>;
        close(): void;
      };
    }>;
    close(): void;
  };
}

/** A batch as it is handed to the page, and as it comes back, in base64. */
type Encoded = {
  frames: (Omit<ChromiumFrame, "pixels"> & { pixels: string })[];
  error?: string;
};

/** Runs in the page. */
async function decodeInPage(gifs: string[], maxFrames: number) {
  const { ImageDecoder } = globalThis as unknown as Decoding;
  const decodeOne = async (gif: string): Promise<Encoded> => {
    const frames: Encoded["frames"] = [];
    const data = Uint8Array.from(atob(gif), (c) => c.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: "image/gif" });
    try {
      await Promise.all([decoder.completed, decoder.tracks.ready]);
      const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
      for (let i = 0; i < Math.min(count, maxFrames); i++) {
        const { image } = await decoder.decode({ frameIndex: i });
        const { width, height } = image.visibleRect;
        const pixels = new Uint8Array(width * height * 4);
        await image.copyTo(pixels, { format: "RGBA" });
        const delayMilliseconds = (image.duration ?? -1) / 1000;
        image.close();
        let text = "";
        for (let at = 0; at < pixels.length; at += 8192) {
          text += String.fromCharCode(...pixels.subarray(at, at + 8192));
        }
        frames.push({ width, height, delayMilliseconds, pixels: btoa(text) });
      }
      return { frames };
    } catch (error) {
      return { frames, error: String(error) };
    } finally {
      decoder.close();
    }
  };
  return await Promise.all(gifs.map(decodeOne));
}

/** A Chromium that decodes GIFs for as long as it is kept. */
export class ChromiumGifs implements AsyncDisposable {
  readonly #browser;
  readonly #page;

  private constructor(
    browser: Awaited<ReturnType<typeof CHROMIUM.launch>>,
    page: Awaited<ReturnType<typeof browser.newPage>>,
  ) {
    this.#browser = browser;
    this.#page = page;
  }

  /** Starts the browser. */
  static async start(): Promise<ChromiumGifs> {
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () =>
        new Response("<title>decode</title>", {
          headers: { "Content-Type": "text/html" },
        }),
    );
    const browser = await CHROMIUM.launch();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    await server.shutdown();
    return new ChromiumGifs(browser, page);
  }

  /**
   * The pictures of each GIF.
   *
   * @param maxFrames Most pictures of each that are decoded.
   */
  async decode(gifs: Uint8Array[], maxFrames = 40): Promise<ChromiumGif[]> {
    const texts = gifs.map((gif) => gif.toBase64());
    const decoded: Encoded[] = await this.#page
      .evaluate(decodeInPage, texts, maxFrames);
    return decoded.map(({ frames, error }) => ({
      error,
      frames: frames.map((frame) => ({
        ...frame,
        pixels: Uint8Array.fromBase64(frame.pixels),
      })),
    }));
  }

  /** Ends the browser. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}
