import { assert, assertGreaterOrEqual } from "@std/assert";
import fc from "fast-check";
import { ENCODER_MODES } from "../../../../src/gif/encoder/effort.ts";
import { GifEncoder } from "../../../../src/gif/encoder/gif_encoder.ts";
import { PhraseFollower } from "../../../../src/gif/encoder/lossy/phrase_follower.ts";
import { PhraseSearch } from "../../../../src/gif/encoder/lossy/phrase_search.ts";
import { decodeLzw } from "../../../../src/gif/lzw_decode.ts";
import { encodeLzw } from "../../../../src/gif/lzw_encode.ts";
import {
  gradient,
  noisy,
  plain,
  random,
  scene,
} from "../../../support/gif/pictures.ts";

/** A part's bytes beside those of the exact coding of its own indices. */
function exactBytes(part: Uint8Array): number {
  const view = new DataView(part.buffer, part.byteOffset, part.length);
  const width = view.getUint16(13, true), height = view.getUint16(15, true);
  const dataAt = 18 + (3 << (part[17] & 7) + 1);
  const indices = new Uint8Array(width * height);
  decodeLzw(part.subarray(dataAt), indices);
  return dataAt + encodeLzw(indices, part[dataAt]).length;
}

/** The least that a pixel was ever taken to cost while something is done. */
function leastCost(act: () => void): number {
  let least = Infinity;
  const finders = [PhraseSearch.prototype, PhraseFollower.prototype];
  const own = finders.map(({ find }) => find);
  finders.forEach((finder, i) => {
    finder.find = function (begin: number, cost: number) {
      least = Math.min(least, cost);
      own[i].call(this, begin, cost);
    };
  });
  try {
    act();
  } finally {
    finders.forEach((finder, i) => finder.find = own[i]);
  }
  return least;
}

/** Squares of few colors that move over what is still, as on a screen. */
function squares(width: number, height: number, moved: number): Uint8Array {
  const rgb = plain(width, height, [240, 240, 240]);
  for (let square = 0; square < 12; square++) {
    const left = (square * 37 + moved * (square % 3)) % width;
    const top = square * 23 % height;
    for (let y = top; y < Math.min(height, top + 20); y++) {
      for (let x = left; x < Math.min(width, left + 28); x++) {
        const color = [square * 20, 255 - square * 17, square * 91 & 255];
        rgb.set(color, 3 * (y * width + x));
      }
    }
  }
  return rgb;
}

/** Dots that come and go, of some hundreds of colors. */
function life(width: number, height: number, time: number): Uint8Array {
  const rgb = new Uint8Array(3 * width * height);
  const next = random(time >> 1);
  for (let at = 0; at < rgb.length; at += 3) {
    if (next() < 0.8) continue;
    const age = Math.floor(next() * 64) + (time & 1);
    rgb.set([4 * age, 255 - 2 * age, 128 + age], at);
  }
  return rgb;
}

type Film = (width: number, height: number, time: number) => Uint8Array;

const FILMS: Record<string, Film> = {
  squares,
  life,
  scene: (width, height, time) => scene(width, height, 2 * time),
  "still scene": (width, height) => scene(width, height, 0),
  noise: (width, height, time) =>
    noisy(gradient(width, height), 12, random(time + 1)),
  titles: (width, height, time) => {
    const rgb = scene(width, height, time);
    const letters = squares(width, 40, 5 * time);
    rgb.set(letters.subarray(0, rgb.length), 0);
    return rgb;
  },
};

/** Encodes a film, and fails if a part is larger than it need be. */
function assertFrugal(
  pictures: Uint8Array[],
  options: ConstructorParameters<typeof GifEncoder>[0],
): void {
  const encoder = new GifEncoder(options);
  for (const [i, picture] of pictures.entries()) {
    const part = encoder.encode(picture);
    if (part === undefined) continue;
    const exact = exactBytes(part.bytes);
    const { length } = part.bytes;
    assert(
      length <= 1.01 * exact,
      `picture ${i}: ${length} for ${exact} bytes`,
    );
  }
}

for (const mode of ENCODER_MODES) {
  for (const [name, film] of Object.entries(FILMS)) {
    Deno.test(`GifEncoder, ${mode}, wastes no bytes on ${name}`, () => {
      const size = { width: 160, height: 120 };
      const pictures = Array.from(
        { length: 6 },
        (_, time) => film(size.width, size.height, time),
      );
      for (const quality of [1, 30, 60, 85, 100]) {
        const least = leastCost(() =>
          assertFrugal(pictures, { ...size, mode, quality })
        );
        assertGreaterOrEqual(least, 0, `quality ${quality}`);
      }
    });
  }
}

Deno.test("GifEncoder wastes no bytes on any picture", () => {
  const property = fc.property(
    fc.record({
      width: fc.integer({ min: 1, max: 70 }),
      height: fc.integer({ min: 1, max: 50 }),
      mode: fc.constantFrom(...ENCODER_MODES),
      quality: fc.integer({ min: 1, max: 100 }),
      dither: fc.constantFrom("none" as const, "always" as const),
    }),
    fc.array(fc.constantFrom(...Object.values(FILMS)), {
      minLength: 1,
      maxLength: 5,
    }),
    (options, films) => {
      const { width, height } = options;
      const pictures = films.map((film, time) => film(width, height, time));
      const least = leastCost(() => assertFrugal(pictures, options));
      assertGreaterOrEqual(least, 0);
    },
  );
  fc.assert(property, { numRuns: 150 });
});
