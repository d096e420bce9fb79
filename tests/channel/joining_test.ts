import { assert, assertEquals, assertLess } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import type { ChannelOptions } from "../../src/channel/channel_options.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { FrameReader, type GifFrame } from "../../src/gif/read/frame_reader.ts";
import { ffmpeg, RAW_RGB } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";

const NEEDS_FFMPEG = { ignore: !requireTool("ffmpeg") };

/** Images of a keyframe, and the picture that it shows. */
const MAX_LAYERS = 16;

/** The bytes of a GIF in which every frame but the first is a difference. */
async function deltaGif(frames: number): Promise<Uint8Array> {
  return await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=s=160x120:r=10"],
    ...["-frames:v", String(frames), "-f", "gif", "-"],
  ]);
}

/** The pictures that ffmpeg sees; it cannot read a GIF from a pipe. */
async function rawByFfmpeg(gif: Uint8Array): Promise<Uint8Array> {
  const file = await Deno.makeTempFile({ suffix: ".gif" });
  try {
    await Deno.writeFile(file, gif);
    return await ffmpeg(["-i", file, "-vsync", "0", ...RAW_RGB]);
  } finally {
    await Deno.remove(file);
  }
}

function framesOf(gif: Uint8Array): GifFrame[] {
  const reader = new FrameReader();
  reader.push(gif.slice());
  reader.end();
  const frames: GifFrame[] = [];
  for (let f = reader.next(); f !== undefined; f = reader.next()) {
    frames.push(f);
  }
  return frames;
}

/** A viewer that can hold still, as one with a slow connection. */
class Viewer {
  readonly #chunks: Uint8Array[] = [];
  readonly #done: Promise<void>;
  held: Promise<void> | undefined;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#done = this.#read(stream);
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of stream) {
      this.#chunks.push(chunk);
      await this.held;
    }
  }

  async gif(): Promise<Uint8Array<ArrayBuffer>> {
    await this.#done;
    return await new Blob(this.#chunks as BlobPart[]).bytes();
  }
}

/** The pictures that a GIF shows, by our own decoder. */
function picturesOf(gif: Uint8Array): Uint8ClampedArray[] {
  return [...decodeGif(gif)].map(({ pixels }) => pixels);
}

/** Number of pictures at the end that are the same. */
function sameTail(
  some: Uint8ClampedArray[],
  others: Uint8ClampedArray[],
): number {
  let same = 0;
  while (
    same < some.length && equals(some.at(-1 - same), others.at(-1 - same))
  ) {
    same++;
  }
  return same;
}

function equals(one?: Uint8ClampedArray, other?: Uint8ClampedArray): boolean {
  return one !== undefined && other !== undefined &&
    one.every((value, i) => value === other[i]);
}

/** Publishes a GIF frame by frame, each of which quick viewers take. */
async function broadcast(
  gif: Uint8Array,
  onPublished: (channel: Channel, index: number) => void,
  options?: ChannelOptions,
): Promise<void> {
  const channel = new Channel(options);
  let index = 0;
  for (const frame of framesOf(gif)) {
    publishFrame(channel, frame);
    onPublished(channel, index++);
    await delay(0);
  }
  // The thread of the past may take longer to start than a channel to end.
  await channel.keyframe();
  channel.close();
}

Deno.test({
  name: "Channel shows who joins what viewers from the start see",
  ...NEEDS_FFMPEG,
  async fn() {
    const gif = await deltaGif(120);
    const truth = picturesOf(gif);
    const joins: { index: number; viewer: Viewer }[] = [];
    await broadcast(gif, (channel, index) => {
      // 50 of 120, with a stride that has no common divisor.
      if (index * 7 % 120 >= 50) return;
      joins.push({ index, viewer: new Viewer(channel.view()) });
    });
    assertEquals(joins.length, 50);
    for (const { index, viewer } of joins) {
      const pictures = picturesOf(await viewer.gif());
      const same = sameTail(pictures, truth);
      // The keyframe may take several images, the last of which counts.
      assert(same >= 1, `joined at ${index}: the last is wrong`);
      assertLess(pictures.length - same, MAX_LAYERS, `joined at ${index}`);
    }
    // ffmpeg agrees.
    const expected = await rawByFfmpeg(gif);
    for (const { viewer } of joins.filter((_, i) => i % 10 === 5)) {
      const seen = await rawByFfmpeg(await viewer.gif());
      const same = sameTail(picturesOf(await viewer.gif()), truth);
      const bytes = same * 160 * 120 * 3;
      assertEquals(seen.slice(-bytes), expected.slice(-bytes));
    }
  },
});

Deno.test({
  name: "Channel shows no wrong pixel to one that held still for a while",
  ...NEEDS_FFMPEG,
  async fn() {
    const gif = await deltaGif(120);
    const truth = new Set(picturesOf(gif).map((p) => p.join()));
    let viewer: Viewer | undefined;
    const release = Promise.withResolvers<void>();
    await broadcast(gif, (channel, index) => {
      if (index === 0) viewer = new Viewer(channel.view());
      if (index === 20) viewer!.held = release.promise;
      if (index === 70) release.resolve();
    });
    const pictures = picturesOf(await viewer!.gif());
    const last = pictures.at(-1)!;
    assert(pictures.length < 100, `it missed none: ${pictures.length}`);
    for (const picture of pictures) assert(truth.has(picture.join()));
    assertEquals(last, picturesOf(gif).at(-1));
  },
});

Deno.test({
  name: "Channel has a backlog of a stream of differences too",
  ...NEEDS_FFMPEG,
  async fn() {
    const gif = await deltaGif(40);
    const truth = picturesOf(gif);
    let viewer: Viewer | undefined;
    await broadcast(gif, (channel, index) => {
      if (index === 30) viewer = new Viewer(channel.view());
    }, { backlogSeconds: 3600 });
    assertEquals(picturesOf(await viewer!.gif()), truth);
  },
});
