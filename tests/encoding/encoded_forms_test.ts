import { assert, assertEquals } from "@std/assert";
import { EncodedFrames } from "../../src/encoding/encoded_frames.ts";
import type {
  SourceJpeg,
  SourcePart,
} from "../../src/encoding/frame_source.ts";
import { FormNeed } from "../../src/encoding/form_need.ts";
import { NewestQueue } from "../../src/encoding/newest_queue.ts";
import type { PixelFrame } from "../../src/encoding/pixel_frame.ts";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { decodePicture } from "../../src/image/decode_picture.ts";
import { until } from "../support/folder/folder_fixture.ts";

const SIZE = { width: 16, height: 8 };

/** An encoder whose forms a test asks for, and what it has made. */
class Encoding {
  readonly gif = new FormNeed();
  readonly jpeg = new FormNeed();
  readonly jpegs: SourceJpeg[] = [];
  readonly parts: SourcePart[] = [];
  readonly #queue = new NewestQueue<PixelFrame>({ maxItems: 9 });
  readonly #frames: EncodedFrames;
  readonly #done: Promise<void>;

  constructor() {
    this.#frames = new EncodedFrames(this.#queue, {
      quality: 100,
      denoise: false,
      jpegs: {
        take: (jpeg) => void this.jpegs.push(jpeg),
        gif: this.gif,
        jpeg: this.jpeg,
      },
    });
    this.#done = this.#run();
  }

  async #run(): Promise<void> {
    for await (const part of this.#frames) this.parts.push(part);
  }

  /** Gives a picture, and waits until it has been taken. */
  async give(value: number): Promise<void> {
    const pixels = new Uint8Array(3 * 16 * 8).fill(value);
    const { stats } = this.#frames, before = stats.frames + stats.unchanged;
    this.#queue.push({ pixels, ...SIZE, timestampMilliseconds: value });
    await until(
      () => stats.frames + stats.unchanged > before,
      () => `${value} was not encoded`,
    );
  }

  /** Times of what was made. */
  get made(): { jpegs: number[]; parts: number[] } {
    const times = (made: { timestampMilliseconds: number }[]) =>
      made.map(({ timestampMilliseconds }) => timestampMilliseconds);
    return { jpegs: times(this.jpegs), parts: times(this.parts) };
  }

  async end(): Promise<void> {
    this.#queue.end();
    await this.#done;
  }
}

/** The red of the first pixel after the parts. */
function redAfter(parts: SourcePart[]): number {
  const canvas = new Canvas(SIZE);
  for (const { part } of parts) canvas.drawPart(part.bytes);
  return canvas.pixels[0];
}

Deno.test("EncodedFrames makes no GIF that nobody needs", async () => {
  const encoding = new Encoding();
  await encoding.give(40);
  await encoding.give(80);
  assertEquals(encoding.made, { jpegs: [40, 80], parts: [] });
  const [{ jpeg, size }] = encoding.jpegs;
  assertEquals(size, SIZE);
  const { pixels } = await decodePicture(jpeg);
  assert(Math.abs(pixels[0] - 40) < 3, `${pixels[0]}`);
  await encoding.end();
});

Deno.test("EncodedFrames gives the newest picture at once to who needs a GIF", async () => {
  const encoding = new Encoding();
  await encoding.give(40);
  encoding.gif.set(true);
  await until(() => encoding.parts.length === 1, () => "no part came");
  await encoding.give(80);
  assertEquals(encoding.made, { jpegs: [40], parts: [40, 80] });
  const [first, second] = encoding.parts;
  assertEquals([first.wasPublished, first.part.keyframe], [true, true]);
  assertEquals([second.wasPublished, second.part.keyframe], [undefined, false]);
  assertEquals(redAfter(encoding.parts), 80);
  await encoding.end();
});

Deno.test("EncodedFrames begins with a keyframe after each pause of the GIF", async () => {
  const encoding = new Encoding();
  encoding.gif.set(true);
  await encoding.give(40);
  encoding.gif.set(false);
  await encoding.give(80);
  encoding.gif.set(true);
  await until(() => encoding.parts.length === 2, () => "no part came");
  assertEquals(encoding.parts[1].part.keyframe, true);
  // So short that no picture came meanwhile: a part may have been lost.
  encoding.gif.set(false);
  encoding.gif.set(true);
  await encoding.give(120);
  assertEquals(encoding.made, { jpegs: [80], parts: [40, 80, 120] });
  assertEquals(encoding.parts[2].part.keyframe, true);
  await encoding.end();
});

Deno.test("EncodedFrames makes both forms while both are needed", async () => {
  const encoding = new Encoding();
  encoding.gif.set(true);
  encoding.jpeg.set(true);
  await encoding.give(40);
  await encoding.give(80);
  assertEquals(encoding.made, { jpegs: [40, 80], parts: [40, 80] });
  const published = encoding.parts.map(({ wasPublished }) => wasPublished);
  assertEquals(published, [true, true]);
  await encoding.end();
});

Deno.test("EncodedFrames counts pictures that look the same, whatever the form", async () => {
  const encoding = new Encoding();
  await encoding.give(40);
  await encoding.give(40);
  assertEquals(encoding.made, { jpegs: [40], parts: [] });
  encoding.gif.set(true);
  await until(() => encoding.parts.length === 1, () => "no part came");
  await encoding.give(40);
  assertEquals(encoding.made, { jpegs: [40], parts: [40] });
  await encoding.end();
});

Deno.test("EncodedFrames leaves a GIF of the last picture", async () => {
  const encoding = new Encoding();
  await encoding.give(40);
  await encoding.give(80);
  await encoding.end();
  assertEquals(encoding.made, { jpegs: [40, 80], parts: [80] });
  const [last] = encoding.parts;
  assertEquals([last.wasPublished, last.part.keyframe], [false, true]);
});
