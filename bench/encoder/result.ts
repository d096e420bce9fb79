import type { Point } from "./ours.ts";
import type { Quality } from "./quality.ts";

/**
 * What our encoder is measured in: its modes as streams have them, a file in
 * mode best, which may look ahead, and the same with dither.
 */
export const VARIANTS = [
  "fast",
  "balanced",
  "best",
  "file",
  "dithered",
] as const;
/** A name of one of them. */
export type Variant = typeof VARIANTS[number];

/** What another encoder made of a film, measured. */
export interface PeerPoint extends Quality {
  /** The encoder, with its main option. */
  name: string;
  millisecondsPerFrame: number;
}

/** Everything measured of a clip. */
export interface Result {
  clip: string;
  /** Most colors that one of its pictures has. */
  colors: number;
  peers: PeerPoint[];
  /** By rising quality; empty if not measured. */
  ours: Record<Variant, Point[]>;
}
