import type { Effort } from "./image_encoder.ts";

/** How much time an encoder takes for how few bytes. */
export type EncoderMode = "fast" | "balanced" | "best";

/** What each mode does. */
export const EFFORTS: Record<EncoderMode, Effort> = {
  fast: {
    palette: { step: 4, refine: false, keep: true },
    nearestBits: 5,
    preview: false,
    refitStep: 3,
  },
  balanced: {
    palette: { step: 4, refine: false, keep: true },
    nearestBits: 5,
    preview: false,
    refitStep: 3,
    follow: { slackBits: 3, leaveBits: 2, firstColors: 2, secondColors: 4 },
  },
  best: {
    palette: { step: 1, refine: true, keep: false },
    nearestBits: 6,
    preview: true,
    refitStep: 1,
    search: { beam: 10, slackBits: 5, colors: 16, leaveBits: -2 },
  },
};
