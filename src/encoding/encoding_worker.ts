/**
 * The thread that computes pixels: takes {@linkcode EncodingRequest}s and
 * answers each with one {@linkcode EncodingReply}.
 *
 * @module
 */

import { GifEncoder } from "../gif/encoder/gif_encoder.ts";
import { errorMessage } from "../system/error_message.ts";
import type { EncodingReply, EncodingRequest } from "./encoding_messages.ts";

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope {
  onmessage: (event: MessageEvent<EncodingRequest>) => void;
  postMessage(reply: EncodingReply, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
let encoder: GifEncoder | undefined;

scope.onmessage = ({ data }) => {
  const reply = answer(data);
  const transfer: ArrayBuffer[] = [];
  if ("part" in reply && reply.part !== undefined) {
    const { bytes } = reply.part;
    // No more than the part itself is given away.
    const own = bytes.buffer.byteLength === bytes.length
      ? bytes as Uint8Array<ArrayBuffer>
      : bytes.slice();
    reply.part.bytes = own;
    transfer.push(own.buffer);
  }
  scope.postMessage(reply, transfer);
};

function answer(request: EncodingRequest): EncodingReply {
  const startedAt = performance.now();
  try {
    const { pixels, intervalSeconds } = request;
    const own = encoderFor(request), leftOut = own.leftOut;
    const part = own.encode(pixels, undefined, { intervalSeconds });
    const isLeftOut = own.leftOut > leftOut;
    return { part, isLeftOut, milliseconds: performance.now() - startedAt };
  } catch (error) {
    // What it has seen of a picture that failed is not known.
    encoder = undefined;
    return { error: errorMessage(error) };
  }
}

function encoderFor(request: EncodingRequest): GifEncoder {
  const { width, height, mode, settings } = request;
  if (
    encoder === undefined || encoder.width !== width ||
    encoder.height !== height
  ) encoder = new GifEncoder({ ...settings, width, height, mode });
  encoder.mode = mode;
  return encoder;
}
