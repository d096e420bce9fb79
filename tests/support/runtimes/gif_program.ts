/**
 * A program that needs nothing but the format, the encoder and web streams,
 * to be run in every runtime.
 *
 * @module
 */

import {
  Canvas,
  decodeGif,
  encodeGif,
  GifEncoderStream,
  GifPartStream,
  type RawFrame,
} from "@x/gifstream/gif";

const SIZE = { width: 64, height: 48 };

/** Tells what came of it, the same everywhere. */
export async function run(): Promise<string> {
  const gif = encodeGif(frames(), { ...SIZE, quality: 80 });
  const streamed = readable(frames()).pipeThrough(new GifEncoderStream(SIZE));
  const parts = readable([gif.subarray(0, 99), gif.subarray(99)])
    .pipeThrough(new GifPartStream({ delayCentiseconds: "source" }));
  const canvas = new Canvas(SIZE);
  let keyframes = 0;
  for (const part of await all(parts)) {
    if (part.keyframe) keyframes++;
    canvas.drawPart(part.bytes);
  }
  const pictures = [...decodeGif(gif)];
  return JSON.stringify({
    bytes: gif.length,
    streamedBytes: (await all(streamed)).reduce((n, b) => n + b.length, 0),
    keyframes,
    pictures: pictures.length,
    delays: pictures.map((picture) => picture.delayCentiseconds),
    agree: `${canvas.pixels}` === `${pictures.at(-1)!.pixels}`,
    middle: [...canvas.pixels.subarray(6000, 6003)],
  });
}

function* frames(): Generator<RawFrame> {
  const { width, height } = SIZE;
  for (let step = 0; step < 5; step++) {
    const pixels = new Uint8ClampedArray(4 * width * height);
    for (let i = 0; i < width * height; i++) {
      const x = i % width, y = Math.floor(i / width);
      const inside = (x - 10 - 8 * step) ** 2 + (y - 24) ** 2 < 100;
      pixels.set(inside ? [230, 60, 40, 255] : [x * 4, y * 5, 90, 255], 4 * i);
    }
    yield { pixels, delayCentiseconds: 10 + step };
  }
}

/** Not all runtimes have `ReadableStream.from`. */
function readable<T>(items: Iterable<T>): ReadableStream<T> {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
}

/** Not all have streams that can be iterated. */
async function all<T>(stream: ReadableStream<T>): Promise<T[]> {
  const items: T[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return items;
    items.push(value);
  }
}
