import { concat } from "@std/bytes/concat";
import { loopBlock, TRAILER_BYTES } from "../markers.ts";
import { delayPositions, lastDelay, withDelay } from "../read/part_delay.ts";
import { MAX_DELAY_CENTISECONDS, MIN_DELAY_CENTISECONDS } from "../spec.ts";
import { streamHeader } from "../write/stream_header.ts";
import {
  FilmEncoder,
  type FilmEncoderOptions,
  type FilmPart,
} from "./film_encoder.ts";
import { waitingPart } from "./gif_encoder_stream.ts";

/** Options of {@linkcode FilmWriter}. */
export interface FilmWriterOptions extends FilmEncoderOptions {
  /**
   * Times that players show the GIF, 1 to 65536, before they rest on its last
   * picture; 0: again and again.
   *
   * @default {0}
   */
  plays?: number;
}

const MAX_PLAYS = 65536;

/**
 * Makes the bytes of a GIF file of pictures, piece by piece: as `encodeGif()`,
 * for films that do not fit into memory.
 *
 * @example
 * ```ts
 * import { decodeGif, FilmWriter } from "@x/gifstream/gif";
 * import { concat } from "@std/bytes/concat";
 * import { assertEquals } from "@std/assert";
 *
 * const writer = new FilmWriter({ width: 1, height: 1, plays: 2 });
 * const gif = concat([
 *   writer.push(Uint8Array.of(255, 0, 0), 50),
 *   writer.push(Uint8Array.of(0, 0, 255), 50),
 *   writer.finish(),
 * ]);
 * assertEquals([...decodeGif(gif)].length, 2);
 * ```
 */
export class FilmWriter {
  /** Pictures whose bytes there are, or that are shown by a longer delay. */
  pictures = 0;
  readonly #encoder: FilmEncoder;
  readonly #plays: number;
  /** The last part, which may have to be shown for longer. */
  #last: Uint8Array | undefined;

  /**
   * Makes a writer that has no picture yet.
   *
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: FilmWriterOptions) {
    const { plays = 0 } = options;
    if (!Number.isInteger(plays) || plays < 0 || plays > MAX_PLAYS) {
      throw new RangeError(
        `Cannot encode GIF: plays must be 0 to ${MAX_PLAYS}: ${plays}`,
      );
    }
    this.#plays = plays;
    this.#encoder = new FilmEncoder(options);
  }

  /**
   * Takes the next picture.
   *
   * @returns Bytes that follow those before.
   * @throws {RangeError} As `GifEncoder.encode()`.
   */
  push(
    pixels: Uint8Array | Uint8ClampedArray,
    delayCentiseconds?: number,
  ): Uint8Array<ArrayBuffer> {
    return this.#write(this.#encoder.push(pixels, delayCentiseconds));
  }

  /** Ends the film; returns the last bytes, none if there was no picture. */
  finish(): Uint8Array<ArrayBuffer> {
    const bytes = this.#write(this.#encoder.finish());
    if (this.#last === undefined) return bytes;
    return concat([bytes, this.#last, TRAILER_BYTES]);
  }

  #write(pictures: FilmPart[]): Uint8Array<ArrayBuffer> {
    const pieces: Uint8Array[] = [];
    for (const { part, delayCentiseconds } of pictures) {
      this.pictures++;
      if (this.#last === undefined) pieces.push(...this.#beginning());
      if (part === undefined) this.#lengthen(pieces, delayCentiseconds);
      else this.#append(pieces, part.bytes);
    }
    return concat(pieces);
  }

  #beginning(): Uint8Array[] {
    const encoder = this.#encoder, plays = this.#plays;
    const header = streamHeader(encoder, encoder.globalColors);
    return plays === 1
      ? [header]
      : [header, loopBlock(plays === 0 ? 0 : plays - 1)];
  }

  #append(pieces: Uint8Array[], bytes: Uint8Array): void {
    if (this.#last !== undefined) pieces.push(this.#last);
    this.#last = bytes;
  }

  /** Shows the last picture for longer. */
  #lengthen(pieces: Uint8Array[], centiseconds: number): void {
    const last = this.#last!;
    const positions = delayPositions(last);
    const leadUp = (positions.length - 1) * MIN_DELAY_CENTISECONDS;
    const shown = lastDelay(last, positions) + centiseconds;
    if (shown > MAX_DELAY_CENTISECONDS) {
      this.#append(pieces, waitingPart(centiseconds));
    } else this.#last = withDelay(last, positions, leadUp + shown);
  }
}
