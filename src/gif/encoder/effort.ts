import type { Effort } from "./image_encoder.ts";

/** How much time an encoder takes for how few bytes. */
export type EncoderMode = "fast" | "balanced" | "best";

/** What each mode does. */
export const EFFORTS: Record<EncoderMode, Effort> = {
  fast: { palette: { step: 4, refine: false, keep: true }, refitStep: 3 },
  balanced: {
    palette: { step: 3, refine: false, keep: false },
    refitStep: 1,
    search: { beam: 2, slackBits: 4, colors: 6, leaveBits: 0.5 },
  },
  best: {
    palette: { step: 1, refine: true, keep: false },
    draft: { beam: 2, slackBits: 3, colors: 4, leaveBits: 0.5 },
    refitStep: 1,
    search: { beam: 8, slackBits: 4, colors: 16, leaveBits: -0.5 },
  },
};
