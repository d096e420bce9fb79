import { CodeWriter } from "./code_writer.ts";
import type { LossyImage, PhraseFinder } from "./lossy_image.ts";

/** Pixels over which the running cost of a pixel is averaged. */
const COST_WINDOW = 1024;

/**
 * Compresses images by LZW, and chooses the colors of pixels while it does:
 * at each phrase the string of the dictionary whose loss is worth its length
 * (see {@linkcode PhraseFinder}).
 */
export class LossyLzw {
  readonly #finder: PhraseFinder;
  readonly #writer = new CodeWriter();

  /** Makes one that takes its phrases from a finder. */
  constructor(finder: PhraseFinder) {
    this.#finder = finder;
  }

  /**
   * Compresses an image.
   *
   * @param image Its indices are replaced by those that are written.
   * @param minimumCodeSize Bits of an index, 2 to 8.
   * @param lambda The loss that a bit is worth, above 0.
   * @returns The image data: minimum code size, sub-blocks, block terminator.
   */
  encode(
    image: LossyImage,
    minimumCodeSize: number,
    lambda: number,
  ): Uint8Array {
    const finder = this.#finder, writer = this.#writer;
    const { dictionary } = finder;
    const { indices } = image;
    dictionary.clear(minimumCodeSize);
    finder.start(image, lambda);
    writer.start();
    writer.write(dictionary.clearCode, dictionary.bits);
    let cost = 3 * lambda;
    let last = -1, lastBegin = 0;
    for (let begin = 0; begin < indices.length;) {
      finder.find(begin, cost);
      const { code, end } = finder;
      dictionary.paint(code, begin, end, indices);
      if (last >= 0) dictionary.add(last, indices[begin], lastBegin);
      const { bits } = dictionary;
      writer.write(code, bits);
      const pixels = end - begin;
      const spent = lambda * bits + cost * pixels - finder.gain;
      cost += (spent / pixels - cost) * Math.min(1, pixels / COST_WINDOW);
      last = code;
      lastBegin = begin;
      begin = end;
      if (!dictionary.full || begin === indices.length) continue;
      writer.write(dictionary.clearCode, bits);
      dictionary.clear(minimumCodeSize);
      last = -1;
    }
    writer.write(dictionary.clearCode + 1, endCodeBits(dictionary));
    return writer.finish(minimumCodeSize);
  }
}

/** Decoders enter a string for the last code too, and may widen by it. */
function endCodeBits(
  { nextCode, bits, full }: { nextCode: number; bits: number; full: boolean },
): number {
  return !full && nextCode === 1 << bits && bits < 12 ? bits + 1 : bits;
}
