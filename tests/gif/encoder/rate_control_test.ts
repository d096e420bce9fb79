import { assert, assertThrows } from "@std/assert";
import fc from "fast-check";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import {
  RateControl,
  type Verdict,
} from "../../../src/gif/encoder/rate_control.ts";
import { random, scene } from "../../support/gif/pictures.ts";

const FRAMES_PER_SECOND = 10;

/** Bytes of each picture of a film that is cut to other scenes. */
function encode(
  bitrate: number,
  cuts: number[],
  seconds: number,
  intervalSeconds?: number,
): number[] {
  const encoder = new GifEncoder({
    width: 120,
    height: 80,
    bitrate,
    framesPerSecond: FRAMES_PER_SECOND,
    mode: "fast",
  });
  let seed = 1;
  return Array.from({ length: seconds * FRAMES_PER_SECOND }, (_, i) => {
    if (cuts.includes(i)) seed += 7;
    const picture = scene(120, 80, i * 2, seed);
    const part = encoder.encode(picture, 2, { intervalSeconds });
    return part?.bytes.length ?? 0;
  });
}

/** The most and the least of 5 seconds, from the first second on. */
function windows(bytes: number[]) {
  const length = 5 * FRAMES_PER_SECOND;
  const sums: number[] = [];
  for (let i = FRAMES_PER_SECOND; i + length <= bytes.length; i++) {
    sums.push(bytes.slice(i, i + length).reduce((a, b) => a + b));
  }
  return { most: Math.max(...sums), least: Math.min(...sums) };
}

Deno.test("GifEncoder holds a bitrate within 10% over 5 s", () => {
  for (const bitrate of [20_000, 40_000]) {
    const { most, least } = windows(encode(bitrate, [], 9));
    assert(most < 5 * bitrate * 1.1, `${most / 5} of ${bitrate}`);
    assert(least > 5 * bitrate * 0.9, `${least / 5} of ${bitrate}`);
  }
});

Deno.test("GifEncoder holds a bitrate through scene cuts", () => {
  const cut = fc.integer({ min: 0, max: 79 });
  fc.assert(
    fc.property(fc.array(cut, { maxLength: 12 }), (cuts) => {
      const { most } = windows(encode(20_000, cuts, 8));
      assert(most < 5 * 20_000 * 1.1, `${most / 5}`);
    }),
    { numRuns: 8 },
  );
});

Deno.test("GifEncoder shares a bitrate out by the time between pictures", () => {
  const usual = encode(20_000, [], 8), rare = encode(20_000, [], 8, 0.4);
  const bytes = (pictures: number[]) => pictures.reduce((a, b) => a + b);
  assert(bytes(usual) < 8 * 20_000 * 1.1, `${bytes(usual)}`);
  assert(bytes(rare) > 2 * bytes(usual), `${bytes(rare)}`);
});

Deno.test("GifEncoder.encode() refuses a time that cannot have passed", () => {
  for (const intervalSeconds of [-1, NaN, Infinity]) {
    assertThrows(
      () => encode(20_000, [], 1, intervalSeconds),
      RangeError,
      `intervalSeconds must be 0 or more: ${intervalSeconds}`,
    );
  }
});

Deno.test("GifEncoder leaves pictures out where nothing else helps", () => {
  const bytes = encode(1500, [], 12);
  assert(bytes.filter((length) => length === 0).length > 20);
  const { most } = windows(bytes);
  assert(most < 5 * 1500 * 1.4, `${most / 5}`);
});

const BUDGET = 1e5;

/** A picture of a film that is made up. */
interface Picture {
  /** Seconds since the one before. */
  interval: number;
  /** Bytes that it takes at lambda 1. */
  complexity: number;
}

/** Bytes of each, and when; they fall by lambda to the power of `exponent`. */
function control(pictures: Picture[], exponent: number) {
  const rate = new RateControl(BUDGET, FRAMES_PER_SECOND, 1);
  let time = 0;
  return pictures.map(({ interval, complexity }, i) => {
    time += interval;
    if (i > 0) rate.advance(interval);
    let bytes = 0, verdict: Verdict = "leave out";
    if (!rate.mustLeaveOut) {
      do {
        bytes = Math.round(complexity * rate.lambda ** -exponent);
        verdict = rate.judge(bytes, i === 0);
      } while (verdict === "retry");
    }
    return { time, bytes: verdict === "write" ? bytes : 0 };
  });
}

/** The bytes of the fullest 5 seconds, by the budget of that time. */
function fullest(written: { time: number; bytes: number }[]): number {
  const sums = written.slice(1).map(({ time }, i) => {
    // Not quite 5 s, since sums of tenths are not exact.
    const inside = written.slice(i + 1).filter((one) =>
      one.time < time + 4.999
    );
    return inside.reduce((sum, { bytes }) => sum + bytes, 0);
  });
  return Math.max(...sums) / (5 * BUDGET);
}

const EXPONENT = fc.double({ min: 0.3, max: 0.7, noNaN: true });
/** From a tenth of the budget to what hardly fits it at the highest lambda. */
const COMPLEXITY = fc.double({ min: 3, max: 5.5, noNaN: true })
  .map((exponent) => 10 ** exponent);

Deno.test("RateControl never exceeds the budget of 5 s by a tenth, whatever pictures take", () => {
  const picture = COMPLEXITY.map((complexity) => ({
    complexity,
    interval: 1 / FRAMES_PER_SECOND,
  }));
  const film = fc.array(picture, { minLength: 60, maxLength: 150 });
  fc.assert(fc.property(film, EXPONENT, (pictures, exponent) => {
    const most = fullest(control(pictures, exponent));
    assert(most < 1.1, `${most}`);
  }));
});

Deno.test("RateControl goes by the time between pictures, not by their number", () => {
  const picture = fc.record({
    complexity: COMPLEXITY,
    // Four times as many as it was told.
    interval: fc.double({ min: 0, max: 0.05, noNaN: true }),
  });
  const film = fc.array(picture, { minLength: 300, maxLength: 400 });
  fc.assert(fc.property(film, EXPONENT, (pictures, exponent) => {
    const most = fullest(control(pictures, exponent));
    assert(most < 1.1, `${most}`);
  }));
});

Deno.test("RateControl uses the budget where pictures can, as rare as they are", () => {
  const film = fc.record({
    // What the budget is enough for at a lambda from 10 to 300.
    lambda: fc.double({ min: 10, max: 300, noNaN: true }),
    noise: fc.double({ min: 0, max: 0.2, noNaN: true }),
    exponent: EXPONENT,
    interval: fc.double({ min: 0.03, max: 0.3, noNaN: true }),
    seed: fc.nat(),
  });
  fc.assert(fc.property(film, ({ lambda, noise, exponent, interval, seed }) => {
    const next = random(seed);
    const usual = BUDGET * interval * lambda ** exponent;
    const pictures = Array.from(
      { length: Math.ceil(15 / interval) },
      () => ({ interval, complexity: usual * (1 + noise * (2 * next() - 1)) }),
    );
    const later = control(pictures, exponent).filter(({ time }) => time >= 5);
    const bytes = later.reduce((sum, one) => sum + one.bytes, 0);
    const share = bytes / (later.length * interval * BUDGET);
    assert(share > 0.9 && share < 1.1, `${share}`);
  }));
});
