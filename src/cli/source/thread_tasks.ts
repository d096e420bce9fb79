import { receivedError } from "../../system/worker/sent_error.ts";
import { aborted } from "../../timing/aborted.ts";
import type { Events } from "./source_context.ts";
import type { SourceKind } from "./source_kind.ts";
import type {
  SourceEvent,
  SourceOptions,
  SourceTask,
} from "./source_messages.ts";
import { heeded, SourceThread } from "./source_thread.ts";

/**
 * True if a GIF file has its trailer: as `isFinishedGif()`, in a thread.
 *
 * @throws {Error} If it is no GIF, or cannot be read.
 */
export async function isFinishedInThread(path: string): Promise<boolean> {
  let isFinished = false;
  await runTask(new SourceThread(), { look: path }, undefined, (event) => {
    if (event.type === "finished") isFinished = event.isFinished;
  });
  return isFinished;
}

/** Listeners for the channels that there are at an address. */
export interface ChannelListeners {
  /** Called when a channel is there, or gone. */
  onChannel: (name: string, title: string, isGone: boolean) => void;
  onNotice: (message: string) => void;
  onWarning: (message: string) => void;
}

/** Tells which channels there are at an address, until the signal is aborted. */
export async function followChannelsInThread(
  thread: SourceThread,
  { address, options, signal, onChannel, ...listeners }: ChannelListeners & {
    address: string;
    options: SourceOptions;
    signal: AbortSignal;
  },
): Promise<void> {
  const task = { channelsOf: address, options: heeded(options) };
  await runTask(thread, task, signal, (event) => {
    tell(event, listeners);
    if (event.type !== "channel") return;
    onChannel(event.name, event.title, event.isGone);
  });
}

/**
 * Waits until the signal is aborted. Meanwhile, the old frames of a folder are
 * removed as if it were read.
 */
export async function idleInThread(
  thread: SourceThread,
  { input, kind, options, events }: {
    input: string;
    kind: SourceKind;
    options: Pick<SourceOptions, "deleteAfterSeconds">;
    events: Listeners;
  },
  signal: AbortSignal,
): Promise<void> {
  const { deleteAfterSeconds } = options;
  if (kind !== "folder" || deleteAfterSeconds === undefined) {
    return await aborted(signal);
  }
  const task = { clean: input, deleteAfterSeconds };
  await runTask(thread, task, signal, (event) => tell(event, events));
}

type Listeners = Pick<Events, "onNotice" | "onWarning">;

function tell(event: SourceEvent, { onNotice, onWarning }: Listeners): void {
  if (event.type === "notice") onNotice(event.message);
  if (event.type === "warning") onWarning(event.message);
}

/** Runs a task that gives no parts, until it or the signal ends it. */
async function runTask(
  thread: SourceThread,
  task: SourceTask,
  signal: AbortSignal | undefined,
  onEvent: (event: SourceEvent) => void,
): Promise<void> {
  if (signal?.aborted) return;
  const { source, events } = thread.open(task);
  const stop = () => thread.stop(source);
  signal?.addEventListener("abort", stop);
  try {
    for (;;) {
      const event = await events.next();
      onEvent(event);
      if (event.type !== "end") continue;
      if (event.error !== undefined) throw receivedError(event.error);
      return;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    thread.leave(source);
  }
}
