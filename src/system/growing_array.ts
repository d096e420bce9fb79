/** Kinds of typed arrays that can grow. */
type Numbers = Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** Numbers that are added piece by piece, in one buffer. */
export class GrowingArray<Kind extends Numbers> {
  readonly #make: (length: number) => Kind;
  #numbers: Kind;
  #length = 0;

  /** @param make Makes an array of so many zeros. */
  constructor(make: (length: number) => Kind) {
    this.#make = make;
    this.#numbers = make(0);
  }

  /** The number of elements. */
  get length(): number {
    return this.#length;
  }

  /** Adds numbers at the end. */
  push(numbers: ArrayLike<number>): void {
    const length = this.#length + numbers.length;
    if (length > this.#numbers.length) {
      // A large piece may be the only one: no room is made beside it.
      const grown = this.#make(Math.max(length, 2 * this.#numbers.length));
      grown.set(this.#numbers.subarray(0, this.#length));
      this.#numbers = grown;
    }
    this.#numbers.set(numbers, this.#length);
    this.#length = length;
  }

  /** Removes all but the first. */
  shorten(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** Removes all. The array has a buffer that is used for nothing else. */
  take(): Kind {
    const taken = this.#numbers.subarray(0, this.#length) as Kind;
    this.#numbers = this.#make(0);
    this.#length = 0;
    return taken;
  }
}
