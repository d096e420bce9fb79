const GOLDEN_RATIO = 0x9e3779b1;
const FIRST_COLORS = 512;

/** The different colors of a picture, numbered as they appear. */
export interface ColorCensus {
  /** Number of the color of each pixel. */
  numbers: Uint32Array;
  /** Each color, as it stood in the pixels. */
  colors: Uint32Array;
  /** Pixels of each color. */
  counts: Uint32Array;
}

/**
 * Counts the colors of a picture, in time linear in its pixels.
 *
 * @param pixels One number a pixel, equal if the color is.
 */
export function censusOfColors(pixels: Uint32Array): ColorCensus {
  const numbers = new Uint32Array(pixels.length);
  let colors = new Uint32Array(FIRST_COLORS);
  let counts = new Uint32Array(FIRST_COLORS);
  let slots = hashTable(colors, 0);
  let size = 0, last = -1, lastNumber = 0;
  for (let i = 0; i < pixels.length; i++) {
    const color = pixels[i];
    // Neighbors are mostly alike.
    if (color !== last) {
      last = color;
      const slot = findSlot(slots, colors, color);
      lastNumber = slots[slot] - 1;
      if (lastNumber < 0) {
        if (size === colors.length) {
          colors = grown(colors);
          counts = grown(counts);
          slots = hashTable(colors, size);
          slots[findSlot(slots, colors, color)] = size + 1;
        } else slots[slot] = size + 1;
        lastNumber = size++;
        colors[lastNumber] = color;
      }
    }
    counts[lastNumber]++;
    numbers[i] = lastNumber;
  }
  return {
    numbers,
    colors: colors.subarray(0, size),
    counts: counts.subarray(0, size),
  };
}

/** Open addressing, number + 1 of each color, at most a quarter full. */
function hashTable(colors: Uint32Array, size: number): Int32Array {
  const slots = new Int32Array(colors.length * 4);
  for (let number = 0; number < size; number++) {
    slots[findSlot(slots, colors, colors[number])] = number + 1;
  }
  return slots;
}

/** The color's slot, or the free one where it belongs. */
function findSlot(
  slots: Int32Array,
  colors: Uint32Array,
  color: number,
): number {
  const mask = slots.length - 1;
  // The high bits of the product depend on all bits of the color.
  let slot = Math.imul(color, GOLDEN_RATIO) >>> Math.clz32(mask);
  for (;;) {
    const number = slots[slot] - 1;
    if (number < 0 || colors[number] === color) return slot;
    slot = slot + 1 & mask;
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
