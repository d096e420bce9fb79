/**
 * The thread that runs a source of the command line: does one
 * {@linkcode SourceTask} and reports it by {@linkcode SourceEvent}s.
 *
 * @module
 */

import type { SourcePicture } from "../../encoding/frame_source.ts";
import { ownPicture, SourceParts } from "../../encoding/source_parts.ts";
import { GifError } from "../../gif/gif_error.ts";
import { type FaultKind, Faults } from "../../log/faults.ts";
import { isFinishedGif } from "../../source/clip_frames.ts";
import { errorMessage } from "../../system/error_message.ts";
import {
  EventService,
  type EventTask,
} from "../../system/worker/event_service.ts";
import type { Outbox } from "../../system/worker/outbox.ts";
import { sentError } from "../../system/worker/sent_error.ts";
import { serveThread, threadName } from "../../system/worker/worker_service.ts";
import { catchAll } from "../output/safety_net.ts";
import {
  BEGINNING_KINDS,
  type Events,
  type Frames,
  openSource,
} from "./open_source.ts";
import {
  SOURCE_THREAD,
  type SourceCounts,
  type SourceEvent,
  type SourceNote,
  type SourceTask,
} from "./source_messages.ts";

type Play = Extract<SourceTask, { play: string }>;

/** Runs a source, makes a checked part of each of its frames, and reports. */
class SourceRun implements EventTask<SourceTask, SourceEvent, SourceNote> {
  readonly #stop = new AbortController();
  readonly #counts: SourceCounts = {
    unchanged: 0,
    refused: 0,
    dropped: 0,
    late: 0,
  };
  #told: SourceCounts = { ...this.#counts };
  #frames: Frames | undefined;
  #hasBegun = false;

  async run(task: SourceTask, outbox: Outbox<SourceEvent>): Promise<void> {
    if ("play" in task) return await this.#play(task, outbox);
    const isFinished = await isFinishedGif(task.look);
    outbox.post({ type: "finished", isFinished });
  }

  note(_stop: SourceNote): void {
    this.#stop.abort();
  }

  closing(): SourceEvent | undefined {
    const { dropped = 0, late = 0 } = this.#frames?.stats ?? {};
    const counts = { ...this.#counts, dropped, late }, told = this.#told;
    const names = Object.keys(counts) as (keyof SourceCounts)[];
    if (names.every((name) => counts[name] === told[name])) return undefined;
    this.#told = counts;
    return { type: "counts", counts };
  }

  async #play(task: Play, outbox: Outbox<SourceEvent>): Promise<void> {
    const { play: input, kind, options, place } = task;
    const parts = new SourceParts({ place, ...options });
    const { signal } = this.#stop;
    const events = this.#events(outbox);
    // Errors that nobody catches would end the thread, and with it the source.
    const letThrough = threadName() === SOURCE_THREAD
      ? catchAll(new Faults(events.onFault))
      : undefined;
    try {
      this.#frames = openSource(input, kind, { options, events, signal });
      const waits = kind === "test" || BEGINNING_KINDS.includes(kind);
      if (!waits) events.onBegin();
      for await (const given of this.#frames) {
        if (signal.aborted) return;
        this.#post(given, parts, outbox, events);
        if (kind === "test") events.onBegin();
        await outbox.room();
      }
    } finally {
      letThrough?.();
    }
  }

  #events(outbox: Outbox<SourceEvent>): Events {
    return {
      onNotice: (message) => outbox.postIfRoom({ type: "notice", message }),
      onWarning: (message) => outbox.postIfRoom({ type: "warning", message }),
      onFault: (kind: FaultKind, error) =>
        outbox.post({ type: "fault", kind, error: sentError(error) }),
      onUnchanged: () => {
        this.#counts.unchanged++;
        outbox.wake();
      },
      onBegin: () => {
        if (!this.#hasBegun) outbox.post({ type: "begun" });
        this.#hasBegun = true;
      },
      onSignal: (present) => outbox.post({ type: "signal", present }),
    };
  }

  #post(
    given: SourcePicture,
    parts: SourceParts,
    outbox: Outbox<SourceEvent>,
    { onFault, onWarning }: Events,
  ): void {
    try {
      const picture = ownPicture(parts.of(given));
      const owned = [picture.part.bytes, picture.jpeg]
        .filter((bytes) => bytes !== undefined)
        .map(({ buffer }) => buffer as ArrayBuffer);
      outbox.post({ type: "part", picture }, owned);
    } catch (error) {
      if (error instanceof GifError) this.#counts.refused++;
      else onFault("channel", error);
      const { name } = given, message = errorMessage(error);
      onWarning(name === undefined ? message : `${name}: ${message}`);
    }
  }
}

/** Makes the service of one thread. */
export function sourceService(): EventService<
  SourceTask,
  SourceEvent,
  SourceNote
> {
  return new EventService(new SourceRun());
}

serveThread(SOURCE_THREAD, sourceService);
