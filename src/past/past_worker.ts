/**
 * The thread that keeps the past of a channel: it draws the parts that viewers
 * were sent, and answers questions about them.
 *
 * @module
 */

import { errorMessage } from "../system/error_message.ts";
import {
  serveThread,
  type WorkerMessage,
  type WorkerService,
} from "../system/worker/worker_service.ts";
import { backlogOf } from "./backlog.ts";
import { warmUp } from "./clip/warm_up.ts";
import { History } from "./history.ts";
import { JpegHistory } from "./jpeg_history.ts";
import { KeptPast } from "./kept_past.ts";
import { unpackSteps } from "./packed_steps.ts";
import {
  type Opening,
  PAST_THREAD,
  PAST_VERSION,
  type PastQuestion,
  type PastQuestions,
  type PastReply,
  type PastRequest,
} from "./past_messages.ts";

/** The pictures that are kept: parts, and JPEGs from when there were none. */
interface Kept {
  history: History;
  jpegs: JpegHistory;
}

/** Keeps the past of one stream. */
export class PastService implements WorkerService<PastRequest, PastReply> {
  #kept: Kept | undefined;
  #newestNumber = -1;
  /** True if JPEGs may be encoded that nobody has asked for. */
  #warmsUp: boolean;

  /** @param isThread True if it has a thread of its own. */
  constructor(isThread: boolean = false) {
    this.#warmsUp = isThread;
  }

  answer(request: PastRequest): WorkerMessage<PastReply> {
    try {
      const value = this.#answer(request);
      return { data: { value }, transfer: buffersOf(value) };
    } catch (error) {
      // What it has drawn by then may be wrong.
      this.#kept = undefined;
      return { data: { error: errorMessage(error) }, transfer: [] };
    }
  }

  #answer(request: PastRequest): unknown {
    const { version, bounds, question } = request;
    if (version !== PAST_VERSION) {
      throw new TypeError(
        `Cannot keep the past: expected messages of version ${PAST_VERSION}, ` +
          `found ${version}`,
      );
    }
    const kept = this.#kept ??= {
      history: new History(bounds),
      jpegs: new JpegHistory(bounds.seconds),
    };
    this.#take(kept, request);
    if (question !== undefined) return this.#tell(kept, question);
    const [jpeg] = kept.jpegs.moments;
    // Whoever asks first would wait for it.
    if (this.#warmsUp && jpeg !== undefined) {
      this.#warmsUp = false;
      warmUp(jpeg);
    }
    return undefined;
  }

  #take(
    { history, jpegs }: Kept,
    { steps, bytes, bounds }: PastRequest,
  ): void {
    let start = 0;
    for (const step of unpackSteps(steps)) {
      if ("begin" in step) {
        history.begin(step.begin);
        continue;
      }
      // A view would keep all pictures of the request as long as this one.
      const own = bytes.slice(start, start += step.byteLength);
      const { timeMilliseconds } = step;
      if ("jpeg" in step) {
        const maxBytes = bounds.maxBytes - history.bytes;
        jpegs.push({ jpeg: own, ...step.jpeg, timeMilliseconds }, maxBytes);
        continue;
      }
      const { keyframe, number } = step;
      history.push({ bytes: own, keyframe }, timeMilliseconds);
      this.#newestNumber = number;
    }
  }

  #tell<Kind extends keyof PastQuestions>(
    { history, jpegs }: Kept,
    { kind, about }: PastQuestion<Kind>,
  ): PastQuestions[Kind][1] {
    const past = new KeptPast(history, jpegs);
    const answers: {
      [Kind in keyof PastQuestions]: (
        about: PastQuestions[Kind][0],
      ) => PastQuestions[Kind][1];
    } = {
      opening: (bounds): Opening | undefined => {
        if (history.newest === undefined) return undefined;
        const chunks = backlogOf(history, bounds).map(copy);
        return { chunks, number: this.#newestNumber };
      },
      start: () => past.startMilliseconds,
      times: ({ most }) => past.times(most),
      picture: (at) => past.picture(at),
      keyframe: (at) => withOwnBytes(past.keyframe(at)),
      keyframeAfter: ({ part }) => past.keyframeAfter(part),
      wholePart: (at) => withOwnBytes(past.wholePart(at)),
      still: (at) => past.still(at),
      clip: (span) => past.clip(span),
    };
    return answers[kind](about);
  }
}

/** A copy to be handed over: the history keeps its own. */
function copy(bytes: Uint8Array): Uint8Array {
  return bytes.slice();
}

function withOwnBytes<T extends { bytes: Uint8Array }>(
  told: T | undefined,
): T | undefined {
  return told && { ...told, bytes: copy(told.bytes) };
}

/** The buffers of an answer, which are handed over: all are its own. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== "object" || value === null) return [];
  const views = Object.values(value).flat().filter(ArrayBuffer.isView);
  return views.map(({ buffer }) => buffer as ArrayBuffer);
}

serveThread(PAST_THREAD, () => new PastService(true), { givesWay: true });
