import type { NearestColor } from "../palette/nearest_color.ts";
import type { NeighborColors } from "../palette/neighbor_colors.ts";
import type { Palette } from "../palette/palette.ts";
import type { PhraseDictionary } from "./phrase_dictionary.ts";

/** An image whose pixels may be changed where that saves bits. */
export interface LossyImage {
  /** Three bytes a pixel: what the image should show. */
  rgb: Uint8Array;
  /** The index that suits each pixel best if bits did not count. */
  indices: Uint8Array;
  /** The loss of each pixel in it, or as it is seen where that is less. */
  losses: Int32Array;
  /** The loss of each pixel if it keeps what viewers see now. */
  seenLosses: Int32Array;
  /** The weight of the loss of each pixel. */
  weights: Uint8Array;
  /** The colors that there are. */
  palette: Palette;
  /** Finds the nearest of them. */
  nearest: NearestColor;
  /** Those around each of them. */
  neighbors: NeighborColors;
  /** The index that leaves what viewers see, or -1. */
  transparentIndex: number;
  /** True if it has few colors, and so probably much that repeats. */
  isGraphic: boolean;
  /** True if it has so few that a wrong one is far off. */
  isOfFew: boolean;
}

/**
 * Finds phrases that gain much: the sum over its pixels of what a pixel costs
 * on average, less the loss that each takes.
 */
export interface PhraseFinder {
  /** The strings that phrases are taken from. */
  readonly dictionary: PhraseDictionary;
  /** The phrase found. */
  readonly code: number;
  /** The end: the position after its last pixel. */
  readonly end: number;
  /** The gain over leaving all pixels. */
  readonly gain: number;
  /** Begins with an image; lambda is the loss that a bit is worth. */
  start(image: LossyImage, lambda: number): void;
  /** Looks for a phrase from a position on, where pixels cost so much. */
  find(begin: number, cost: number): void;
}
