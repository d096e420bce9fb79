/** Data for another thread. */
export interface WorkerMessage<Data> {
  /** The data. */
  data: Data;
  /** Buffers of it that are handed over instead of copied. */
  transfer: Transferable[];
}

/** Something that answers requests, one at a time. */
export interface WorkerService<Request, Reply, Note = never> {
  /** Answers a request. An error ends the thread. */
  answer(
    request: Request,
  ): WorkerMessage<Reply> | Promise<WorkerMessage<Reply>>;
  /** Takes what needs no answer. */
  note?(note: Note): void;
}

/** What a client sends to a thread. */
export type ToService<Request, Note> = { request: Request } | { note: Note };

/** What a thread sends: first that it is ready, then one reply a request. */
export type FromService<Reply> = { ready: true } | { reply: Reply };

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope<Request, Reply, Note> {
  onmessage: (event: MessageEvent<ToService<Request, Note>>) => void;
  postMessage(message: FromService<Reply>, transfer?: Transferable[]): void;
}

/** The name of the thread that this is; undefined: it is the program's own. */
export function threadName(): string | undefined {
  const { WorkerGlobalScope, name } = globalThis as {
    WorkerGlobalScope?: unknown;
    name?: string;
  };
  return WorkerGlobalScope === undefined ? undefined : name;
}

/**
 * Gives a service to whoever started this thread, if it is one of that name;
 * does nothing elsewhere, where the module was only imported.
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
