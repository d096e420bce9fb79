import { assert } from "@std/assert";
import fc from "fast-check";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import { RateControl } from "../../../src/gif/encoder/rate_control.ts";
import { random, scene } from "./pictures.ts";

const FRAMES_PER_SECOND = 10;

/** Bytes of each picture of a film that is cut to other scenes. */
function encode(bitrate: number, cuts: number[], seconds: number): number[] {
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
    return encoder.encode(picture)?.bytes.length ?? 0;
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

Deno.test("GifEncoder leaves pictures out where nothing else helps", () => {
  const bytes = encode(1500, [], 12);
  assert(bytes.filter((length) => length === 0).length > 20);
  const { most } = windows(bytes);
  assert(most < 5 * 1500 * 1.4, `${most / 5}`);
});

Deno.test("RateControl follows what pictures take, whatever that is", () => {
  const film = fc.record({
    complexity: fc.double({ min: 3e3, max: 3e5, noNaN: true }),
    noise: fc.double({ min: 0, max: 0.3, noNaN: true }),
    exponent: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
    seed: fc.nat(),
  });
  fc.assert(fc.property(film, ({ complexity, noise, exponent, seed }) => {
    const next = random(seed);
    const rate = new RateControl(1e5, 10, 1);
    const bytes: number[] = [];
    for (let i = 0; i < 80; i++) {
      let size = 0;
      if (rate.mustSkip) rate.skip();
      else {
        const much = complexity * (1 + noise * (next() * 2 - 1));
        do {
          size = Math.round(much * rate.lambda ** -exponent);
        } while (!rate.accepts(size));
        rate.count(size);
      }
      bytes.push(size);
    }
    const { most } = windows(bytes);
    assert(most < 5e5 * 1.1, `${most}`);
  }));
});
