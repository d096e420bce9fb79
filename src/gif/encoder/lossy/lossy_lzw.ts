import { encodeLzw } from "../../lzw_encode.ts";
import { CodeWriter } from "./code_writer.ts";
import type { ErrorDiffusion } from "./error_diffusion.ts";
import type { LossyImage, PhraseFinder } from "./lossy_image.ts";

/** Pixels over which the running cost of a pixel is averaged. */
const COST_WINDOW = 1024;
/**
 * Share of the phrases that may end although a longer one of the same indices
 * is in the dictionary. Each loses about a code to the exact coding.
 */
const MAX_CUT_SHORT = 0.002;
/** Pixels over which it is seen whether a full dictionary still serves. */
export const SERVED_PIXELS = 4096;
/** It does while pixels cost no more than so often the mean since it began. */
export const SERVED_RATIO = 1.1;

/**
 * Compresses images by LZW, and chooses the colors of pixels while it does:
 * at each phrase the string of the dictionary whose loss is worth its length
 * (see {@linkcode PhraseFinder}).
 *
 * A full dictionary is cleared at once in films, which are new everywhere; in
 * graphics, which repeat, when pixels begin to cost more than they did.
 */
export class LossyLzw {
  readonly #finder: PhraseFinder;
  readonly #writer = new CodeWriter();
  /** Phrases written, and those that might have been longer. */
  #phrases = 0;
  #cutShort = 0;

  /** Makes one that takes its phrases from a finder. */
  constructor(finder: PhraseFinder) {
    this.#finder = finder;
  }

  /**
   * Compresses an image, to no more bytes than its indices take as they are
   * chosen.
   *
   * @param image Its indices are replaced by those that are written.
   * @param minimumCodeSize Bits of an index, 2 to 8.
   * @param lambda The loss that a bit is worth, above 0.
   * @param diffusion Carries errors, if they are to be; it has the image.
   * @returns The image data: minimum code size, sub-blocks, block terminator.
   */
  encode(
    image: LossyImage,
    minimumCodeSize: number,
    lambda: number,
    diffusion?: ErrorDiffusion,
  ): Uint8Array {
    const data = this.#write(image, minimumCodeSize, lambda, diffusion);
    if (this.#cutShort <= this.#phrases * MAX_CUT_SHORT) return data;
    const exact = encodeLzw(image.indices, minimumCodeSize);
    return exact.length < data.length ? exact : data;
  }

  #write(
    image: LossyImage,
    minimumCodeSize: number,
    lambda: number,
    diffusion: ErrorDiffusion | undefined,
  ): Uint8Array {
    const finder = this.#finder, writer = this.#writer;
    const { dictionary } = finder;
    const { indices } = image;
    dictionary.clear(minimumCodeSize);
    finder.start(image, lambda);
    writer.start();
    writer.write(dictionary.clearCode, dictionary.bits);
    this.#phrases = 0;
    this.#cutShort = 0;
    let cost = 3 * lambda;
    let last = -1, lastBegin = 0;
    // What pixels have cost since the dictionary began, and lately.
    let since = 0, spentSince = 0, lately = cost;
    for (let begin = 0; begin < indices.length;) {
      // Decoders enter the last phrase with the first index of this one. That
      // of the last one is a guess, without which no run is found in it.
      const grows = last >= 0 && !dictionary.full;
      if (grows) dictionary.add(last, indices[lastBegin], lastBegin);
      diffusion?.prepare(begin);
      finder.find(begin, cost);
      const { code, end } = finder;
      dictionary.paint(code, begin, end, indices);
      diffusion?.carry(begin, end);
      if (grows) dictionary.correct(indices[begin]);
      const { bits } = dictionary;
      writer.write(code, bits);
      this.#phrases++;
      if (grows && dictionary.repeated) this.#cutShort++;
      const pixels = end - begin;
      // A pixel may turn out nearer than its nearest color, which is rough.
      const lost = Math.max(0, cost * pixels - finder.gain);
      const spent = lambda * bits + lost;
      cost += (spent / pixels - cost) * Math.min(1, pixels / COST_WINDOW);
      lately += (spent / pixels - lately) * Math.min(1, pixels / SERVED_PIXELS);
      spentSince += spent;
      last = code;
      lastBegin = begin;
      begin = end;
      if (!dictionary.full || begin === indices.length) continue;
      const mean = spentSince / (begin - since);
      if (image.isGraphic && lately < SERVED_RATIO * mean) continue;
      writer.write(dictionary.clearCode, bits);
      dictionary.clear(minimumCodeSize);
      last = -1;
      since = begin;
      spentSince = 0;
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
