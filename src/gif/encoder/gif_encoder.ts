import { onBlack } from "../on_black.ts";
import {
  MAX_DELAY_CENTISECONDS,
  MIN_DELAY_CENTISECONDS,
  TRAILER,
} from "../spec.ts";
import type { Part } from "../write/frame_part.ts";
import { Changes } from "./changes.ts";
import { Denoiser } from "./denoiser.ts";
import { EFFORTS, type EncoderMode } from "./effort.ts";
import {
  check,
  checkBitrate,
  checkMode,
  checkQuality,
  checkSize,
  type Dither,
  DITHERS,
  type EncodeOptions,
  type GifEncoderOptions,
} from "./gif_encoder_options.ts";
import { type EncodedImage, ImageEncoder } from "./image_encoder.ts";
import { isExact, lambdaOf } from "./quality.ts";
import { RateControl } from "./rate_control.ts";

/** Bits' worth of loss at which a pixel makes the painted area larger. */
const AREA_BITS = 12;
/** Lambda of a keyframe by that of other parts. */
const KEYFRAME_RATIO = 0.2;
/** Lambda must fall to this share for a still picture to be improved. */
const IMPROVE_RATIO = 0.7;

/**
 * Turns raw pictures into the parts of an endless GIF, each the change from
 * what viewers see already.
 *
 * A picture takes few bytes because three decisions are made as one: which
 * color each pixel gets, whether it is left as viewers see it, and how that
 * compresses. Each part has a color table of its own, so that viewers may
 * begin at any keyframe; each is shown over what was there before it, so that
 * none may be left out.
 *
 * It needs about 25 bytes of memory a pixel, and 3 MB.
 *
 * @example
 * ```ts
 * import { Canvas, GifEncoder } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const encoder = new GifEncoder({ width: 2, height: 1, quality: 100 });
 * const part = encoder.encode(Uint8Array.of(255, 0, 0, 0, 0, 255));
 * assertEquals(part?.keyframe, true);
 *
 * const viewer = new Canvas({ width: 2, height: 1 });
 * viewer.drawPart(part!.bytes);
 * assertEquals([...viewer.pixels], [255, 0, 0, 255, 0, 0, 255, 255]);
 *
 * // Nothing has changed.
 * assertEquals(encoder.encode(Uint8Array.of(255, 0, 0, 0, 0, 255)), undefined);
 * ```
 */
export class GifEncoder {
  /** Pixels of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  #mode: EncoderMode;
  #quality: number;
  readonly #globalTable: boolean;
  #lambda = 1;
  readonly #rate?: RateControl;
  readonly #usualIntervalSeconds: number;
  readonly #denoiser?: Denoiser;
  readonly #dither: Dither;
  readonly #changes: Changes;
  #images: ImageEncoder;
  /** The last picture given, as it was encoded. */
  readonly #source: Uint8Array<ArrayBuffer>;
  /** The least lambda that this picture was encoded with. */
  #sourceLambda = Infinity;
  #weights: Uint8Array | undefined;
  #started = false;
  #finished = false;
  #dropped = 0;

  /**
   * Makes an encoder whose viewers see nothing yet.
   *
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: GifEncoderOptions) {
    const { width, height, bitrate, framesPerSecond = 10 } = options;
    const { mode = "balanced", denoise = true, maxPixels = 2 ** 26 } = options;
    const { dither = "none", globalTable = false } = options;
    const { quality = bitrate === undefined ? 60 : 90 } = options;
    checkSize(width, height, maxPixels);
    checkQuality(quality);
    checkMode(mode);
    check(
      DITHERS.includes(dither),
      `dither must be ${DITHERS.join(", ")}`,
      dither,
    );
    check(
      framesPerSecond > 0 && framesPerSecond < Infinity,
      "framesPerSecond must be above 0",
      framesPerSecond,
    );
    this.width = width;
    this.height = height;
    this.#usualIntervalSeconds = 1 / framesPerSecond;
    this.#mode = mode;
    this.#quality = quality;
    this.#globalTable = globalTable;
    this.#lambda = lambdaOf(quality);
    if (bitrate !== undefined) {
      checkBitrate(bitrate);
      this.#rate = new RateControl(bitrate, framesPerSecond, this.#lambda);
    }
    if (denoise) this.#denoiser = new Denoiser(width, height);
    this.#dither = dither;
    this.#changes = new Changes(width, height);
    this.#images = this.#makeImages();
    this.#source = new Uint8Array(width * height * 3);
  }

  /**
   * Trade between time and bytes. It may be set between pictures:
   * the next part goes on from what viewers see, and is no keyframe for it.
   *
   * @throws {RangeError} When set to a mode that is not known.
   */
  get mode(): EncoderMode {
    return this.#mode;
  }

  set mode(mode: EncoderMode) {
    checkMode(mode);
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#images = this.#makeImages();
  }

  /**
   * From 1, fewest bytes, to 100. It may be set between pictures; higher, it
   * improves even a still picture.
   *
   * @throws {RangeError} When set out of range.
   */
  get quality(): number {
    return this.#quality;
  }

  set quality(quality: number) {
    checkQuality(quality);
    this.#quality = quality;
    this.#lambda = lambdaOf(quality);
    if (this.#rate !== undefined) this.#rate.leastLambda = this.#lambda;
  }

  /**
   * Bytes a second to stay within, or undefined if there is no limit. It may
   * be set between pictures, where the encoder was made with one.
   *
   * @throws {RangeError} When set to 0 or less.
   * @throws {TypeError} When set though the encoder was made without one, or
   * to undefined.
   */
  get bitrate(): number | undefined {
    return this.#rate?.bytesPerSecond;
  }

  set bitrate(bitrate: number | undefined) {
    if (this.#rate === undefined || bitrate === undefined) {
      throw new TypeError(
        "Cannot set bitrate: an encoder has one from the beginning or never",
      );
    }
    checkBitrate(bitrate);
    this.#rate.bytesPerSecond = bitrate;
  }

  /** Squared error that a bit is worth in the next picture. */
  get lambda(): number {
    return this.#rate?.lambda ?? this.#lambda;
  }

  /**
   * Red, green and blue of the colors that the header must have: after the
   * first picture, with the option `globalTable`.
   */
  get globalColors(): Uint8Array | undefined {
    return this.#images.globalColors;
  }

  /** True if nothing may be lost that 256 colors can show. */
  get isExact(): boolean {
    return this.#rate === undefined && isExact(this.#lambda);
  }

  /** Pictures dropped so far to stay within `bitrate`. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * The pixels that viewers see: red, green and blue, row by row. Every part
   * changes them; they are black before the first.
   */
  get pixels(): Uint8Array<ArrayBuffer> {
    return this.#changes.seen;
  }

  /**
   * Encodes the next picture.
   *
   * @param pixels Red, green and blue of every pixel, row by row, or these
   * and alpha, which counts as if all lay on black. They are not kept.
   * @param delayCentiseconds Time that players show the picture for, in
   * hundredths of a second, 0 to 65535; the default is the shortest that
   * browsers honor.
   * @param options Whether it must be a keyframe, as the first one always is,
   * and the time since the one before.
   * @returns Undefined if there is nothing to send: viewers see the picture
   * already, as far as the quality asks, or the budget of bytes is spent.
   * @throws {RangeError} If there are more or fewer pixels than those of a
   * picture, or the delay or the interval is out of range.
   * @throws {TypeError} After `finish()`.
   */
  encode(
    pixels: Uint8Array | Uint8ClampedArray,
    delayCentiseconds: number = MIN_DELAY_CENTISECONDS,
    options: EncodeOptions = {},
  ): Part | undefined {
    if (this.#finished) {
      throw new TypeError("Cannot encode picture: the encoder is finished");
    }
    check(
      Number.isInteger(delayCentiseconds) && delayCentiseconds >= 0 &&
        delayCentiseconds <= MAX_DELAY_CENTISECONDS,
      "delayCentiseconds must be 0 to 65535",
      delayCentiseconds,
    );
    const { keyframe = false, intervalSeconds = this.#usualIntervalSeconds } =
      options;
    check(
      intervalSeconds >= 0 && intervalSeconds < Infinity,
      "intervalSeconds must be 0 or more",
      intervalSeconds,
    );
    this.#weights = options.weights;
    const rgb = this.#filtered(this.rgbOf(pixels));
    const paintAll = keyframe || !this.#started;
    if (this.#started) this.#rate?.advance(intervalSeconds);
    if (this.#rate?.mustLeaveOut && !paintAll) return this.#leaveOut();
    const image = this.#encodeWithin(rgb, paintAll, delayCentiseconds);
    if (image === undefined) return undefined;
    const { area, indices, colors, transparentIndex } = image;
    this.#changes.paint(area, indices, colors, transparentIndex);
    this.#started = true;
    return { bytes: image.bytes, keyframe: paintAll };
  }

  /**
   * Ends the stream.
   *
   * @returns The trailer, the last byte of a GIF (GIF89a section 27).
   */
  finish(): Uint8Array<ArrayBuffer> {
    this.#finished = true;
    return Uint8Array.of(TRAILER);
  }

  /**
   * Encodes until the budget of bytes allows it; undefined: there is nothing
   * to send, or it does not fit.
   */
  #encodeWithin(
    rgb: Uint8Array,
    paintAll: boolean,
    delayCentiseconds: number,
  ): EncodedImage | undefined {
    for (;;) {
      const { lambda } = this;
      const isSettled = this.#isSettled(lambda, rgb, paintAll);
      const image = isSettled
        ? undefined
        : this.#encodeWith(lambda, rgb, paintAll, delayCentiseconds);
      const verdict = this.#rate?.judge(image?.bytes.length ?? 0, paintAll);
      if (verdict === "retry") continue;
      if (verdict === "leave out") return this.#leaveOut();
      if (!isSettled) {
        this.#sourceLambda = Math.min(this.#sourceLambda, lambda);
        this.#source.set(rgb);
      }
      return image;
    }
  }

  #makeImages(): ImageEncoder {
    const pixels = this.width * this.height;
    return new ImageEncoder(pixels, EFFORTS[this.#mode], {
      keepsGlobal: this.#globalTable,
      dithersGraphics: this.#dither === "always",
    });
  }

  #leaveOut(): undefined {
    this.#dropped++;
  }

  /** Undefined: viewers see the picture already. */
  #encodeWith(
    lambda: number,
    rgb: Uint8Array,
    paintAll: boolean,
    delayCentiseconds: number,
  ): EncodedImage | undefined {
    const pixels = paintAll
      ? this.#changes.everything(rgb, this.#weights)
      : this.#changes.find(rgb, {
        before: this.#source,
        isNoisy: this.#denoiser?.foundNoise === true && !isExact(lambda),
        lambda,
        threshold: AREA_BITS * lambda,
        weights: this.#weights,
      });
    if (pixels === undefined) return undefined;
    if (this.#dither !== "none") {
      pixels.dither = this.#changes.forDither(pixels.area, rgb);
    }
    // What a keyframe shows will stay for some pictures, in part.
    const worth = paintAll ? lambda * KEYFRAME_RATIO : lambda;
    return this.#images.encode(pixels, paintAll, worth, delayCentiseconds);
  }

  /**
   * True if this is the previous picture and viewers see it as well as they
   * can. Each part has its own colors, so it could be improved for ever.
   */
  #isSettled(lambda: number, rgb: Uint8Array, paintAll: boolean): boolean {
    const source = this.#source;
    let i = 0;
    while (i < rgb.length && rgb[i] === source[i]) i++;
    if (i < rgb.length) this.#sourceLambda = Infinity;
    return !paintAll && lambda > this.#sourceLambda * IMPROVE_RATIO;
  }

  #filtered(rgb: Uint8Array): Uint8Array {
    return this.isExact ? rgb : this.#denoiser?.filter(rgb) ?? rgb;
  }

  /**
   * The red, green and blue of pixels that are given with alpha or without.
   *
   * @throws {RangeError} If there are more or fewer pixels than those of a
   * picture.
   */
  rgbOf(pixels: Uint8Array | Uint8ClampedArray): Uint8Array {
    const count = this.width * this.height;
    const { buffer, byteOffset, length } = pixels;
    if (length === count * 3) return new Uint8Array(buffer, byteOffset, length);
    check(
      length === count * 4,
      `pixels must be ${count * 3} or ${count * 4} bytes`,
      length,
    );
    return onBlack(pixels, count);
  }
}
