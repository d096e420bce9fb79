/**
 * The thread that decodes pictures: takes {@linkcode DecodingRequest}s, one at
 * a time, and answers each with one {@linkcode DecodingReply}.
 *
 * @module
 */

import { errorMessage } from "../system/error_message.ts";
import { decodePicture } from "./decode_picture.ts";
import type { DecodingReply, DecodingRequest } from "./decoding_messages.ts";

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope {
  onmessage: (event: MessageEvent<DecodingRequest>) => void;
  postMessage(reply: DecodingReply, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = async ({ data: { bytes, options } }) => {
  try {
    const picture = await decodePicture(bytes, options);
    scope.postMessage({ picture }, [picture.pixels.buffer]);
  } catch (error) {
    scope.postMessage({ error: errorMessage(error) }, []);
  }
};
