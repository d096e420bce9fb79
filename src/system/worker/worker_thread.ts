import type { Thread } from "../borrowed_thread.ts";
import { LentThreads } from "../lent_threads.ts";
import { startInTurn } from "./thread_starts.ts";
import { startLentWorker, startWorker } from "../start_worker.ts";
import type { ServiceHost } from "./service_host.ts";
import type {
  FromService,
  ToService,
  WorkerMessage,
} from "./worker_service.ts";
import { withResolvers } from "../with_resolvers.ts";

/** Options of {@linkcode WorkerThread}. */
export interface WorkerThreadOptions {
  /** The name of the thread. */
  name: string;
  /** The task that fails when the thread breaks down. */
  task: string;
  /** Called when the thread breaks down after it was ready. */
  onBreakdown: (error: Error) => void;
}

/** A thread of its own with a service. */
export class WorkerThread<Request, Reply, Note>
  implements ServiceHost<Request, Reply, Note> {
  readonly ready: Promise<boolean>;
  readonly #ready = withResolvers<boolean>();
  /** Undefined until it is the turn of this thread to be started. */
  #worker: Thread | undefined;
  readonly #turn = withResolvers<void>();
  readonly #endStart: () => void;
  /** Messages from before. */
  #unsent: [ToService<Request, Note>, Transferable[]][] = [];
  readonly #lent = new LentThreads(
    startLentWorker,
    (loss) => this.#worker?.postMessage(loss),
  );
  readonly #options: WorkerThreadOptions;
  #isReady = false;
  #stopped: Error | undefined;
  #waiting: PromiseWithResolvers<Reply> | undefined;

  /**
   * Starts the thread, at once if few others are starting.
   *
   * @param url The module that it runs.
   * @throws {Error} If there are too few file descriptors for it.
   */
  constructor(url: URL, options: WorkerThreadOptions) {
    this.#options = options;
    this.ready = this.#ready.promise;
    // The thread may be stopped before anybody waits for it.
    this.ready.catch(() => {});
    let isLater = false;
    this.#endStart = startInTurn(() => {
      if (isLater) this.#startLater(url);
      else this.#start(url);
    });
    isLater = true;
  }

  get turn(): Promise<void> | undefined {
    return this.#worker === undefined ? this.#turn.promise : undefined;
  }

  ask({ data, transfer }: WorkerMessage<Request>): Promise<Reply> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    this.#waiting = withResolvers();
    this.#post({ request: data }, transfer);
    return this.#waiting.promise;
  }

  tell(note: Note, transfer: Transferable[] = []): void {
    this.#post({ note }, transfer);
  }

  stop(reason: Error): void {
    this.#stopped = reason;
    this.#endStart();
    this.#turn.resolve();
    this.#unsent = [];
    this.#worker?.terminate();
    this.#lent.end();
    this.#ready.reject(reason);
    this.#waiting?.reject(reason);
  }

  #start(url: URL): void {
    const worker = startWorker(url, this.#options.name);
    this.#worker = worker;
    this.#turn.resolve();
    worker.onmessage = ({ data }: MessageEvent<FromService<Reply>>) => {
      if (this.#lent.take(data)) return;
      if ("reply" in data) this.#waiting?.resolve(data.reply);
      else this.#begin();
    };
    worker.onerror = (event) => {
      // The error would end the program otherwise.
      event.preventDefault();
      this.#breakDown(event.message);
    };
    for (const message of this.#unsent.splice(0)) this.#post(...message);
  }

  /** Nobody is there to be told but those who wait for the thread. */
  #startLater(url: URL): void {
    try {
      this.#start(url);
    } catch (error) {
      this.stop(error as Error);
    }
  }

  #post(message: ToService<Request, Note>, transfer: Transferable[]): void {
    if (this.#worker === undefined) this.#unsent.push([message, transfer]);
    else this.#worker.postMessage(message, transfer);
  }

  #begin(): void {
    this.#isReady = true;
    this.#endStart();
    this.#ready.resolve(true);
  }

  #breakDown(message: string): void {
    const { task, onBreakdown } = this.#options;
    const error = new Error(`Cannot ${task}: ${message}`);
    if (this.#isReady) onBreakdown(error);
    else this.#ready.resolve(false);
    this.stop(error);
  }
}
