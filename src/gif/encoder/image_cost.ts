import type { AreaPixels } from "./changes.ts";
import { colorLoss } from "./palette/color_loss.ts";

/** An image, as far as its cost goes. */
interface PricedImage {
  bytes: Uint8Array;
  indices: Uint8Array;
  /** Red, green and blue of each color. */
  colors: Uint8Array;
  transparentIndex: number;
}

/** The cost of an image: its bits by what they are worth, and its losses. */
export function costOf(
  { bytes, indices, colors, transparentIndex }: PricedImage,
  { rgb, seenLosses, weights }: AreaPixels,
  lambda: number,
): number {
  let cost = 8 * bytes.length * lambda;
  for (let i = 0, at = 0; i < indices.length; i++, at += 3) {
    const from = indices[i] * 3;
    cost += indices[i] === transparentIndex ? seenLosses[i] : weights[i] *
      colorLoss(
        rgb[at] - colors[from],
        rgb[at + 1] - colors[from + 1],
        rgb[at + 2] - colors[from + 2],
      );
  }
  return cost;
}
