/**
 * The thread that decodes pictures: answers each {@linkcode DecodingRequest}
 * with one {@linkcode DecodingReply}.
 *
 * @module
 */

import { errorMessage } from "../system/error_message.ts";
import {
  serveThread,
  type WorkerMessage,
  type WorkerService,
} from "../system/worker/worker_service.ts";
import { decodePicture } from "./decode_picture.ts";
import {
  DECODING_THREAD,
  type DecodingReply,
  type DecodingRequest,
} from "./decoding_messages.ts";

/** Decodes pictures, which have nothing to do with each other. */
export class DecodingService
  implements WorkerService<DecodingRequest, DecodingReply> {
  answer({ bytes, options }: DecodingRequest): WorkerMessage<DecodingReply> {
    try {
      const picture = decodePicture(bytes, options);
      return { data: { picture }, transfer: [picture.pixels.buffer] };
    } catch (error) {
      return { data: { error: errorMessage(error) }, transfer: [] };
    }
  }
}

serveThread(DECODING_THREAD, () => new DecodingService(), { givesWay: true });
