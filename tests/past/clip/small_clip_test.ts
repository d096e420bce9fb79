import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertLessOrEqual,
} from "@std/assert";
import fc from "fast-check";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import { History } from "../../../src/past/history.ts";
import { JpegHistory } from "../../../src/past/jpeg_history.ts";
import { KeptPast } from "../../../src/past/kept_past.ts";
import { drawing, gifOf } from "../../support/gif/drawings.ts";
import { framesOf } from "../../support/gif/frames.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";

const SCREEN = { width: 96, height: 64 };
const INTERVAL_MILLISECONDS = 100;
const PICTURES = 50;
const END = PICTURES * INTERVAL_MILLISECONDS;
const UNBOUNDED = { leastSeconds: 5, encodingMilliseconds: 1e6 };

/** Noise, of which no picture looks like the one before. */
function noise(seed: number): Uint8Array<ArrayBuffer> {
  let state = seed * 2654435761 + 1;
  return Uint8Array.from({ length: SCREEN.width * SCREEN.height * 3 }, () => {
    state = Math.imul(state, 1103515245) + 12345;
    return state >>> 24;
  });
}

/** Five seconds of noise, of whole pictures or of differences. */
function noisePast(keyframe: boolean): KeptPast {
  const history = new History({ seconds: 60, maxBytes: 1e9 });
  history.begin(SCREEN);
  const encoder = new GifEncoder({ ...SCREEN, mode: "fast", denoise: false });
  for (let i = 0; i < PICTURES; i++) {
    const part = encoder.encode(noise(i), 2, { keyframe })!;
    history.push(part, i * INTERVAL_MILLISECONDS);
  }
  return new KeptPast(history);
}

interface Seen {
  bytes: number;
  width: number;
  pictures: number;
  centiseconds: number;
  longest: number;
}

function look(gif: Uint8Array): Seen {
  const delays = [...decodeGif(gif)].map((shown) => shown.delayCentiseconds);
  return {
    bytes: gif.length,
    width: gif[6] + 256 * gif[7],
    pictures: delays.length,
    centiseconds: delays.reduce((sum, delay) => sum + delay, 0),
    longest: Math.max(...delays),
  };
}

function smallest(past: KeptPast, maxBytes: number, options = UNBOUNDED): Seen {
  const bounds = { maxBytes, ...options };
  const { gif } = past.clip({ seconds: 5, endMilliseconds: END, bounds })!;
  return look(gif);
}

for (const keyframe of [true, false]) {
  const name = keyframe ? "whole pictures" : "differences";
  Deno.test(`a clip of ${name} has fewer pictures, then smaller ones, and is never cut`, () => {
    const past = noisePast(keyframe);
    const whole = smallest(past, 1e9);
    assertEquals([whole.pictures, whole.width], [PICTURES, SCREEN.width]);
    let before = whole;
    const least = [];
    for (let share = 0.7; share > 0.0005; share *= 0.7) {
      const maxBytes = Math.max(1000, Math.floor(whole.bytes * share));
      const seen = smallest(past, maxBytes);
      assertLessOrEqual(seen.bytes, maxBytes);
      assertEquals(seen.centiseconds, whole.centiseconds);
      assertLessOrEqual(seen.width, before.width);
      // None that is smaller while there could be fewer.
      if (seen.width === SCREEN.width) {
        assertLess(seen.pictures, before.pictures + 1);
        // Spread over all of the time.
        assertLess(seen.longest, 5 * 500 / seen.pictures);
      } else least.push(seen.pictures);
      before = seen;
    }
    assertLess(before.width, SCREEN.width / 4);
    assertGreater(Math.min(...least), 1);
  });
}

Deno.test("a clip begins later for its bytes, where it may", () => {
  const past = noisePast(false);
  const whole = smallest(past, 1e9);
  const options = { ...UNBOUNDED, leastSeconds: 2 };
  const later = smallest(past, whole.bytes * 0.6, options);
  assertEquals(later.width, SCREEN.width);
  // As fluent as it was.
  assertEquals(later.longest, INTERVAL_MILLISECONDS / 10);
  assertAlmostEquals(later.centiseconds, 300, 30);
  assertLessOrEqual(later.bytes, whole.bytes * 0.6);
  const thinned = smallest(past, whole.bytes * 0.2, options);
  assertEquals(thinned.centiseconds, 500);
});

Deno.test("a clip has one picture a second where there is no time for more", () => {
  const past = noisePast(false);
  const whole = smallest(past, 1e9);
  const hurried = { ...UNBOUNDED, encodingMilliseconds: 0 };
  const { width, pictures, longest } = smallest(past, whole.bytes / 2, hurried);
  assertEquals([width, pictures, longest], [SCREEN.width, 5, 100]);
});

Deno.test("a clip of any stream stays within any bound", () => {
  const maxBytes = fc.integer({ min: 1000, max: 3000 });
  fc.assert(
    fc.property(drawing, maxBytes, (recipe, maxBytes) => {
      const history = new History({ seconds: 60, maxBytes: 1e9 });
      const past = new KeptPast(history);
      let now = 0;
      for (const frame of framesOf(gifOf(recipe))) {
        if (now === 0) history.begin(frame.screen);
        history.push(framePart(frame), now += 100);
      }
      const bounds = { maxBytes, ...UNBOUNDED };
      const span = { seconds: 60, endMilliseconds: now + 100 };
      const { gif, pictures } = past.clip({ ...span, bounds })!;
      assertLessOrEqual(gif.length, maxBytes);
      assertGreater(pictures, 0);
      assertGreater([...decodeGif(gif)].length, 0);
      assertAlmostEquals(look(gif).centiseconds, now / 10, 25);
    }),
    { numRuns: 60 },
  );
});

Deno.test("a small clip of JPEGs skips broken ones", () => {
  const jpegs = new JpegHistory(60);
  const past = new KeptPast(new History({ seconds: 60, maxBytes: 1e9 }), jpegs);
  for (let i = 0; i < 4; i++) {
    const jpeg = i % 2 === 0
      ? Uint8Array.of(0xff, 0xd8, 0xff)
      : plainJpeg(16, 8, [60 * i, 0, 0]);
    const moment = { jpeg, width: 16, height: 8, timeMilliseconds: 1000 * i };
    jpegs.push(moment, 1e9);
  }
  const bounds = { maxBytes: 1e6, ...UNBOUNDED };
  const { gif, pictures } = past.clip({
    ...{ seconds: 9, endMilliseconds: 4000, bounds },
  })!;
  assertEquals(pictures, 2);
  const reds = [...decodeGif(gif)].map(({ pixels }) => pixels[0]);
  assert(Math.abs(reds[0] - 60) < 9 && Math.abs(reds[1] - 180) < 9, `${reds}`);
});
