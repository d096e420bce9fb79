import type { EncoderMode } from "../../src/gif/encoder/effort.ts";
import type { Point } from "./ours.ts";
import type { Encoded } from "./peers.ts";
import type { Quality } from "./quality.ts";

/** Everything measured of a clip. */
export interface Result {
  clip: string;
  peers: (Encoded & Quality)[];
  ours: Record<EncoderMode, Point[]>;
}
