/**
 * The thread that makes differences, for viewers of a stream who are sent fewer
 * pictures.
 *
 * @module
 */

import { difference } from "../../gif/canvas/difference.ts";
import { errorMessage } from "../../system/error_message.ts";
import {
  serveThread,
  type WorkerMessage,
  type WorkerService,
} from "../../system/worker/worker_service.ts";
import { unpackSteps } from "../packed_steps.ts";
import { LiveCanvas } from "../live_canvas.ts";
import {
  type Difference,
  DIFFERENCE_THREAD,
  type DifferenceReply,
  type DifferenceRequest,
} from "./difference_messages.ts";

/** Draws a stream, and what the viewers of a slower one see. */
export class DifferenceService
  implements WorkerService<DifferenceRequest, DifferenceReply> {
  #live: LiveCanvas | undefined;
  #sent: LiveCanvas | undefined;
  /** True once viewers were sent a part of this GIF. */
  #begun = false;

  answer(request: DifferenceRequest): WorkerMessage<DifferenceReply> {
    try {
      this.#take(request);
      const { delayCentiseconds } = request;
      if (delayCentiseconds === undefined) {
        return { data: { inStep: false }, transfer: [] };
      }
      const data = this.#difference(delayCentiseconds);
      if (data.part === undefined) return { data, transfer: [] };
      // The canvas keeps its own, until it is drawn.
      const bytes = data.part.bytes.slice();
      const part = { ...data.part, bytes };
      return { data: { ...data, part }, transfer: [bytes.buffer] };
    } catch (error) {
      return { data: { error: errorMessage(error) }, transfer: [] };
    }
  }

  #take({ steps, bytes, sentNumbers }: DifferenceRequest): void {
    const sent = new Set(sentNumbers);
    let start = 0;
    for (const step of unpackSteps(steps)) {
      if ("begin" in step) {
        this.#live = new LiveCanvas(step.begin);
        this.#sent = new LiveCanvas(step.begin);
        this.#begun = false;
        continue;
      }
      if ("jpeg" in step) continue;
      const { keyframe, byteLength, number } = step;
      const part = { bytes: bytes.slice(start, start += byteLength), keyframe };
      this.#live!.push(part);
      if (!sent.has(number)) continue;
      this.#sent!.push(part);
      this.#begun = true;
    }
  }

  #difference(delayCentiseconds: number): Difference {
    const live = this.#live!.drawn();
    const inStep = this.#begun && live.pendingDisposal === undefined;
    // Even if it is all transparent: viewers wait for a first picture.
    const part = this.#begun
      ? difference(this.#sent!.drawn(), live, delayCentiseconds)
      : { bytes: this.#live!.keyframe(), keyframe: true };
    if (part === undefined) return { inStep };
    this.#begun = true;
    this.#sent!.push(part);
    return { part, inStep };
  }
}

serveThread(DIFFERENCE_THREAD, () => new DifferenceService(), {
  givesWay: true,
});
