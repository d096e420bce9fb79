/**
 * The thread that makes pictures: answers each {@linkcode PictureRequest} with
 * one {@linkcode PictureReply}.
 *
 * @module
 */

import { ownBytes } from "../gif/own_bytes.ts";
import {
  serveThread,
  type WorkerMessage,
  type WorkerService,
} from "../system/worker/worker_service.ts";
import {
  type CanvasDrop,
  MAKING_THREAD,
  type PictureReply,
  type PictureRequest,
} from "./making_messages.ts";
import { PictureMaker } from "./picture_maker.ts";

/** Makes pictures, some of them on canvases that stay. */
export class MakingService
  implements WorkerService<PictureRequest, PictureReply, CanvasDrop> {
  readonly #maker = new PictureMaker();

  answer(request: PictureRequest): WorkerMessage<PictureReply> {
    const reply = this.#maker.answer(request);
    if ("error" in reply) return { data: reply, transfer: [] };
    const bytes = ownBytes(reply.bytes);
    const change = reply.change && ownBytes(reply.change);
    const transfer = [bytes.buffer, ...(change ? [change.buffer] : [])];
    return { data: { ...reply, bytes, change }, transfer };
  }

  note(drop: CanvasDrop): void {
    this.#maker.drop(drop);
  }
}

serveThread(MAKING_THREAD, () => new MakingService(), { givesWay: true });
