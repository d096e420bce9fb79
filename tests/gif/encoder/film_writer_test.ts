import { assert, assertEquals, assertThrows } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { encodeGif } from "../../../src/gif/encoder/encode_gif.ts";
import { FilmWriter } from "../../../src/gif/encoder/film_writer.ts";
import { opaque, psnr, random, scene } from "../../support/gif/pictures.ts";

const SIZE = { width: 64, height: 48 };

function write(
  frames: Uint8Array[],
  options: Partial<ConstructorParameters<typeof FilmWriter>[0]> = {},
): Uint8Array {
  const writer = new FilmWriter({ ...SIZE, ...options });
  const pieces = frames.map((frame) => writer.push(frame, 10));
  return concat([...pieces, writer.finish()]);
}

/** What is shown after each tenth of a second. */
function shown(gif: Uint8Array): Uint8Array[] {
  return [...decodeGif(gif)].flatMap(({ pixels, delayCentiseconds }) =>
    Array(delayCentiseconds / 10).fill(opaque(pixels))
  );
}

function scenes(): Uint8Array[] {
  return Array.from({ length: 20 }, (_, i) => scene(64, 48, i * 2, 1));
}

for (const lookAheadFrames of [0, 1, 7, 30]) {
  Deno.test(`FilmWriter shows every picture in time, ${lookAheadFrames} ahead`, () => {
    const frames = scenes();
    const seen = shown(write(frames, { lookAheadFrames }));
    assertEquals(seen.length, frames.length);
    for (const [i, frame] of frames.entries()) {
      assert(psnr(frame, seen[i]) > 27, `${i}: ${psnr(frame, seen[i])} dB`);
    }
  });
}

Deno.test("FilmWriter shows a picture for longer when the next is the same", () => {
  const [frame] = scenes();
  const gif = write(Array(8).fill(frame), { lookAheadFrames: 3 });
  const frames = [...decodeGif(gif)];
  assertEquals(frames.map((each) => each.delayCentiseconds), [80]);
});

Deno.test("FilmWriter needs no more bytes for what fades when it looks ahead", () => {
  const next = random(2);
  const level = Array.from({ length: 64 * 48 }, () => Math.floor(next() * 99));
  const frames = Array.from({ length: 24 }, (_, time) => {
    const rgb = new Uint8Array(64 * 48 * 3);
    level.forEach((from, i) => {
      rgb[i * 3] = rgb[i * 3 + 1] = Math.max(0, from + 120 - time * 5);
    });
    return rgb;
  });
  const mean = (gif: Uint8Array) => {
    const seen = shown(gif);
    const all = frames.map((frame, i) => psnr(frame, seen[i]));
    return all.reduce((a, b) => a + b) / all.length;
  };
  const options = { mode: "best", quality: 40 } as const;
  const at = write(frames, { ...options, lookAheadFrames: 0 });
  const ahead = write(frames, { ...options, lookAheadFrames: 8 });
  assert(ahead.length < at.length, `${ahead.length} of ${at.length}`);
  assert(mean(ahead) > mean(at) - 0.5, `${mean(ahead)}, ${mean(at)} dB`);
});

Deno.test("FilmWriter takes no more for soft colors by looking ahead", () => {
  const size = { width: 160, height: 90 };
  const turned = (time: number) => {
    const rgb = new Uint8Array(size.width * size.height * 3);
    for (let at = 0; at < rgb.length; at += 3) {
      const x = at / 3 % size.width - 80, y = Math.floor(at / 480) - 45;
      const angle = time * 0.06;
      const share = (x * Math.cos(angle) + y * Math.sin(angle)) / 190 + 0.5;
      rgb[at] = 40 + 180 * share;
      rgb[at + 1] = 90 + 60 * share ** 2;
      rgb[at + 2] = 200 - 150 * share;
    }
    return rgb;
  };
  const frames = Array.from({ length: 16 }, (_, time) => turned(time));
  const options = { ...size, mode: "best", quality: 40 } as const;
  const at = write(frames, { ...options, lookAheadFrames: 0 });
  const ahead = write(frames, { ...options, lookAheadFrames: 8 });
  assert(ahead.length < at.length, `${ahead.length} of ${at.length}`);
});

Deno.test("FilmWriter writes the table of the first picture once", () => {
  const square = (at: number) => {
    const rgb = new Uint8Array(64 * 48 * 3);
    rgb.fill(200, at * 30, at * 30 + 30);
    return rgb;
  };
  const frames = Array.from({ length: 10 }, (_, i) => square(i));
  const gif = write(frames, { quality: 100 });
  assertEquals(shown(gif), frames);
  const images = [...decodeGif(gif)].length;
  // Without a table, an image of 20 pixels takes less than its descriptors
  // and the smallest table.
  assert(gif.length / images < 45, `${gif.length} bytes, ${images} images`);
});

Deno.test("FilmWriter says how often players show the GIF", () => {
  const frames = scenes().slice(0, 2);
  const loops = (gif: Uint8Array) => {
    const text = new TextDecoder("latin1").decode(gif);
    const at = text.indexOf("NETSCAPE2.0");
    return at < 0 ? undefined : gif[at + 13] + 256 * gif[at + 14];
  };
  assertEquals(loops(write(frames)), 0);
  assertEquals(loops(write(frames, { plays: 1 })), undefined);
  assertEquals(loops(write(frames, { plays: 300 })), 299);
  for (const plays of [-1, 1.5, 65537]) {
    assertThrows(() => write(frames, { plays }), RangeError, "plays");
  }
});

Deno.test("encodeGif() refuses to look ahead too far", () => {
  const frames = scenes().map((pixels) => ({ pixels }));
  for (const lookAheadFrames of [-1, 0.5, 101]) {
    assertThrows(
      () => encodeGif(frames, { ...SIZE, lookAheadFrames }),
      RangeError,
      "lookAheadFrames",
    );
  }
});
