import type { SourcePart } from "../../encoding/frame_source.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import type {
  EventBatch,
  EventRequest,
} from "../../system/worker/event_messages.ts";
import {
  EventThread,
  type EventThreadOptions,
} from "../../system/worker/event_thread.ts";
import { receivedError } from "../../system/worker/sent_error.ts";
import {
  type WorkerModule,
  workerModule,
} from "../../system/worker/worker_module.ts";
import type { Events, Frames, SourceContext } from "./open_source.ts";
import { type SourceKind, STUCK_KINDS } from "./source_kind.ts";
import {
  SOURCE_THREAD,
  type SourceCounts,
  type SourceEvent,
  type SourceNote,
  type SourceOptions,
  type SourceTask,
} from "./source_messages.ts";

/** The module of a service that runs sources. */
export type SourceModule = WorkerModule<
  EventRequest<SourceTask>,
  EventBatch<SourceEvent>,
  SourceNote
>;

/** Listeners of a source in a thread. */
export interface SourceThreadEvents extends Events {
  /** Called for a frame that browsers could not show. */
  onRefused: () => void;
}

/** Options of a source in a thread, besides the input. */
export interface SourceThreadContext extends SourceContext {
  events: SourceThreadEvents;
  /**
   * As {@linkcode SourceTask} has it.
   *
   * @default {undefined}
   */
  place?: LogicalScreen;
}

/** A thread for one source after another. */
export type SourceThread = EventThread<SourceTask, SourceEvent, SourceNote>;

/** Options of the thread. */
export interface SourceThreadOptions extends EventThreadOptions {
  /**
   * A thread that was started before, for nothing else.
   *
   * @default {undefined} one that starts now
   */
  thread?: SourceThread;
  /**
   * The service.
   *
   * @default {SOURCE} that of this folder
   */
  module?: SourceModule;
}

/** Time for a source to end by itself, as by closing its files. */
const ENDING_MILLISECONDS = 1000;

const SOURCE: SourceModule = workerModule({
  name: SOURCE_THREAD,
  task: "play input",
  url: () => new URL("./source_worker.ts", import.meta.url),
  load: async () => {
    const { sourceService } = await import("./source_worker.ts");
    return sourceService;
  },
});

/** Starts a thread for a source that is opened later, and then at once. */
export async function prepareSourceThread(): Promise<SourceThread> {
  const thread = new EventThread(SOURCE);
  await thread.start();
  return thread;
}

/**
 * Opens an INPUT of the command line as {@linkcode openSource} does, in a
 * thread of its own, which makes a part of each frame. The thread ends with
 * the iteration.
 */
export function openSourceThread(
  input: string,
  kind: SourceKind,
  context: SourceThreadContext,
  options: SourceThreadOptions = {},
): Frames {
  return new ThreadSource({ input, kind, ...context }, options);
}

/**
 * True if a GIF file has its trailer: as `isFinishedGif()`, in a thread.
 *
 * @throws {Error} If it is no GIF, or cannot be read.
 */
export async function isFinishedInThread(path: string): Promise<boolean> {
  const thread = new EventThread(SOURCE);
  for await (const events of thread.run({ look: path })) {
    for (const event of events) {
      if (event.type === "finished") return event.isFinished;
    }
  }
  throw new Error(`Cannot read ${path}: its thread gave no answer`);
}

/** A source that runs in a thread of its own. */
class ThreadSource implements Frames {
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
    { thread, module = SOURCE, ...options }: SourceThreadOptions,
  ) {
    this.#source = source;
    this.#thread = thread ?? new EventThread(module, options);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePart, void> {
    const { input: play, kind, options, place, signal } = this.#source;
    if (signal.aborted) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => timer = this.#stop();
    signal.addEventListener("abort", stop);
    try {
      const task = { play, kind, options: heeded(options), place };
      for await (const events of this.#thread.run(task)) {
        for (const event of events) {
          const picture = this.#take(event);
          if (picture !== undefined && !signal.aborted) yield picture;
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  /** Ends the source, and if it does not, its thread. */
  #stop(): ReturnType<typeof setTimeout> | undefined {
    const reason = new Error(
      `Cannot play ${this.#source.input}: it is stopped`,
    );
    const end = () => this.#thread.stop(reason);
    if (STUCK_KINDS.includes(this.#source.kind)) {
      end();
      return undefined;
    }
    this.#thread.tell("stop");
    return setTimeout(end, ENDING_MILLISECONDS);
  }

  /** Tells the listeners of an event; returns its picture, if it has one. */
  #take(event: SourceEvent): SourcePart | undefined {
    const { events } = this.#source;
    switch (event.type) {
      case "part":
        return event.picture;
      case "notice":
        events.onNotice(event.message);
        break;
      case "warning":
        events.onWarning(event.message);
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
      case "counts":
        this.#count(event.counts);
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
function heeded(options: SourceOptions): SourceOptions {
  return {
    framesPerSecond: options.framesPerSecond,
    loop: options.loop,
    size: options.size,
    inputArguments: options.inputArguments,
    deleteAfterSeconds: options.deleteAfterSeconds,
    pollMilliseconds: options.pollMilliseconds,
    quality: options.quality,
    mode: options.mode,
    bitsPerSecond: options.bitsPerSecond,
    dither: options.dither,
    delayCentiseconds: options.delayCentiseconds,
  };
}
