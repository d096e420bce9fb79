/**
 * The thread that decodes pictures: takes {@linkcode PictureRequest}s, one at
 * a time, and answers each with one {@linkcode PictureReply}.
 *
 * @module
 */

import { decodePicture } from "./picture_decode.ts";
import type { PictureReply, PictureRequest } from "./picture_messages.ts";

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope {
  onmessage: (event: MessageEvent<PictureRequest>) => void;
  postMessage(reply: PictureReply, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = async ({ data: { bytes, options } }) => {
  try {
    const picture = await decodePicture(bytes, options);
    scope.postMessage({ picture }, [picture.pixels.buffer]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    scope.postMessage({ error: message }, []);
  }
};
