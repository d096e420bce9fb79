import type { Effort } from "./image_encoder.ts";

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
  },
  balanced: {
    palette: { countedColors: 512, step: 4, refine: false, keep: true },
    preview: false,
    refitStep: 2,
    follow: { slackBits: 4, leaveBits: 2.5, firstColors: 2, secondColors: 4 },
  },
  best: {
    palette: { countedColors: 1024, step: 1, refine: true, keep: false },
    preview: true,
    refitStep: 1,
    search: { beam: 10, slackBits: 5, fewColorsSlackBits: 3, colors: 16 },
    follow: { slackBits: 4, leaveBits: 2.5, firstColors: 2, secondColors: 4 },
  },
};
