import { concat } from "@std/bytes/concat";
import type { FilmEncoderOptions } from "./film_encoder.ts";
import { FilmWriter } from "./film_writer.ts";
import type { RawFrame } from "./gif_encoder_stream.ts";

/** Options of {@linkcode encodeGif}. */
export interface EncodeGifOptions extends FilmEncoderOptions {
  /**
   * Players repeat the GIF for ever; otherwise it plays once and
   * rests on its last picture.
   *
   * @default {true}
   */
  loop?: boolean;
}

/**
 * Encodes pictures as a whole GIF: header, loop, pictures, trailer.
 *
 * A picture that equals the one before it takes no bytes: that one is shown
 * for longer.
 *
 * @param frames Pictures of the size that the options name, at least one.
 * Each is read before the next is asked for, so that one buffer may serve for
 * all.
 * @param options Size, quality, and whether the GIF loops.
 * @returns The bytes of a file.
 * @throws {RangeError} If an option or a delay is out of range, there is no
 * picture, or one has another size.
 *
 * @example A canvas of a page as a GIF
 * ```ts ignore
 * import { encodeGif } from "@x/gifstream/gif";
 *
 * function* frames() {
 *   for (let step = 0; step < 50; step++) {
 *     draw(context, step);
 *     const { data } = context.getImageData(0, 0, 320, 180);
 *     yield { pixels: data, delayCentiseconds: 4 };
 *   }
 * }
 * const gif = encodeGif(frames(), { width: 320, height: 180 });
 * image.src = URL.createObjectURL(new Blob([gif], { type: "image/gif" }));
 * ```
 *
 * @example
 * ```ts
 * import { decodeGif, encodeGif } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const pixels = Uint8Array.of(255, 0, 0);
 * const gif = encodeGif(
 *   [{ pixels, delayCentiseconds: 30 }, { pixels, delayCentiseconds: 20 }],
 *   { width: 1, height: 1 },
 * );
 * const [frame] = decodeGif(gif);
 * assertEquals(frame.delayCentiseconds, 50);
 * ```
 */
export function encodeGif(
  frames: Iterable<RawFrame>,
  options: EncodeGifOptions,
): Uint8Array<ArrayBuffer> {
  const { loop = true } = options;
  const writer = new FilmWriter({ ...options, plays: loop ? 0 : 1 });
  const pieces: Uint8Array[] = [];
  for (const { pixels, delayCentiseconds } of frames) {
    pieces.push(writer.push(pixels, delayCentiseconds));
  }
  pieces.push(writer.finish());
  if (writer.pictures === 0) {
    throw new RangeError(
      "Cannot encode GIF: expected at least one picture, found none",
    );
  }
  return concat(pieces);
}
