import type { LogicalScreen } from "../block.ts";
import { GifSequenceReader } from "../read/gif_sequence_reader.ts";
import { framePart, type FramePartOptions, type Part } from "./frame_part.ts";
import { checkDelay } from "./check_delay.ts";

/** A part, and the screen that it is drawn on. */
export interface ScreenPart extends Part {
  /** Width and height in pixels, for {@linkcode streamHeader}. */
  screen: LogicalScreen;
}

/** Options of {@linkcode GifPartStream}. */
export interface GifPartStreamOptions extends FramePartOptions {
  /**
   * Most bytes that one frame may take.
   *
   * @default {33554432}
   */
  maxFrameBytes?: number;
  /**
   * Is told of bytes that are no GIF and of GIFs that are damaged, in one
   * sentence each. The stream goes on with the next header.
   */
  onWarning?: (message: string) => void;
}

/**
 * Turns the bytes of any GIFs, one after another and in chunks of any size,
 * into parts of an endless GIF, each as soon as its last byte is there.
 *
 * The first part of each GIF is drawn on a clear screen. A part of another
 * size than those before it needs a stream of its own: `screen` tells.
 *
 * @example
 * ```ts
 * import { GifPartStream, streamHeader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * const parts = await Array.fromAsync(
 *   new Blob([gif, gif]).stream().pipeThrough(new GifPartStream()),
 * );
 * assertEquals(parts.length, 2);
 * // A browser that gets these bytes waits for more.
 * const live = [streamHeader(parts[0].screen), ...parts.map((p) => p.bytes)];
 * assertEquals(live.length, 3);
 * ```
 */
export class GifPartStream extends TransformStream<Uint8Array, ScreenPart> {
  /**
   * Makes a stream.
   *
   * @param options The delay of parts, bounds, and who is told of mistakes.
   * @throws {RangeError} If the delay is neither `"source"` nor 0 to 65535.
   */
  constructor(options: GifPartStreamOptions = {}) {
    checkDelay(options.delayCentiseconds);
    const gifs = new GifSequenceReader(options);
    type Controller = TransformStreamDefaultController<ScreenPart>;
    const send = (
      frames: ReturnType<GifSequenceReader["push"]>,
      controller: Controller,
    ) => {
      for (const frame of frames) {
        const { screen } = frame;
        controller.enqueue({ ...framePart(frame, options), screen });
      }
    };
    super({
      // Parts are made in place, and others may hold the chunk, as tee() does.
      transform: (chunk, controller) =>
        send(gifs.push(chunk.slice()), controller),
      flush: (controller) => send(gifs.end(), controller),
    });
  }
}
