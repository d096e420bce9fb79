/** Random numbers that are the same again for the same seed and number. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /**
   * Begins a series of its own.
   *
   * @param seed Any integer.
   * @param number Of the input, so that each can be made alone.
   */
  constructor(seed: number, number: number) {
    this.#a = seed | 0;
    this.#b = number | 0;
    this.#c = Math.floor(number / 2 ** 32) | 0;
    this.#d = 1;
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** An integer from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#next() / 2 ** 32 * limit);
  }

  /** An integer from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of the elements. */
  pick<T>(elements: ArrayLike<T>): T {
    return elements[this.below(elements.length)];
  }

  /** A step of sfc32. */
  #next(): number {
    const sum = (this.#a + this.#b | 0) + this.#d | 0;
    this.#d = this.#d + 1 | 0;
    this.#a = this.#b ^ this.#b >>> 9;
    this.#b = this.#c + (this.#c << 3) | 0;
    this.#c = (this.#c << 21 | this.#c >>> 11) + sum | 0;
    return sum >>> 0;
  }
}
