import { assert, assertEquals } from "@std/assert";
import type { Channels } from "../../src/channel/channels.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { indexedFrame } from "../../src/gif/write/indexed_frame.ts";
import { testBothServers } from "../support/http/both_servers.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";

const CHANNELS = 50;
const VIEWERS_PER_CHANNEL = 20;
const PICTURES = 5;

const NAMES = Array.from({ length: CHANNELS }, (_, i) => `camera-${i}`);
const GRAYS = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));

/** A picture of two pixels: which channel it is of, and which in its order. */
function publish(channels: Channels, channel: number, picture: number): void {
  const pixels = Uint8Array.of(channel, picture);
  const frame = indexedFrame({ width: 2, height: 1 }, pixels, GRAYS);
  publishFrame(channels.get(NAMES[channel])!, frame);
}

/** A viewer, who tells of each picture as it comes, and keeps them all. */
class Viewer {
  readonly #reader = new FrameReader();
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #pictures = 0;
  #came = Promise.withResolvers<void>();
  /** The end of the stream. */
  readonly end: Promise<void>;

  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.end = this.#watch(body);
  }

  /** Waits for so many pictures. */
  async count(pictures: number): Promise<void> {
    while (this.#pictures < pictures) await this.#came.promise;
  }

  /** Which channel each picture was of, and which in its order. */
  async seen(): Promise<number[][]> {
    const gif = await new Blob(this.#chunks).bytes();
    return [...decodeGif(gif)].map(({ pixels }) => [pixels[0], pixels[4]]);
  }

  async #watch(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
    for await (const chunk of body) {
      this.#chunks.push(chunk);
      this.#reader.push(chunk.slice());
      while (this.#reader.next() !== undefined) this.#pictures++;
      this.#came.resolve();
      this.#came = Promise.withResolvers();
    }
  }
}

async function join(base: string, name: string): Promise<Viewer> {
  const response = await fetch(`${base}/${name}.gif`);
  assertEquals(response.status, 200);
  return new Viewer(response.body!);
}

testBothServers(
  "serves 50 channels with 20 viewers each, who all get every picture of theirs",
  async (base, channels) => {
    const viewers: Viewer[][] = [];
    for (const name of NAMES) {
      viewers.push(
        await Promise.all(
          Array.from({ length: VIEWERS_PER_CHANNEL }, () => join(base, name)),
        ),
      );
    }
    for (let picture = 1; picture <= PICTURES; picture++) {
      for (let i = 0; i < CHANNELS; i++) publish(channels, i, picture);
      await Promise.all(viewers.flat().map((one) => one.count(picture)));
    }
    for (const channel of channels) {
      const status = channel.status();
      assertEquals(status.viewers, VIEWERS_PER_CHANNEL);
      assertEquals([status.skippedFrames, status.stalledViewers], [0, 0]);
    }
    channels.close();
    for (const [i, watching] of viewers.entries()) {
      const own = Array.from({ length: PICTURES }, (_, n) => [i, n + 1]);
      for (const viewer of watching) {
        await viewer.end;
        assertEquals(await viewer.seen(), own);
      }
    }
    assert([...channels].every(({ viewers }) => viewers === 0));
  },
  { names: NAMES },
);
