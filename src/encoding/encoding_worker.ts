/**
 * The thread that computes pixels: answers each {@linkcode EncodingRequest}
 * with one {@linkcode EncodingReply}.
 *
 * @module
 */

import { GifEncoder } from "../gif/encoder/gif_encoder.ts";
import { ownBytes } from "../gif/own_bytes.ts";
import { DEFAULT_QUALITY } from "../image/default_quality.ts";
import { writeJpegFile } from "../image/write_file.ts";
import { errorMessage } from "../system/error_message.ts";
import {
  serveThread,
  type WorkerMessage,
  type WorkerService,
} from "../system/worker/worker_service.ts";
import {
  ENCODING_THREAD,
  type EncodingReply,
  type EncodingRequest,
} from "./encoding_messages.ts";

type EncodedPart = Exclude<EncodingReply, { error: string }>;

/** Encodes pictures, each as the change from the one before. */
export class EncodingService
  implements WorkerService<EncodingRequest, EncodingReply> {
  #encoder: GifEncoder | undefined;

  answer(request: EncodingRequest): WorkerMessage<EncodingReply> {
    const reply = this.#encode(request);
    if ("error" in reply) return { data: reply, transfer: [] };
    const { part, jpeg, pixels } = reply;
    const transfer = [part?.bytes, jpeg, pixels]
      .filter((bytes) => bytes !== undefined)
      .map(({ buffer }) => buffer as ArrayBuffer);
    return { data: reply, transfer };
  }

  #encode(request: EncodingRequest): EncodingReply {
    const { pixels, forms } = request;
    try {
      const jpeg = forms.jpeg
        ? writeJpegFile(
          { pixels, width: request.width, height: request.height, channels: 3 },
          DEFAULT_QUALITY,
        )
        : undefined;
      if (forms.gif) return { ...this.#encodePart(request), jpeg };
      return { jpeg, pixels, isDropped: false, milliseconds: 0 };
    } catch (error) {
      // The state of the encoder is unknown after an error.
      this.#encoder = undefined;
      return { error: errorMessage(error) };
    }
  }

  #encodePart(request: EncodingRequest): EncodedPart {
    const startedAt = performance.now();
    const { pixels, intervalSeconds } = request;
    const encoder = this.#encoderFor(request), dropped = encoder.dropped;
    const made = encoder.encode(pixels, undefined, { intervalSeconds });
    const isDropped = encoder.dropped > dropped;
    // Only the bytes of the part are moved.
    const part = made && { ...made, bytes: ownBytes(made.bytes) };
    return { part, isDropped, milliseconds: performance.now() - startedAt };
  }

  #encoderFor(request: EncodingRequest): GifEncoder {
    const { width, height, mode, settings, anew = false } = request;
    const same = !anew && this.#encoder?.width === width &&
      this.#encoder.height === height;
    const encoder = same
      ? this.#encoder!
      : new GifEncoder({ ...settings, width, height, mode });
    encoder.mode = mode;
    return this.#encoder = encoder;
  }
}

serveThread(ENCODING_THREAD, () => new EncodingService(), { givesWay: true });
