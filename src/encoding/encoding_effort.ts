import { ENCODER_MODES, type EncoderMode } from "../gif/encoder/effort.ts";

/** Frames that are measured together. */
const WINDOW_FRAMES = 10;
/** The first frames of a mode: code that is not yet compiled, new palettes. */
const WARMUP_FRAMES = 3;
/** Share of the time between frames above which less is tried ... */
const OVERLOAD = 1;
/** ... and below which there is time for the mode above. */
const SPARE = 0.25;
const FIRST_REST_MILLISECONDS = 10_000;
const MAX_REST_MILLISECONDS = 600_000;

/**
 * How much effort an encoder can take and still keep up: it goes a mode down
 * when frames take longer than there is time, and up again, ever more rarely
 * if that was too much, when there has been time to spare for long.
 */
export class EncodingEffort {
  readonly #highest: number;
  readonly #intervalMilliseconds: number;
  #current: number;
  #warmup = WARMUP_FRAMES;
  #frames = 0;
  #milliseconds = 0;
  #restMilliseconds = FIRST_REST_MILLISECONDS;
  #sinceChangeMilliseconds = 0;
  #wentUp = false;

  /**
   * @param highest The mode to begin with, and never to exceed.
   * @param intervalMilliseconds Time between two frames.
   */
  constructor(highest: EncoderMode, intervalMilliseconds: number) {
    this.#highest = ENCODER_MODES.indexOf(highest);
    this.#current = this.#highest;
    this.#intervalMilliseconds = intervalMilliseconds;
  }

  /** The mode for the next frame. */
  get mode(): EncoderMode {
    return ENCODER_MODES[this.#current];
  }

  /** Takes the time that a frame took; tells whether the mode is another. */
  count(milliseconds: number): boolean {
    this.#sinceChangeMilliseconds += this.#intervalMilliseconds;
    if (this.#warmup > 0) {
      this.#warmup--;
      return false;
    }
    this.#frames++;
    this.#milliseconds += milliseconds;
    if (this.#frames < WINDOW_FRAMES) return false;
    const load = this.#milliseconds /
      (this.#frames * this.#intervalMilliseconds);
    this.#frames = 0;
    this.#milliseconds = 0;
    if (load > OVERLOAD && this.#current > 0) return this.#goDown();
    const rested = this.#sinceChangeMilliseconds >= this.#restMilliseconds;
    if (load < SPARE && rested && this.#current < this.#highest) {
      return this.#change(1);
    }
    return false;
  }

  #goDown(): boolean {
    if (this.#wentUp) {
      this.#restMilliseconds = Math.min(
        2 * this.#restMilliseconds,
        MAX_REST_MILLISECONDS,
      );
    }
    return this.#change(-1);
  }

  #change(step: 1 | -1): boolean {
    this.#current += step;
    this.#wentUp = step > 0;
    this.#warmup = WARMUP_FRAMES;
    this.#sinceChangeMilliseconds = 0;
    return true;
  }
}
