import {
  borrowThreads,
  loseThread,
  type ThreadLoss,
  type ToLentThread,
} from "../borrowed_thread.ts";
import { giveWay } from "../give_way.ts";

/** Data for another thread. */
export interface WorkerMessage<Data> {
  /** The data. */
  data: Data;
  /** Buffers of the data that are moved, not copied. */
  transfer: Transferable[];
}

/** A service that answers requests, one at a time. */
export interface WorkerService<Request, Reply, Note = never> {
  /** Answers a request. An error ends the thread. */
  answer(
    request: Request,
  ): WorkerMessage<Reply> | Promise<WorkerMessage<Reply>>;
  /** Takes a note, which gets no answer. */
  note?(note: Note): void;
  /** Ends what it does, where there is no thread to end with it. */
  close?(): void;
}

/** A message from a client to a thread. */
export type ToService<Request, Note> = { request: Request } | { note: Note };

/** A message from a thread: first that it is ready, then a reply a request. */
export type FromService<Reply> = { ready: true } | { reply: Reply };

/** What a thread is for. */
export interface ThreadOptions {
  /** True if it computes, and threads that send go first. Default: `false`. */
  givesWay?: boolean;
}

/** The place where the client is: a worker's global scope, or a port. */
interface Place<Request, Reply, Note> {
  onmessage:
    | ((event: MessageEvent<ToService<Request, Note>>) => void)
    | null;
  postMessage(message: FromService<Reply>, transfer: Transferable[]): void;
}

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope {
  onmessage:
    | ((event: MessageEvent<ToLentThread | ThreadLoss | object>) => void)
    | null;
  postMessage(message: object, transfer?: Transferable[]): void;
}

/** The name of the current worker; undefined on the main thread. */
export function threadName(): string | undefined {
  const { WorkerGlobalScope, name } = globalThis as {
    WorkerGlobalScope?: unknown;
    name?: string;
  };
  return WorkerGlobalScope === undefined ? undefined : name;
}

/**
 * Serves the client that started this thread, if the thread has that name. It
 * does nothing on other threads, which have only imported the module.
 */
export function serveThread<Request, Reply, Note>(
  name: string,
  start: () => WorkerService<Request, Reply, Note>,
  { givesWay = false }: ThreadOptions = {},
): void {
  if (threadName() !== name) return;
  if (givesWay) giveWay();
  const scope = globalThis as unknown as WorkerScope;
  borrowThreads(scope);
  const service = start();
  serveAt(scope as Place<Request, Reply, Note>, service);
  const { onmessage } = scope;
  scope.onmessage = (event) => {
    const { data } = event;
    if ("port" in data) serveAt(data.port, service);
    else if ("lost" in data) loseThread(data);
    else onmessage?.(event);
  };
}

function serveAt<Request, Reply, Note>(
  place: Place<Request, Reply, Note>,
  service: WorkerService<Request, Reply, Note>,
): void {
  place.onmessage = async ({ data: message }) => {
    if ("note" in message) {
      service.note?.(message.note);
      return;
    }
    const { data, transfer } = await service.answer(message.request);
    place.postMessage({ reply: data }, transfer);
  };
  place.postMessage({ ready: true }, []);
}
