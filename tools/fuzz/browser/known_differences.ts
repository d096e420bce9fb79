import { blocksOf } from "../inputs/blocks.ts";
import type { OurPrints } from "./our_prints.ts";

const LOOPS = ["NETSCAPE2.0", "ANIMEXTS1.0"];

/**
 * The reason for which Chromium may go about a GIF as we do not, if there is
 * one that is known.
 *
 * @param at The first picture that differs.
 */
export function knownDifference(
  gif: Uint8Array,
  ours: OurPrints,
  at: number,
): string | undefined {
  const blocks = blocksOf(gif);
  if (blocks.some(isOddControl)) {
    return "a graphic control that is not of 4 bytes, which Chromium refuses";
  }
  if (blocks.some(isEmptyLoop)) {
    return "a loop extension without data, past whose end Chromium reads on";
  }
  const image = blocks.filter(([label]) => label === 0x2c)[at];
  if (image !== undefined && hasNoSize(image)) {
    return "an image of no size with broken data, which Chromium refuses";
  }
  const our = ours.prints[at];
  if (our !== undefined && our.end !== "complete") {
    return `image data, ${our.end}: refused by a channel, and by Chromium ` +
      "at the next picture at the latest";
  }
  if (our === undefined && ours.error !== undefined) {
    const { error } = ours;
    if (error.includes("found the end of the data")) {
      return "cut off after a picture: a mistake here, the end for Chromium";
    }
    if (/at most \d+ pixels/.test(error)) return "too many pixels for us";
  }
  return undefined;
}

function isOddControl(block: Uint8Array): boolean {
  if (block[0] !== 0x21 || block[1] !== 0xf9) return false;
  return block[2] !== 4 || block[7] !== 0;
}

function isEmptyLoop(block: Uint8Array): boolean {
  if (block[0] !== 0x21 || block[1] !== 0xff || block[2] !== 11) return false;
  const name = String.fromCharCode(...block.subarray(3, 14));
  return LOOPS.includes(name) && block[14] === 0;
}

function hasNoSize(image: Uint8Array): boolean {
  const [width, height] = [5, 7].map((at) => image[at] | image[at + 1] << 8);
  return width * height === 0;
}
