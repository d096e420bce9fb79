import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { EncodedFrames } from "../../src/encoding/encoded_frames.ts";
import type { SourcePart } from "../../src/encoding/frame_source.ts";
import type { PixelFrame } from "../../src/encoding/pixel_frame.ts";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { partImages } from "../../src/gif/read/part_images.ts";
import { until } from "../support/folder/folder_fixture.ts";
import { failingWorkers } from "../support/program/failing_workers.ts";

function picture(width: number, height: number, value: number): PixelFrame {
  const pixels = new Uint8Array(3 * width * height).fill(value);
  return { pixels, width, height, timestampMilliseconds: value };
}

/** Pictures, each when the one before it has been encoded. */
async function* inTurn(
  pictures: PixelFrame[],
  encoded: () => number,
): AsyncGenerator<PixelFrame> {
  for (const [i, given] of pictures.entries()) {
    await until(() => encoded() >= i, () => `${encoded()} of ${i}`);
    yield given;
  }
}

function encodedInTurn(pictures: PixelFrame[]): EncodedFrames {
  const frames: EncodedFrames = new EncodedFrames(
    inTurn(pictures, () => frames.stats.frames + frames.stats.unchanged),
    { quality: 100, denoise: false },
  );
  return frames;
}

Deno.test("EncodedFrames gives frames that show the pictures", async () => {
  const pictures = [10, 90, 90, 200].map((value) => picture(16, 8, value));
  const frames = encodedInTurn(pictures);
  const canvas = new Canvas({ width: 16, height: 8 });
  const times: number[] = [];
  for await (const { part, screen, timestampMilliseconds } of frames) {
    assertEquals(screen, { width: 16, height: 8 });
    times.push(timestampMilliseconds);
    canvas.drawPart(part.bytes);
    const error = Math.abs(canvas.pixels[0] - timestampMilliseconds);
    assert(error <= 2, `${canvas.pixels[0]} for ${timestampMilliseconds}`);
  }
  assertEquals(times, [10, 90, 200]);
  const { frames: count, unchanged, dropped, errors, mode } = frames.stats;
  assertEquals([count, unchanged, dropped, errors, mode], [
    3,
    1,
    0,
    {},
    "balanced",
  ]);
});

Deno.test("EncodedFrames begins with a keyframe when the size changes", async () => {
  const frames = encodedInTurn([picture(16, 8, 10), picture(9, 7, 20)]);
  const sizes: number[][] = [];
  for await (const { part, screen } of frames) {
    const [{ image }] = partImages(part.bytes);
    assertEquals(part.keyframe, true);
    sizes.push([screen.width, screen.height, image.width, image.height]);
  }
  assertEquals(sizes, [[16, 8, 16, 8], [9, 7, 9, 7]]);
});

Deno.test("EncodedFrames drops the oldest pictures that it has no time for", async () => {
  async function* burst() {
    for (let i = 1; i <= 20; i++) yield await picture(64, 64, 10 * i);
  }
  const frames = new EncodedFrames(burst(), { quality: 100 });
  const all: SourcePart[] = await Array.fromAsync(frames);
  assertEquals(all.at(-1)!.timestampMilliseconds, 200);
  const { frames: encoded, unchanged, dropped } = frames.stats;
  assertEquals(encoded + unchanged + dropped, 20);
  assert(dropped > 0);
});

/** Pictures of 0.8 seconds may wait at first, and of 0.2 seconds later. */
const WAITING = [
  { framesPerSecond: 5, atFirst: 4, later: 2 },
  { framesPerSecond: 10, atFirst: 8, later: 2 },
  { framesPerSecond: 20, atFirst: 16, later: 4 },
];

for (const { framesPerSecond, atFirst, later } of WAITING) {
  Deno.test(`EncodedFrames drops none of the first pictures while it starts, ${framesPerSecond} a second`, async () => {
    async function* bursts() {
      for (let i = 1; i <= atFirst; i++) yield await picture(64, 64, 10 * i);
      const { stats } = frames;
      await until(() => stats.frames >= atFirst, () => `${stats.frames}`);
      for (let i = 1; i <= atFirst; i++) yield await picture(64, 64, 10 * i);
    }
    const options = { quality: 100, framesPerSecond };
    const frames: EncodedFrames = new EncodedFrames(bursts(), options);
    for await (const _ of frames) {
      if (frames.stats.frames <= atFirst) assertEquals(frames.stats.dropped, 0);
    }
    // Later it rather skips than lags; one is being encoded.
    const { dropped } = frames.stats;
    assert(dropped >= atFirst - later - 1, `${dropped}`);
  });
}

Deno.test("EncodedFrames counts as dropped what does not fit the bitrate", async () => {
  let drops = 0;
  const size = { width: 64, height: 64, timestampMilliseconds: 0 };
  const noise = Array.from({ length: 20 }, () => {
    const pixels = crypto.getRandomValues(new Uint8Array(3 * 64 * 64));
    return { ...size, pixels };
  });
  const frames: EncodedFrames = new EncodedFrames(
    inTurn(noise, () => frames.stats.frames + frames.stats.dropped),
    { bitrate: 1000, onDrop: (frames) => drops += frames },
  );
  assertEquals((await Array.fromAsync(frames)).length, frames.stats.frames);
  const { frames: count, unchanged, dropped } = frames.stats;
  assertEquals([count + dropped, unchanged, drops], [20, 0, dropped]);
  assert(dropped > 10, `${dropped}`);
});

Deno.test("EncodedFrames leaves out a picture that cannot be encoded", async () => {
  const warnings: string[] = [];
  const wrong = { ...picture(8, 8, 1), width: 9 };
  const frames: EncodedFrames = new EncodedFrames(
    inTurn(
      [picture(8, 8, 1), wrong, picture(8, 8, 99)],
      () => frames.stats.frames + (frames.stats.errors.encoding ?? 0),
    ),
    { onWarning: (message) => warnings.push(message) },
  );
  assertEquals((await Array.fromAsync(frames)).length, 2);
  assertEquals(frames.stats.errors, { encoding: 1 });
  assertEquals(warnings.length, 1);
});

Deno.test("EncodedFrames passes the pictures' error on", async () => {
  async function* broken() {
    yield await picture(8, 8, 1);
    throw new Error("no more");
  }
  const frames = new EncodedFrames(broken());
  await assertRejects(() => Array.fromAsync(frames), Error, "no more");
});

Deno.test("EncodedFrames ends what it reads when it is left", async () => {
  let ended = false;
  async function* endless() {
    try {
      for (let i = 0;; i = (i + 1) % 256) {
        yield picture(8, 8, i);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      ended = true;
    }
  }
  for await (const _ of new EncodedFrames(endless())) break;
  assertEquals(ended, true);
});

Deno.test("EncodedFrames goes on for who watches when its thread breaks down", async () => {
  using _failing = failingWorkers(1);
  const channel = new Channel();
  const viewer = new Response(channel.view()).bytes();
  const faults: unknown[] = [], warnings: string[] = [];
  const frames: EncodedFrames = new EncodedFrames(
    inTurn(
      [10, 90, 200].map((value) => picture(16, 8, value)),
      () => frames.stats.frames + faults.length,
    ),
    {
      quality: 100,
      onFault: (kind) => faults.push(kind),
      onWarning: (message) => warnings.push(message),
    },
  );
  for await (const { part, screen } of frames) {
    channel.publishPart(part, screen);
  }
  channel.close();
  assertEquals(faults, ["worker"]);
  assertMatch(warnings.join(), /^Cannot encode pictures: .*to fail$/);
  const shown = [...decodeGif(await viewer)].map(({ pixels }) => pixels[0]);
  // The picture that it broke down at is lost, and no other.
  assertEquals(shown, [90, 200]);
});
