import type { SourceStatus } from "../../channel/source_state.ts";
import type {
  NeededForms,
  SourceJpeg,
  SourcePart,
} from "../../encoding/frame_source.ts";
import { runLength, unpackRun } from "../../encoding/part_run.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import type {
  EventBatch,
  EventRequest,
} from "../../system/worker/event_messages.ts";
import {
  EventThread,
  type EventThreadOptions,
} from "../../system/worker/event_thread.ts";
import { EventQueue, roomIn } from "../../system/worker/event_queue.ts";
import { receivedError } from "../../system/worker/sent_error.ts";
import {
  type WorkerModule,
  workerModule,
} from "../../system/worker/worker_module.ts";
import type { Events, Frames, SourceContext } from "./source_context.ts";
import { type SourceKind, STUCK_KINDS } from "./source_kind.ts";
import {
  type Form,
  SOURCE_THREAD,
  type SourceCounts,
  type SourceEvent,
  type SourceNote,
  type SourceOptions,
  type SourceReport,
  type SourceTask,
} from "./source_messages.ts";

/** The module of a service that runs sources. */
export type SourceModule = WorkerModule<
  EventRequest<true>,
  EventBatch<SourceReport>,
  SourceNote
>;

/** Listeners of a source in a thread. */
export interface SourceThreadEvents extends Events {
  /** Called for a frame that browsers could not show. */
  onRefused: () => void;
  /** Called for a JPEG that is handed on as it came. */
  onJpeg: (picture: SourceJpeg) => void;
  /** Called when pictures are handed on in another format than before. */
  onFormat: (format: SourceStatus["format"]) => void;
}

/** The parts of a source in a thread. */
export interface PlayedParts extends AsyncIterable<SourcePart> {
  /** Frames that were lost, kept up to date. */
  readonly stats?: Frames["stats"];
}

/** Options of a source in a thread, besides the input. */
export interface SourceThreadContext
  extends Omit<SourceContext, "jpegs" | "events"> {
  events: SourceThreadEvents;
  needs: NeededForms;
  /**
   * As {@linkcode SourceTask} has it.
   *
   * @default {undefined}
   */
  place?: LogicalScreen;
}

/** Options of {@linkcode SourceThread}. */
export interface SourceThreadOptions extends EventThreadOptions {
  /**
   * The service.
   *
   * @default {SOURCES} that of this folder
   */
  module?: SourceModule;
}

const FORMS: readonly Form[] = ["gif", "jpeg", "pictures"];

/** Time for a source to end by itself, as by closing its files. */
const ENDING_MILLISECONDS = 1000;

const SOURCES: SourceModule = workerModule({
  name: SOURCE_THREAD,
  task: "play input",
  url: () => new URL("./source_worker.ts", import.meta.url),
  load: async () => {
    const { sourceService } = await import("./source_worker.ts");
    return sourceService;
  },
});

/**
 * A thread for the sources of an INPUT: it starts with the first, and ends with
 * the last. If it is lost, all of them fail, and the next one has another.
 */
export class SourceThread {
  readonly #thread: EventThread<true, SourceReport, SourceNote>;
  readonly #sources = new Map<number, EventQueue<SourceEvent>>();
  #lastNumber = 0;
  #running: object | undefined;

  constructor({ module = SOURCES, ...options }: SourceThreadOptions = {}) {
    this.#thread = new EventThread(module, options);
  }

  /**
   * Starts the thread before there is a source.
   *
   * @throws {Error} If there are too few file descriptors.
   */
  start(): Promise<void> {
    return this.#thread.start();
  }

  /** Opens a source: its number, and its events. */
  open(
    task: SourceTask,
  ): { source: number; events: EventQueue<SourceEvent> } {
    const source = ++this.#lastNumber;
    const events = new EventQueue<SourceEvent>();
    this.#sources.set(source, events);
    if (this.#running === undefined) this.#run();
    this.#thread.tell({ source, type: "open", task });
    return { source, events };
  }

  /** Tells a source if a form is needed. */
  need(source: number, form: Form, needed: boolean): void {
    this.#thread.tell({ source, type: "need", form, needed });
  }

  /** Asks a source to end. */
  stop(source: number): void {
    this.#thread.tell({ source, type: "stop" });
  }

  /** Forgets a source; without any, the thread ends at once. */
  leave(source: number): void {
    this.#sources.get(source)?.fail(new Error("Cannot play: it is stopped"));
    this.#sources.delete(source);
    if (this.#sources.size > 0 || this.#running === undefined) return;
    this.#running = undefined;
    this.#thread.stop(new Error("Cannot play: all sources have ended"));
  }

  async #run(): Promise<void> {
    const run = this.#running = {};
    try {
      for await (const reports of this.#thread.run(true)) {
        for (const { source, event } of reports) {
          const events = this.#sources.get(source);
          if (event.type !== "parts") events?.push(event);
          else {
            const parts = unpackRun(
              event.run,
              (picture) => ({ type: "part", picture } as const),
            );
            events?.pushRun(parts, runLength(event.run));
          }
        }
        await roomIn(this.#sources.values());
      }
    } catch (error) {
      // Another run may have begun since this one was stopped.
      if (this.#running !== run) return;
      this.#running = undefined;
      for (const events of this.#sources.values()) events.fail(error);
      this.#sources.clear();
    }
  }
}

/**
 * Opens an INPUT of the command line as {@linkcode openSource} does, in a
 * thread, which makes a part of each frame.
 *
 * @param thread The thread; others may have sources in it.
 */
export function openSourceThread(
  input: string,
  kind: SourceKind,
  context: SourceThreadContext,
  thread: SourceThread = new SourceThread(),
): PlayedParts {
  return new ThreadSource({ input, kind, ...context }, thread);
}

/** A source that runs in a thread. */
class ThreadSource implements PlayedParts {
  readonly stats: SourceCounts = {
    unchanged: 0,
    refused: 0,
    dropped: 0,
    late: 0,
  };
  readonly #source: SourceThreadContext & { input: string; kind: SourceKind };
  readonly #thread: SourceThread;

  constructor(
    source: SourceThreadContext & { input: string; kind: SourceKind },
    thread: SourceThread,
  ) {
    this.#source = source;
    this.#thread = thread;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePart, void> {
    const { input: play, kind, options, place, needs, signal, channelId } =
      this.#source;
    if (signal.aborted) return;
    const needed = {
      gif: needs.gif.needed,
      jpeg: needs.jpeg.needed,
      pictures: needs.pictures?.needed ?? true,
    };
    const task = {
      play,
      kind,
      options: heeded(options),
      place,
      needed,
      channelId,
    };
    const { source, events } = this.#thread.open(task);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => timer = this.#stop(source);
    signal.addEventListener("abort", stop);
    const followed = FORMS.map((form) =>
      needs[form]?.follow((needed) => this.#thread.need(source, form, needed))
    );
    try {
      for (;;) {
        const event = events.take() ?? await events.next();
        const picture = this.#take(event);
        if (picture !== undefined && !signal.aborted) yield picture;
        if (event.type === "end") return;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      for (const unfollow of followed) unfollow?.();
      signal.removeEventListener("abort", stop);
      this.#thread.leave(source);
    }
  }

  /** Ends the source; if it does not end, it is left alone. */
  #stop(source: number): ReturnType<typeof setTimeout> | undefined {
    const leave = () => this.#thread.leave(source);
    if (STUCK_KINDS.includes(this.#source.kind)) {
      leave();
      return undefined;
    }
    this.#thread.stop(source);
    return setTimeout(leave, ENDING_MILLISECONDS);
  }

  /** Tells the listeners of an event; returns its picture, if it has one. */
  #take(event: SourceEvent): SourcePart | undefined {
    const { events } = this.#source;
    switch (event.type) {
      case "part":
        return event.picture;
      case "jpeg":
        events.onJpeg(event.picture);
        break;
      case "notice":
        events.onNotice(event.message);
        break;
      case "warning":
        events.onWarning(event.message, event.retryMilliseconds);
        break;
      case "fault":
        events.onFault(event.kind, receivedError(event.error));
        break;
      case "begun":
        events.onBegin();
        break;
      case "signal":
        events.onSignal(event.present);
        break;
      case "state":
        events.onState(event.state, event.message);
        break;
      case "upstream":
        events.onUpstream(event.ids);
        break;
      case "format":
        events.onFormat(event.format);
        break;
      case "counts":
        this.#count(event.counts);
        break;
      case "end":
        if (event.error !== undefined) throw receivedError(event.error);
    }
    return undefined;
  }

  #count(counts: SourceCounts): void {
    const { stats } = this, { events } = this.#source;
    for (let i = stats.unchanged; i < counts.unchanged; i++) {
      events.onUnchanged();
    }
    for (let i = stats.refused; i < counts.refused; i++) events.onRefused();
    Object.assign(stats, counts);
  }
}

/** The options that cross to the thread: others are no business of sources. */
export function heeded(options: SourceOptions): SourceOptions {
  return {
    framesPerSecond: options.framesPerSecond,
    loop: options.loop,
    size: options.size,
    maxPixels: options.maxPixels,
    turn: options.turn,
    timestamp: options.timestamp,
    filter: options.filter,
    inputArguments: options.inputArguments,
    rtspTransport: options.rtspTransport,
    warmUpPictures: options.warmUpPictures,
    deleteAfterSeconds: options.deleteAfterSeconds,
    isSubfolder: options.isSubfolder,
    pollMilliseconds: options.pollMilliseconds,
    quality: options.quality,
    mode: options.mode,
    bitsPerSecond: options.bitsPerSecond,
    dither: options.dither,
    delayCentiseconds: options.delayCentiseconds,
    redisPrefix: options.redisPrefix,
    redisCa: options.redisCa,
  };
}
