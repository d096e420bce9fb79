/**
 * The thread that runs sources of the command line: is told by
 * {@linkcode SourceNote}s which, and reports by {@linkcode SourceEvent}s.
 *
 * @module
 */

import type { SourceStatus } from "../../channel/source_state.ts";
import { FormNeed } from "../../encoding/form_need.ts";
import type { SourceJpeg, SourcePicture } from "../../encoding/frame_source.ts";
import { packEvents } from "../../encoding/part_run.ts";
import { ownPicture, SourceParts } from "../../encoding/source_parts.ts";
import { GifError } from "../../gif/gif_error.ts";
import { type FaultKind, Faults } from "../../log/faults.ts";
import { isFinishedGif } from "../../source/clip_frames.ts";
import { removeOldFrames } from "../../source/folder/frame_deletion.ts";
import { errorMessage } from "../../system/error_message.ts";
import { loadModule } from "../../system/load_module.ts";
import {
  EventService,
  type EventTask,
} from "../../system/worker/event_service.ts";
import type { Outbox } from "../../system/worker/outbox.ts";
import { type SentError, sentError } from "../../system/worker/sent_error.ts";
import { serveThread, threadName } from "../../system/worker/worker_service.ts";
import { catchAll } from "../../log/catch_all.ts";
import { BEGINNING_KINDS, openSource } from "./open_source.ts";
import type { Frames, RunEvents } from "./source_context.ts";
import {
  type Form,
  SOURCE_THREAD,
  type SourceCounts,
  type SourceEvent,
  type SourceNote,
  type SourceReport,
  type SourceTask,
} from "./source_messages.ts";

/** Time between two looks at the counts, which change without an event. */
const COUNTING_MILLISECONDS = 1000;

type Play = Extract<SourceTask, { play: string }>;
type Clean = Extract<SourceTask, { clean: string }>;

/** The place where one source posts its events. */
class SourceBox {
  readonly #source: number;
  readonly #outbox: Outbox<SourceReport>;

  constructor(source: number, outbox: Outbox<SourceReport>) {
    this.#source = source;
    this.#outbox = outbox;
  }

  post(event: SourceEvent, owned?: readonly ArrayBuffer[]): void {
    this.#outbox.post({ source: this.#source, event }, owned);
  }

  postIfRoom(event: SourceEvent): void {
    this.#outbox.postIfRoom({ source: this.#source, event });
  }

  room(): Promise<void> {
    return this.#outbox.room();
  }
}

/** Runs a source, makes a checked part of each of its frames, and reports. */
class SourceRun {
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
  readonly #needs = {
    gif: new FormNeed(),
    jpeg: new FormNeed(),
    pictures: new FormNeed(),
  };
  /** The format in which pictures are handed on, as it was told last. */
  #format: SourceStatus["format"] = null;

  /** Runs the source to its end, which it reports, too. */
  async run(task: SourceTask, outbox: SourceBox): Promise<void> {
    let error: SentError | undefined;
    try {
      if ("play" in task) await this.#play(task, outbox);
      else if ("channelsOf" in task) await this.#followChannels(task, outbox);
      else if ("clean" in task) await this.#clean(task, outbox);
      else {
        const isFinished = await isFinishedGif(task.look);
        outbox.post({ type: "finished", isFinished });
      }
    } catch (caught) {
      error = sentError(caught);
    }
    this.#tellCounts(outbox);
    outbox.post({ type: "end", error });
  }

  /** Says if a form is needed from now on. */
  need(form: Form, needed: boolean): void {
    this.#needs[form].set(needed);
  }

  /** Ends the source. */
  stop(): void {
    this.#stop.abort();
  }

  #tellCounts(outbox: SourceBox): void {
    const { dropped = 0, late = 0 } = this.#frames?.stats ?? {};
    const counts = { ...this.#counts, dropped, late }, told = this.#told;
    const names = Object.keys(counts) as (keyof SourceCounts)[];
    if (names.every((name) => counts[name] === told[name])) return;
    this.#told = counts;
    outbox.post({ type: "counts", counts });
  }

  async #play(task: Play, outbox: SourceBox): Promise<void> {
    const { play: input, kind, options, place } = task;
    this.need("gif", task.needed.gif);
    this.need("jpeg", task.needed.jpeg);
    this.need("pictures", task.needed.pictures);
    const parts = new SourceParts({ place, ...options });
    const { signal } = this.#stop;
    const events = this.#events(outbox);
    const take = (picture: SourceJpeg) => {
      if (!picture.standsIn) {
        this.#tellFormat(picture.asItCame ? "JPEG" : null, outbox);
      }
      outbox.post({ type: "jpeg", picture }, [picture.jpeg.buffer]);
    };
    const jpegs = { take, ...this.#needs };
    const counting = setInterval(
      () => this.#tellCounts(outbox),
      COUNTING_MILLISECONDS,
    );
    try {
      const { channelId } = task;
      const context = { options, events, signal, jpegs, channelId };
      this.#frames = openSource(input, kind, context);
      const waits = kind === "test" || BEGINNING_KINDS.includes(kind);
      if (!waits) events.onBegin();
      for await (const given of this.#frames) {
        if (signal.aborted) return;
        if ("frame" in given) this.#tellFormat("GIF", outbox);
        else if (!given.wasPublished && !given.standsIn) {
          this.#tellFormat(null, outbox);
        }
        this.#post(given, parts, outbox, events);
        if (kind === "test") events.onBegin();
        await outbox.room();
      }
    } finally {
      clearInterval(counting);
    }
  }

  async #followChannels(
    { channelsOf: address, options }: Extract<
      SourceTask,
      { channelsOf: string }
    >,
    outbox: SourceBox,
  ): Promise<void> {
    const { followRedisChannels } = await loadModule(() =>
      import("../../source/redis/redis_channels.ts")
    );
    const tell = (name: string, title: string, isGone: boolean) =>
      outbox.post({ type: "channel", name, title, isGone });
    const { onNotice, onWarning } = this.#events(outbox);
    await followRedisChannels(
      { address, prefix: options.redisPrefix, ca: options.redisCa },
      {
        onNotice,
        onWarning,
        onChannel: (name, title) => tell(name, title, false),
        onGone: (name) => tell(name, "", true),
      },
      this.#stop.signal,
    );
  }

  async #clean(task: Clean, outbox: SourceBox): Promise<void> {
    await removeOldFrames(task.clean, {
      ...this.#events(outbox),
      deleteAfterSeconds: task.deleteAfterSeconds,
      signal: this.#stop.signal,
    });
  }

  #tellFormat(format: SourceStatus["format"], outbox: SourceBox): void {
    if (format === this.#format) return;
    this.#format = format;
    outbox.post({ type: "format", format });
  }

  #events(outbox: SourceBox): RunEvents {
    return {
      onNotice: (message) => outbox.postIfRoom({ type: "notice", message }),
      onWarning: (message, retryMilliseconds) =>
        outbox.postIfRoom({ type: "warning", message, retryMilliseconds }),
      onFault: (kind: FaultKind, error) =>
        outbox.post({ type: "fault", kind, error: sentError(error) }),
      onUnchanged: () => {
        // The first one may be waited for; of many, the sum will do.
        if (this.#counts.unchanged++ === this.#told.unchanged) {
          queueMicrotask(() => this.#tellCounts(outbox));
        }
      },
      onBegin: () => {
        if (!this.#hasBegun) outbox.post({ type: "begun" });
        this.#hasBegun = true;
      },
      onSignal: (present) => outbox.post({ type: "signal", present }),
      onState: (state, message) =>
        outbox.post({ type: "state", state, message }),
      onUpstream: (ids) => outbox.post({ type: "upstream", ids }),
      onRefused: (error) => {
        this.#counts.refused++;
        outbox.postIfRoom({ type: "warning", message: errorMessage(error) });
      },
    };
  }

  #post(
    given: SourcePicture,
    parts: SourceParts,
    outbox: SourceBox,
    { onFault, onWarning }: RunEvents,
  ): void {
    try {
      const picture = ownPicture(parts.of(given));
      const owned = [picture.part.bytes, picture.jpeg]
        .filter((bytes) => bytes !== undefined)
        .map(({ buffer }) => buffer as ArrayBuffer);
      outbox.post({ type: "part", picture }, owned);
    } catch (error) {
      if (error instanceof GifError) {
        this.#counts.refused++;
        this.#tellCounts(outbox);
      } else onFault("channel", error);
      const { name } = given, message = errorMessage(error);
      onWarning(name === undefined ? message : `${name}: ${message}`);
    }
  }
}

/** Runs the sources that share a thread. */
class SourceRuns implements EventTask<true, SourceReport, SourceNote> {
  readonly #runs = new Map<number, SourceRun>();
  #outbox: Outbox<SourceReport> | undefined;
  /** Notes that came before the task. */
  readonly #early: SourceNote[] = [];

  run(_task: true, outbox: Outbox<SourceReport>): Promise<void> {
    this.#outbox = outbox;
    // Errors that nobody catches would end the thread, and with it all sources.
    if (threadName() === SOURCE_THREAD) {
      catchAll(
        new Faults((kind, error) => {
          const event: SourceEvent = {
            type: "fault",
            kind,
            error: sentError(error),
          };
          const [source] = this.#runs.keys();
          if (source !== undefined) outbox.post({ source, event });
        }),
      );
    }
    for (const note of this.#early.splice(0)) this.note(note);
    return new Promise(() => {});
  }

  pack(reports: SourceReport[]): SourceReport[] {
    return packEvents(reports, {
      partOf: ({ event }) => event.type === "part" ? event.picture : undefined,
      belongs: ({ source }, first) => source === first.source,
      packed: ({ source }, run) => ({ source, event: { type: "parts", run } }),
    });
  }

  note(note: SourceNote): void {
    const { source, type } = note;
    if (this.#outbox === undefined) this.#early.push(note);
    else if (type === "stop") this.#runs.get(source)?.stop();
    else if (type === "need") {
      this.#runs.get(source)?.need(note.form, note.needed);
    } else {
      const run = new SourceRun();
      this.#runs.set(source, run);
      run.run(note.task, new SourceBox(source, this.#outbox))
        .finally(() => this.#runs.delete(source));
    }
  }
}

/** Makes the service of one thread. */
export function sourceService(): EventService<true, SourceReport, SourceNote> {
  return new EventService(new SourceRuns());
}

serveThread(SOURCE_THREAD, sourceService);
