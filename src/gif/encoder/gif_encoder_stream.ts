import { MIN_DELAY_CENTISECONDS } from "../spec.ts";
import { streamHeader } from "../write/stream_header.ts";
import { imagePart } from "../write/image_part.ts";
import { GifEncoder } from "./gif_encoder.ts";
import type { GifEncoderOptions } from "./gif_encoder_options.ts";

/** A raw picture. */
export interface RawFrame {
  /** Red, green and blue of every pixel, or these and alpha. */
  pixels: Uint8Array | Uint8ClampedArray;
  /**
   * Time that it is shown for, in hundredths of a second, 0 to 65535. A
   * `bitrate` is held by it; where it is not given, by `framesPerSecond`.
   *
   * @default {2}
   */
  delayCentiseconds?: number;
}

/**
 * Turns a stream of raw pictures into the bytes of a GIF: header, parts,
 * trailer. A picture in which nothing changes takes about 30 bytes, for the
 * time that it is shown.
 *
 * @example
 * ```ts
 * import { decodeGif, GifEncoderStream } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const red = Uint8Array.of(255, 0, 0);
 * const chunks = await Array.fromAsync(
 *   ReadableStream.from([{ pixels: red, delayCentiseconds: 50 }])
 *     .pipeThrough(new GifEncoderStream({ width: 1, height: 1 })),
 * );
 * const gif = new Uint8Array(await new Blob(chunks).arrayBuffer());
 * const [frame] = decodeGif(gif);
 * assertEquals([...frame.pixels], [255, 0, 0, 255]);
 * assertEquals(frame.delayCentiseconds, 50);
 * ```
 */
export class GifEncoderStream
  extends TransformStream<RawFrame, Uint8Array<ArrayBuffer>> {
  /**
   * Makes a stream for pictures of one size.
   *
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: GifEncoderOptions) {
    const encoder = new GifEncoder(options);
    let intervalSeconds: number | undefined;
    super({
      start(controller) {
        controller.enqueue(new Uint8Array(streamHeader(encoder)));
      },
      transform({ pixels, delayCentiseconds: given }, controller) {
        const delayCentiseconds = given ?? MIN_DELAY_CENTISECONDS;
        const part = encoder.encode(pixels, given, { intervalSeconds });
        intervalSeconds = given === undefined ? undefined : given / 100;
        controller.enqueue(
          part === undefined
            ? waitingPart(delayCentiseconds)
            : new Uint8Array(part.bytes),
        );
      },
      flush(controller) {
        controller.enqueue(encoder.finish());
      },
    });
  }
}

/** An image that shows nothing, for a time. */
export function waitingPart(
  delayCentiseconds: number,
): Uint8Array<ArrayBuffer> {
  return imagePart({
    left: 0,
    top: 0,
    width: 1,
    height: 1,
    indices: Uint8Array.of(0),
    colors: new Uint8Array(6),
    transparentIndex: 0,
    disposal: 1,
    delayCentiseconds,
  });
}
