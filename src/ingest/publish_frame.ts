import type { Channel } from "../channel/channel.ts";
import type { PublishOptions } from "../channel/outlet.ts";
import { SourceParts } from "../encoding/source_parts.ts";
import { GifError } from "../gif/gif_error.ts";
import type { GifFrame } from "../gif/read/frame_reader.ts";

/**
 * Publishes a frame of a GIF on a channel: checks the frame, and makes a part
 * of it, on this thread. For GIFs that others have made, {@linkcode Ingest}
 * does the same in a thread, where a hostile one holds nobody up.
 *
 * @param channel The channel.
 * @param frame The picture, or its difference from the previous picture. The
 * channel takes its buffer over.
 * @param options Time of the picture, and its JPEG source, if any.
 * @throws {GifError} If browsers could not show the frame; nothing is sent
 * then.
 * @throws {TypeError} If the channel was closed.
 *
 * @example
 * ```ts
 * import { Channel, publishFrame } from "@x/gifstream";
 * import { indexedFrame } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel();
 * const colors = Uint8Array.of(0, 0, 0, 255, 255, 255);
 * const screen = { width: 1, height: 1 };
 * publishFrame(channel, indexedFrame(screen, Uint8Array.of(1), colors));
 * assertEquals(channel.screen, screen);
 * channel.close();
 * ```
 */
export function publishFrame(
  channel: Channel,
  frame: GifFrame,
  options: PublishOptions = {},
): void {
  const { timestampMilliseconds = NaN } = options;
  try {
    const parts = new SourceParts(channel.partRules());
    const { part, screen } = parts.of({ frame, timestampMilliseconds });
    channel.publishPart(part, screen, options);
  } catch (error) {
    if (error instanceof GifError) channel.countRefused();
    throw error;
  }
}
