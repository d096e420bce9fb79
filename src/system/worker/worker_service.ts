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
}

/** A message from a client to a thread. */
export type ToService<Request, Note> = { request: Request } | { note: Note };

/** A message from a thread: first that it is ready, then a reply a request. */
export type FromService<Reply> = { ready: true } | { reply: Reply };

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope<Request, Reply, Note> {
  onmessage: (event: MessageEvent<ToService<Request, Note>>) => void;
  postMessage(message: FromService<Reply>, transfer?: Transferable[]): void;
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
): void {
  if (threadName() !== name) return;
  const scope = globalThis as unknown as WorkerScope<Request, Reply, Note>;
  const service = start();
  scope.onmessage = async ({ data: message }) => {
    if ("note" in message) {
      service.note?.(message.note);
      return;
    }
    const { data, transfer } = await service.answer(message.request);
    scope.postMessage({ reply: data }, transfer);
  };
  scope.postMessage({ ready: true });
}
