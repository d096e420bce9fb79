/**
 * The thread that makes pictures: takes {@linkcode PictureRequest}s, and
 * answers each with one {@linkcode PictureReply}.
 *
 * @module
 */

import { ownBytes } from "../gif/own_bytes.ts";
import type {
  CanvasDrop,
  PictureReply,
  PictureRequest,
} from "./making_messages.ts";
import { PictureMaker } from "./picture_maker.ts";

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope {
  onmessage: (event: MessageEvent<PictureRequest | CanvasDrop>) => void;
  postMessage(reply: PictureReply, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const maker = new PictureMaker();

scope.onmessage = ({ data }) => {
  if ("drop" in data) maker.drop(data);
  else send(maker.answer(data));
};

function send(reply: PictureReply): void {
  if ("error" in reply) {
    scope.postMessage(reply, []);
    return;
  }
  const bytes = ownBytes(reply.bytes);
  const change = reply.change && ownBytes(reply.change);
  const transfer = [bytes.buffer, ...(change ? [change.buffer] : [])];
  scope.postMessage({ ...reply, bytes, change }, transfer);
}
