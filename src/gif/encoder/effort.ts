import type { Effort } from "./image_encoder.ts";

/** How much time an encoder takes for how few bytes. */
export type EncoderMode = "fast" | "balanced" | "best";

/** What each mode does. */
export const EFFORTS: Record<EncoderMode, Effort> = {
  fast: { palette: { step: 4, refine: false, keep: true } },
  balanced: {
    palette: { step: 3, refine: false, keep: false },
    search: { beam: 2, slackBits: 4, colors: 6 },
  },
  best: {
    palette: { step: 1, refine: true, keep: false },
    draft: { beam: 2, slackBits: 4, colors: 6 },
    search: { beam: 10, slackBits: 4, colors: 16 },
  },
};
