import { concat } from "@std/bytes/concat";
import { LOOP_FOR_EVER } from "../markers.ts";
import { delayPositions, lastDelay, withDelay } from "../read/part_delay.ts";
import {
  MAX_DELAY_CENTISECONDS,
  MIN_DELAY_CENTISECONDS,
  TRAILER,
} from "../spec.ts";
import { streamHeader } from "../write/stream_header.ts";
import {
  FilmEncoder,
  type FilmEncoderOptions,
  type FilmPart,
} from "./film_encoder.ts";
import { type RawFrame, waitingPart } from "./gif_encoder_stream.ts";

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
  const encoder = new FilmEncoder(options);
  const parts: Uint8Array[] = [];
  for (const { pixels, delayCentiseconds } of frames) {
    append(parts, encoder.push(pixels, delayCentiseconds));
  }
  append(parts, encoder.finish());
  if (parts.length === 0) {
    throw new RangeError(
      "Cannot encode GIF: expected at least one picture, found none",
    );
  }
  const header = streamHeader(encoder, encoder.globalColors);
  return concat([
    header,
    ...(loop ? [LOOP_FOR_EVER] : []),
    ...parts,
    Uint8Array.of(TRAILER),
  ]);
}

function append(parts: Uint8Array[], pictures: FilmPart[]): void {
  for (const { part, delayCentiseconds } of pictures) {
    if (part !== undefined) parts.push(part.bytes);
    else lengthen(parts, delayCentiseconds);
  }
}

/** Shows the last picture for longer. */
function lengthen(parts: Uint8Array[], centiseconds: number): void {
  const last = parts.pop()!;
  const positions = delayPositions(last);
  const leadUp = (positions.length - 1) * MIN_DELAY_CENTISECONDS;
  const shown = lastDelay(last, positions) + centiseconds;
  if (shown <= MAX_DELAY_CENTISECONDS) {
    parts.push(withDelay(last, positions, leadUp + shown));
  } else parts.push(last, waitingPart(centiseconds));
}
