/**
 * The thread that computes pixels: answers each {@linkcode EncodingRequest}
 * with one {@linkcode EncodingReply}.
 *
 * @module
 */

import { GifEncoder } from "../gif/encoder/gif_encoder.ts";
import { ownBytes } from "../gif/own_bytes.ts";
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

/** Encodes pictures, each as the change from the one before. */
export class EncodingService
  implements WorkerService<EncodingRequest, EncodingReply> {
  #encoder: GifEncoder | undefined;

  answer(request: EncodingRequest): WorkerMessage<EncodingReply> {
    const reply = this.#encode(request);
    if (!("part" in reply) || reply.part === undefined) {
      return { data: reply, transfer: [] };
    }
    // Only the bytes of the part are moved.
    const bytes = ownBytes(reply.part.bytes);
    const part = { ...reply.part, bytes };
    return { data: { ...reply, part }, transfer: [bytes.buffer] };
  }

  #encode(request: EncodingRequest): EncodingReply {
    const startedAt = performance.now();
    try {
      const { pixels, intervalSeconds } = request;
      const encoder = this.#encoderFor(request), dropped = encoder.dropped;
      const part = encoder.encode(pixels, undefined, { intervalSeconds });
      const isDropped = encoder.dropped > dropped;
      return { part, isDropped, milliseconds: performance.now() - startedAt };
    } catch (error) {
      // The state of the encoder is unknown after an error.
      this.#encoder = undefined;
      return { error: errorMessage(error) };
    }
  }

  #encoderFor({ width, height, mode, settings }: EncodingRequest): GifEncoder {
    const same = this.#encoder?.width === width &&
      this.#encoder.height === height;
    const encoder = same
      ? this.#encoder!
      : new GifEncoder({ ...settings, width, height, mode });
    encoder.mode = mode;
    return this.#encoder = encoder;
  }
}

serveThread(ENCODING_THREAD, () => new EncodingService());
