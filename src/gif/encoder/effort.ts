import type { FollowEffort } from "./lossy/phrase_follower.ts";
import type { SearchEffort } from "./lossy/phrase_search.ts";
import type { PaletteEffort } from "./palette/palette_maker.ts";

/** The work that goes into an image. */
export interface Effort {
  /** Options for making palettes. */
  palette: PaletteEffort;
  /** Options of the search for phrases. */
  search?: SearchEffort;
  /**
   * Options of following phrases, where there is no search; where there is,
   * graphics are tried by both. Without either, every pixel gets its nearest
   * color or stays as it is.
   */
  follow?: FollowEffort;
  /**
   * Moves colors, before the search, to the means of the pixels that will
   * probably be painted.
   */
  preview: boolean;
  /** 1 moves colors by all pixels that were painted, 2 by every other. */
  refitStep: number;
  /** Cuts phrases of graphics short where the next ones gain by it. */
  flexible: boolean;
}

/** Trade of an encoder between time and bytes. */
export type EncoderMode = "fast" | "balanced" | "best";

/** All of them, the least effort first. */
export const ENCODER_MODES: readonly EncoderMode[] = [
  "fast",
  "balanced",
  "best",
];

/** Settings of each mode. */
export const EFFORTS: Record<EncoderMode, Effort> = {
  fast: {
    palette: { countedColors: 512, step: 4, refine: false, keep: true },
    preview: false,
    refitStep: 1,
    flexible: false,
  },
  balanced: {
    palette: { countedColors: 512, step: 4, refine: false, keep: true },
    preview: false,
    refitStep: 2,
    flexible: false,
    follow: { slackBits: 4, leaveBits: 2.5, firstColors: 2, secondColors: 4 },
  },
  best: {
    palette: { countedColors: 1024, step: 1, refine: true, keep: false },
    preview: true,
    refitStep: 1,
    flexible: true,
    search: { beam: 10, slackBits: 5, fewColorsSlackBits: 3, colors: 16 },
    follow: { slackBits: 4, leaveBits: 2.5, firstColors: 2, secondColors: 4 },
  },
};
