/**
 * Inputs for fuzzing: valid ones, changed a little, again and again.
 *
 * @module
 */

/** Values that length, size and flag fields are sensitive to. */
const INTERESTING = [0, 1, 2, 7, 8, 9, 12, 0x21, 0x2c, 0x3b, 0x7f, 0x80, 0xff];
const MAX_BYTES = 4096;

/** Changes inputs at random, the same way for the same seed. */
export class Mutator {
  #state: number;

  /** @param seed Any integer. */
  constructor(seed: number) {
    this.#state = Math.imul(seed | 0, 0x9e3779b1) | 1;
  }

  /** A random integer from 0 to below `limit`. */
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return Math.floor((this.#state >>> 0) / 2 ** 32 * limit);
  }

  /** A random element. */
  pick<T>(elements: readonly T[]): T {
    return elements[this.below(elements.length)];
  }

  /** One of the inputs with up to 4 changes, at most 4 KiB of it. */
  mutate(inputs: readonly Uint8Array[]): Uint8Array {
    let bytes = new Uint8Array(this.pick(inputs));
    for (let changes = 1 + this.below(4); changes > 0; changes--) {
      bytes = this.#change(bytes, this.pick(inputs));
    }
    return bytes.slice(0, MAX_BYTES);
  }

  #change(
    bytes: Uint8Array<ArrayBuffer>,
    other: Uint8Array,
  ): Uint8Array<ArrayBuffer> {
    const at = this.below(bytes.length + 1);
    const end = Math.min(bytes.length, at + 1 + this.below(32));
    const head = bytes.subarray(0, at);
    switch (this.below(7)) {
      case 0:
        bytes[at] ^= 1 << this.below(8);
        return bytes;
      case 1:
        bytes[at] = this.pick(INTERESTING);
        return bytes;
      case 2:
        bytes[at] += this.below(9) - 4;
        return bytes;
      case 3: // cut off
        return head.slice();
      case 4: // leave out
        return join(head, bytes.subarray(end));
      case 5: // repeat
        return join(bytes.subarray(0, end), bytes.subarray(at));
      default: // go on with another input
        return join(head, other.subarray(this.below(other.length + 1)));
    }
  }
}

function join(
  head: Uint8Array,
  tail: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}
