import type { Channel } from "../channel/channel.ts";
import {
  EncodedFrames,
  type EncodedFramesOptions,
} from "../encoding/encoded_frames.ts";
import { NewestQueue } from "../encoding/newest_queue.ts";
import type { PixelFrame } from "../encoding/pixel_frame.ts";

/** A picture as a canvas gives it: `ImageData` is one. */
export interface PixelPicture {
  /** Red, green, blue and alpha of every pixel, row by row, or no alpha. */
  data: Uint8Array | Uint8ClampedArray;
  /** Pixels of a row, 1 to 65535. */
  width: number;
  /** Rows, 1 to 65535. */
  height: number;
}

/** Options of {@linkcode publishPixels}. */
export interface PublishPixelsOptions extends EncodedFramesOptions {
  /**
   * The time of the picture, in milliseconds since 1970.
   *
   * @default {Date.now()}
   */
  timestampMilliseconds?: number;
}

/** Pictures that may wait for the encoder: viewers see them late. */
const MAX_WAITING = 2;

/** The pictures of each channel on their way to its encoder. */
const queues = new WeakMap<Channel, NewestQueue<PixelFrame>>();

/**
 * Publishes raw pixels on a channel: those of a canvas, of a camera, or of a
 * drawing of your own.
 *
 * The picture is encoded as the change from the one before it, in a thread that
 * the first call starts and that ends with the channel. The function does not
 * wait for it: if pictures come faster than they are encoded, the oldest are
 * dropped.
 *
 * @param channel The channel.
 * @param picture The pixels, which are copied. Another size than before starts
 * a new GIF for all viewers.
 * @param options The time of the picture, and options of the encoder, which
 * count for the first picture of the channel only.
 * @throws {RangeError} If the number of bytes does not fit the size.
 *
 * @example
 * ```ts
 * import { Channel, createHandler, publishPixels } from "@x/gifstream";
 *
 * const channel = new Channel({ name: "canvas" });
 * const handler = createHandler(channel); // for Deno.serve()
 *
 * const data = new Uint8ClampedArray(4 * 64 * 64).fill(255);
 * publishPixels(channel, { data, width: 64, height: 64 });
 * channel.close();
 * ```
 */
export function publishPixels(
  channel: Channel,
  picture: PixelPicture,
  options: PublishPixelsOptions = {},
): void {
  const { timestampMilliseconds = Date.now() } = options;
  const { data, width, height } = picture;
  checkLength(picture);
  let queue = queues.get(channel);
  if (queue === undefined) {
    queue = new NewestQueue<PixelFrame>({
      maxItems: MAX_WAITING,
      onDrop: (frames) => options.onDrop?.(frames),
    });
    queues.set(channel, queue);
    encodeAll(channel, queue, options);
  }
  const pixels = new Uint8Array(data);
  queue.push({ pixels, width, height, timestampMilliseconds });
}

function checkLength({ data, width, height }: PixelPicture): void {
  const pixels = width * height;
  if (data.length === 3 * pixels || data.length === 4 * pixels) return;
  throw new RangeError(
    `Cannot publish pixels: expected ${3 * pixels} or ${4 * pixels} bytes ` +
      `for ${width}x${height}, found ${data.length}`,
  );
}

/** Encodes until the channel ends or the encoder gives up. */
async function encodeAll(
  channel: Channel,
  queue: NewestQueue<PixelFrame>,
  options: EncodedFramesOptions,
): Promise<void> {
  const unfollow = channel.follow({ end: () => queue.close() });
  try {
    const parts = new EncodedFrames(queue, options);
    for await (const { part, screen, ...about } of parts) {
      channel.publishPart(part, screen, about);
    }
  } catch (error) {
    channel.faults.note("source", error);
  } finally {
    unfollow();
    queues.delete(channel);
  }
}
