import { concat } from "@std/bytes/concat";
import { blocksOf } from "./blocks.ts";
import type { Random } from "./random.ts";

/** Values that length, size and flag fields are sensitive to. */
const INTERESTING = [0, 1, 2, 7, 8, 9, 12, 0x21, 0x2c, 0x3b, 0x7f, 0x80, 0xff];
const MAX_CHANGES = 4;

/**
 * A GIF with some changes.
 *
 * @param gif Stays as it is.
 * @param other Another one, of which pieces are taken.
 */
export function mutantOf(
  gif: Uint8Array,
  other: Uint8Array,
  random: Random,
): Uint8Array {
  let mutant: Uint8Array = gif.slice();
  const changes = 1 + random.below(random.pick([1, MAX_CHANGES]));
  for (let i = 0; i < changes; i++) {
    mutant = random.once(3)
      ? withOtherBlocks(mutant, other, random)
      : withOtherBytes(mutant, other, random);
  }
  return mutant;
}

/** Some blocks twice, left out, exchanged, or from another GIF. */
function withOtherBlocks(
  gif: Uint8Array,
  other: Uint8Array,
  random: Random,
): Uint8Array {
  const blocks = blocksOf(gif);
  const one = random.below(blocks.length), two = random.below(blocks.length);
  switch (random.below(5)) {
    case 0:
      blocks.splice(two, 0, blocks[one]);
      break;
    case 1:
      blocks.splice(one, 1);
      break;
    case 2:
      [blocks[one], blocks[two]] = [blocks[two], blocks[one]];
      break;
    case 3:
      blocks.splice(one, 0, random.pick(blocksOf(other)));
      break;
    default: {
      // Pieces of a cut transfer, in the wrong order.
      const at = random.below(gif.length + 1),
        to = random.below(gif.length + 1);
      const [from, end] = [Math.min(at, to), Math.max(at, to)];
      return concat([
        gif.subarray(from, end),
        gif.subarray(0, from),
        gif.subarray(end),
      ]);
    }
  }
  return concat(blocks);
}

function withOtherBytes(
  gif: Uint8Array,
  other: Uint8Array,
  random: Random,
): Uint8Array {
  // Headers and heads of images are where the fields are.
  const at = random.once(3)
    ? random.below(Math.min(gif.length, 40) + 1)
    : random.below(gif.length + 1);
  const end = Math.min(gif.length, at + 1 + random.below(32));
  switch (random.below(9)) {
    case 0:
    case 1:
      gif[at] ^= 1 << random.below(8);
      return gif;
    case 2:
      gif[at] = random.pick(INTERESTING);
      return gif;
    case 3:
      gif[at] += random.below(9) - 4;
      return gif;
    case 4:
      gif[at] = random.below(256);
      return gif;
    case 5: // cut off
      return gif.slice(0, at);
    case 6: // leave out
      return concat([gif.subarray(0, at), gif.subarray(end)]);
    case 7: // repeat
      return concat([gif.subarray(0, end), gif.subarray(at)]);
    default: { // go on with another
      const from = random.below(other.length + 1);
      return concat([gif.subarray(0, at), other.subarray(from)]);
    }
  }
}
