import { mutantOf } from "./mutant.ts";
import { Random } from "./random.ts";
import { colorfulGif, randomGif } from "./random_gif.ts";
import type { Samples } from "./samples.ts";

/** What is tried. */
export interface Input {
  /** How it was made. */
  kind: string;
  bytes: Uint8Array;
  /** Goes on where the making of the input stopped. */
  random: Random;
}

/** Inputs by their numbers: the same for the same seed and samples. */
export class Inputs {
  readonly #seed: number;
  readonly #samples: Samples;

  /**
   * Makes a series.
   *
   * @param seed Any integer.
   * @param samples Files that come first, as they are, and of which mutants
   * are made.
   */
  constructor(seed: number, samples: Samples) {
    this.#seed = seed;
    this.#samples = samples;
  }

  /** The input of a number, from 0 on. */
  of(number: number): Input {
    const random = new Random(this.#seed, number);
    const { all } = this.#samples;
    if (number < all.length) {
      const { name, bytes } = all[number];
      return { kind: name, bytes: bytes.slice(), random };
    }
    const way = random.below(200);
    if (way === 0) {
      return { kind: "many colors", bytes: colorfulGif(random), random };
    }
    if (way < 100) {
      return { kind: "random GIF", bytes: randomGif(random), random };
    }
    const { kind, bytes } = this.#seedOfMutant(random);
    const other = this.#seedOfMutant(random).bytes;
    return {
      kind: `mutant of ${kind}`,
      bytes: mutantOf(bytes, other, random),
      random,
    };
  }

  #seedOfMutant(random: Random): Omit<Input, "random"> {
    const { small } = this.#samples;
    if (small.length === 0 || !random.once(6)) {
      return { kind: "random GIF", bytes: randomGif(random) };
    }
    const { name, bytes } = random.pick(small);
    return { kind: name, bytes };
  }
}
