import { ENCODER_MODES, type EncoderMode } from "../gif/encoder/effort.ts";

/** Number of frames that are measured together. */
const WINDOW_FRAMES = 10;
/** The first frames of a mode: code that is not yet compiled, new palettes. */
const WARMUP_FRAMES = 3;
/** Share of the time between frames above which the mode goes down ... */
const OVERLOAD = 1;
/** ... and below which the mode may go up. */
const SPARE = 0.25;
const FIRST_REST_MILLISECONDS = 10_000;
const MAX_REST_MILLISECONDS = 600_000;

/**
 * The effort with which an encoder keeps up. It goes a mode down when frames
 * take too long. It goes up again after a long time with time to spare, and
 * ever more rarely if that was too much.
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
   * @param highest The first and highest mode.
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

  /** Counts the time of a frame; true if the mode has changed. */
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
