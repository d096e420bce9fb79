import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import {
  ENCODER_MODES,
  type EncoderMode,
} from "../../../src/gif/encoder/effort.ts";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import type { GifEncoderOptions } from "../../../src/gif/encoder/gif_encoder_options.ts";
import {
  gradient,
  noisy,
  opaque,
  plain,
  psnr,
  random,
  scene,
} from "../../support/gif/pictures.ts";

/** Encodes and draws what comes; checks that the encoder knows the picture. */
class Viewer {
  readonly encoder: GifEncoder;
  readonly canvas: Canvas;
  /** Of each picture. */
  readonly bytes: number[] = [];

  constructor(options: GifEncoderOptions) {
    this.encoder = new GifEncoder(options);
    this.canvas = new Canvas(options);
  }

  see(pixels: Uint8Array, keyframe = false): Uint8Array {
    const part = this.encoder.encode(pixels, 2, { keyframe });
    this.bytes.push(part?.bytes.length ?? 0);
    if (part?.keyframe) this.canvas.clear();
    if (part) this.canvas.drawPart(part.bytes);
    const seen = opaque(this.canvas.pixels);
    assertEquals(seen, this.encoder.pixels);
    return seen;
  }
}

for (const mode of ENCODER_MODES) {
  Deno.test(`GifEncoder, ${mode}, knows what viewers see`, () => {
    const viewer = new Viewer({ width: 61, height: 43, mode });
    for (let i = 0; i < 12; i++) {
      const picture = scene(61, 43, i * 3, i < 6 ? 1 : 9);
      const seen = viewer.see(picture, i === 4);
      assert(psnr(picture, seen) > 29, `${psnr(picture, seen)} dB`);
    }
  });

  Deno.test(`GifEncoder, ${mode}, is exact with few colors at quality 100`, () => {
    const next = random(3);
    const viewer = new Viewer({ width: 20, height: 10, mode, quality: 100 });
    for (let i = 0; i < 4; i++) {
      const picture = new Uint8Array(600);
      for (let at = 0; at < 600; at += 3) {
        picture.fill(next() < 0.5 ? 0 : 255, at, at + 3);
      }
      assertEquals(viewer.see(picture), picture);
    }
  });

  Deno.test(`GifEncoder, ${mode}, draws any sequence as it says`, () => {
    const side = fc.integer({ min: 1, max: 12 });
    const sequence = fc.record({
      width: side,
      height: side,
      quality: fc.integer({ min: 1, max: 100 }),
      seeds: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }),
      levels: fc.constantFrom(1, 64, 255),
    });
    fc.assert(fc.property(sequence, ({ seeds, levels, ...options }) => {
      const viewer = new Viewer({ ...options, mode });
      for (const seed of seeds) {
        const next = random(seed);
        const length = options.width * options.height * 3;
        const picture = Uint8Array.from(
          { length },
          () => Math.floor(next() * 256 / levels) * levels,
        );
        viewer.see(picture, seed === 5);
      }
    }));
  });
}

Deno.test("GifEncoder gives better pictures with higher quality", () => {
  const results = [20, 50, 80].map((quality) => {
    const viewer = new Viewer({ width: 96, height: 64, quality });
    let sum = 0;
    for (let i = 0; i < 5; i++) {
      const picture = scene(96, 64, i * 5);
      sum += psnr(picture, viewer.see(picture));
    }
    const bytes = viewer.bytes.reduce((a, b) => a + b);
    return { decibels: sum / 5, bytes };
  });
  assert(results[0].decibels < results[1].decibels - 1);
  assert(results[1].decibels < results[2].decibels - 0.2);
  assert(results[0].bytes < results[1].bytes);
  assert(results[1].bytes < results[2].bytes);
});

Deno.test("GifEncoder.encode() sends nothing for the same picture", () => {
  for (const mode of ENCODER_MODES) {
    const viewer = new Viewer({ width: 64, height: 48, mode });
    for (let i = 0; i < 5; i++) viewer.see(scene(64, 48, 0));
    assert(viewer.bytes[0] > 0);
    assertEquals(viewer.bytes.slice(1), [0, 0, 0, 0]);
  }
});

Deno.test("GifEncoder.encode() sends little where little changes", () => {
  const picture = plain(160, 120, [20, 90, 40]);
  const viewer = new Viewer({ width: 160, height: 120 });
  viewer.see(picture);
  for (let i = 0; i < 30; i++) picture.fill(255, 9000 + i, 9001 + i);
  viewer.see(picture);
  assert(viewer.bytes[1] < 120, `${viewer.bytes[1]} bytes`);
});

Deno.test("GifEncoder.encode() makes keyframes that need nothing", () => {
  const encoder = new GifEncoder({ width: 40, height: 30 });
  encoder.encode(scene(40, 30, 0));
  const part = encoder.encode(scene(40, 30, 0), 7, { keyframe: true });
  assertEquals(part?.keyframe, true);
  const newcomer = new Canvas({ width: 40, height: 30 });
  newcomer.drawPart(part!.bytes);
  assertEquals(opaque(newcomer.pixels), encoder.pixels);
  // The delay, in the graphic control.
  assertEquals(part!.bytes[4], 7);
});

Deno.test("GifEncoder.encode() takes alpha as if on black", () => {
  const encoder = new GifEncoder({ width: 2, height: 1, quality: 100 });
  encoder.encode(Uint8ClampedArray.of(255, 255, 255, 0, 200, 100, 0, 128));
  assertEquals([...encoder.pixels], [0, 0, 0, 100, 50, 0]);
});

Deno.test("GifEncoder takes out noise where nothing moves", () => {
  const still = gradient(120, 96);
  const bytes = [true, false].map((denoise) => {
    const next = random(8);
    const viewer = new Viewer({ width: 120, height: 96, denoise, quality: 70 });
    for (let i = 0; i < 24; i++) viewer.see(noisy(still, 2, next));
    return viewer.bytes.slice(8).reduce((a, b) => a + b);
  });
  assert(bytes[0] < bytes[1] / 2, `${bytes}`);
});

Deno.test("GifEncoder takes any size", () => {
  for (
    const [width, height] of [[1, 1], [1, 7], [65535, 1], [1, 65535], [9, 9]]
  ) {
    const viewer = new Viewer({ width, height, quality: 100 });
    for (const color of [[9, 8, 7], [255, 0, 255]] as const) {
      const picture = plain(width, height, [...color]);
      assertEquals(viewer.see(picture), picture);
    }
  }
});

Deno.test("GifEncoder() throws on options out of range", () => {
  const size = { width: 4, height: 4 };
  for (
    const options of [
      { width: 0, height: 1 },
      { width: 65536, height: 1 },
      { width: 1.5, height: 1 },
      { width: NaN, height: 1 },
      { width: 65535, height: 65535 },
      { ...size, maxPixels: 15 },
      { ...size, quality: 0 },
      { ...size, quality: 101 },
      { ...size, quality: NaN },
      { ...size, bitrate: 0 },
      { ...size, bitrate: Infinity },
      { ...size, framesPerSecond: 0 },
      { ...size, mode: "slow" as EncoderMode },
      { ...size, mode: "toString" as EncoderMode },
    ]
  ) {
    assertThrows(() => new GifEncoder(options), RangeError, "Cannot encode");
  }
});

Deno.test("GifEncoder.encode() throws on pictures of another size", () => {
  const encoder = new GifEncoder({ width: 2, height: 2 });
  for (const length of [0, 11, 13, 15, 17]) {
    assertThrows(
      () => encoder.encode(new Uint8Array(length)),
      RangeError,
      `Cannot encode GIF: pixels must be 12 or 16 bytes: ${length}`,
    );
  }
  assertThrows(() => encoder.encode(new Uint8Array(12), -1), RangeError);
  assertThrows(() => encoder.encode(new Uint8Array(12), 65536), RangeError);
});

Deno.test("GifEncoder goes on without a keyframe in another mode", () => {
  const viewer = new Viewer({ width: 61, height: 43, denoise: false });
  viewer.see(scene(61, 43, 0));
  for (const [i, mode] of [...ENCODER_MODES, ...ENCODER_MODES].entries()) {
    viewer.encoder.mode = mode;
    assertEquals(viewer.encoder.mode, mode);
    const still = scene(61, 43, i);
    assert(psnr(still, viewer.see(still)) > 29);
    viewer.encoder.mode = "fast";
    assertEquals(viewer.encoder.encode(still), undefined);
  }
  assertThrows(
    () => viewer.encoder.mode = "slow" as EncoderMode,
    RangeError,
    "mode is not known: slow",
  );
});

Deno.test("GifEncoder improves a still picture at higher quality", () => {
  const picture = scene(61, 43, 0);
  const viewer = new Viewer({ width: 61, height: 43, quality: 20 });
  const before = psnr(picture, viewer.see(picture));
  assertEquals(viewer.encoder.encode(picture), undefined);
  viewer.encoder.quality = 80;
  assertEquals(viewer.encoder.quality, 80);
  assert(psnr(picture, viewer.see(picture)) > before + 2);
  assertThrows(() => viewer.encoder.quality = 0, RangeError, "1 to 100: 0");
});

Deno.test("GifEncoder.bitrate may change, but neither come nor go", () => {
  const size = { width: 8, height: 8 };
  const encoder = new GifEncoder({ ...size, bitrate: 50_000 });
  encoder.bitrate = 20_000;
  assertEquals(encoder.bitrate, 20_000);
  assertThrows(() => encoder.bitrate = 0, RangeError, "above 0: 0");
  assertThrows(() => encoder.bitrate = undefined, TypeError);
  assertThrows(() => new GifEncoder(size).bitrate = 9, TypeError);
});

Deno.test("GifEncoder.finish() ends the GIF", () => {
  const encoder = new GifEncoder({ width: 1, height: 1 });
  assertEquals([...encoder.finish()], [0x3b]);
  assertThrows(() => encoder.encode(new Uint8Array(3)), TypeError);
});

for (const mode of ENCODER_MODES) {
  Deno.test(`GifEncoder, ${mode}, takes few bytes for a cursor on a still desktop`, () => {
    const width = 160, height = 120;
    const viewer = new Viewer({ width, height, mode });
    const desktop = scene(width, height, 0);
    for (let time = 0; time < 20; time++) {
      const picture = desktop.slice();
      for (let row = 0; row < 12; row++) {
        const at = ((20 + time * 2 + row) * width + 30 + time * 3) * 3;
        picture.fill(255, at, at + (row + 1) * 3);
      }
      viewer.see(picture);
    }
    const settled = viewer.bytes.slice(12);
    // What was under the cursor comes back in up to some hundred colors.
    assert(Math.max(...settled) < 600, `${settled}`);
  });
}
