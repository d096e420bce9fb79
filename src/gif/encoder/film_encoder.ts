import { MIN_DELAY_CENTISECONDS } from "../spec.ts";
import type { Part } from "../write/frame_part.ts";
import { Denoiser } from "./denoiser.ts";
import { GifEncoder } from "./gif_encoder.ts";
import type { GifEncoderOptions } from "./gif_encoder_options.ts";
import { LookAhead } from "./look_ahead.ts";

/** Options of {@linkcode FilmEncoder}. */
export interface FilmEncoderOptions extends GifEncoderOptions {
  /**
   * Pictures that are held back, 0 to 100, so that each is encoded with the
   * next ones in mind: a tenth fewer bytes on films at equal quality, and more
   * where much fades. It takes 3 bytes of memory for each pixel of each.
   *
   * @default {8} in mode `best`, or else 0.
   */
  lookAheadFrames?: number;
}

/** A picture as it is to be written. */
export interface FilmPart {
  /** Undefined if viewers see the picture already. */
  part: Part | undefined;
  /** Time that players show it for. */
  delayCentiseconds: number;
}

/** Pictures that `best` looks ahead. */
const BEST_LOOK_AHEAD = 8;
const MAX_LOOK_AHEAD = 100;

/** A `GifEncoder` for what is not live: it may hold pictures back. */
export class FilmEncoder {
  readonly #encoder: GifEncoder;
  readonly #lookAhead?: LookAhead;
  readonly #denoiser?: Denoiser;
  /** Times of the pictures that are held back. */
  readonly #times: (number | undefined)[] = [];
  #lastSeconds: number | undefined;

  /** @throws {RangeError} If an option is out of range. */
  constructor(options: FilmEncoderOptions) {
    const { width, height, mode, denoise = true } = options;
    const { lookAheadFrames = mode === "best" ? BEST_LOOK_AHEAD : 0 } = options;
    if (
      !Number.isInteger(lookAheadFrames) || lookAheadFrames < 0 ||
      lookAheadFrames > MAX_LOOK_AHEAD
    ) {
      throw new RangeError(
        `Cannot encode GIF: lookAheadFrames must be 0 to ${MAX_LOOK_AHEAD}: ` +
          lookAheadFrames,
      );
    }
    const isAhead = lookAheadFrames > 0;
    // What is held back has no noise any more that could be measured.
    this.#encoder = new GifEncoder({
      ...options,
      globalTable: true,
      denoise: denoise && !isAhead,
    });
    if (!isAhead) return;
    this.#lookAhead = new LookAhead(width * height, lookAheadFrames);
    if (denoise) this.#denoiser = new Denoiser(width, height);
  }

  /** Pixels of a row. */
  get width(): number {
    return this.#encoder.width;
  }

  /** The colors of the header's table: after the first part. */
  get globalColors(): Uint8Array | undefined {
    return this.#encoder.globalColors;
  }

  /** Rows. */
  get height(): number {
    return this.#encoder.height;
  }

  /**
   * Takes the next picture.
   *
   * @param pixels As for `GifEncoder.encode()`.
   * @param delayCentiseconds The same; where it is not given, a `bitrate` is
   * held by `framesPerSecond`.
   * @returns The pictures that are ready, in order.
   * @throws {RangeError} As `GifEncoder.encode()`.
   */
  push(
    pixels: Uint8Array | Uint8ClampedArray,
    delayCentiseconds?: number,
  ): FilmPart[] {
    const lookAhead = this.#lookAhead, encoder = this.#encoder;
    if (lookAhead === undefined) {
      return [this.#encode(pixels, delayCentiseconds)];
    }
    const rgb = encoder.rgbOf(pixels);
    const isRaw = encoder.isExact;
    lookAhead.push(isRaw ? rgb : this.#denoiser?.filter(rgb) ?? rgb);
    this.#times.push(delayCentiseconds);
    return lookAhead.full ? [this.#encodeHeld(lookAhead)] : [];
  }

  /** Ends the film; returns the pictures that were held back. */
  finish(): FilmPart[] {
    const parts: FilmPart[] = [];
    const lookAhead = this.#lookAhead;
    while (lookAhead !== undefined && lookAhead.size > 0) {
      parts.push(this.#encodeHeld(lookAhead));
    }
    return parts;
  }

  #encodeHeld(lookAhead: LookAhead): FilmPart {
    const { rgb, weights } = lookAhead.take(this.#encoder.lambda);
    return this.#encode(rgb, this.#times.shift(), weights);
  }

  #encode(
    pixels: Uint8Array | Uint8ClampedArray,
    given: number | undefined,
    weights?: Uint8Array,
  ): FilmPart {
    const delayCentiseconds = given ?? MIN_DELAY_CENTISECONDS;
    const part = this.#encoder.encode(pixels, delayCentiseconds, {
      intervalSeconds: this.#lastSeconds,
      weights,
    });
    this.#lastSeconds = given === undefined ? undefined : given / 100;
    return { part, delayCentiseconds };
  }
}
