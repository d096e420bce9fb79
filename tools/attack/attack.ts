import type { Target } from "./target.ts";

/** Something that strangers try. */
export interface Attack {
  /** What is tried. */
  tried: string;
  /** What should come of it, besides a viewer who sees no gap. */
  expected: string;
  /**
   * The longest gap of the viewer that is all right, in seconds.
   *
   * @default {2}
   */
  mostGap?: number;
  /** Tries it. */
  act(target: Target): Promise<Outcome>;
}

/** What came of it. */
export interface Outcome {
  came: string;
  holds: boolean;
}
