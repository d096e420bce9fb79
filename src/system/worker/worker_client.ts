import { InlineService } from "./inline_service.ts";
import type { ServiceHost } from "./service_host.ts";
import { threadUrls, type WorkerModule } from "./worker_module.ts";
import type { WorkerMessage } from "./worker_service.ts";
import { WorkerThread } from "./worker_thread.ts";
import { withResolvers } from "../with_resolvers.ts";

/** Options of {@linkcode WorkerClient}. */
export interface WorkerClientOptions {
  /**
   * Milliseconds that one request may take, the start of the thread included,
   * but not the wait for others to start before.
   *
   * @default {undefined} no limit
   */
  timeoutMilliseconds?: number;
  /**
   * Milliseconds after a breakdown in which requests fail for the same reason,
   * so that a broken thread is not restarted all the time.
   *
   * @default {0}
   */
  restMilliseconds?: number;
  /** Called when the thread has broken down. */
  onBreakdown?: (error: Error) => void;
}

/** A request took longer than its limit. */
export class WorkerTimeoutError extends Error {
  /**
   * Makes the error.
   *
   * @param task The task, as in "decode picture".
   * @param timeoutMilliseconds The limit.
   */
  constructor(task: string, timeoutMilliseconds: number) {
    const seconds = timeoutMilliseconds / 1000;
    super(`Cannot ${task}: it takes longer than ${seconds} s`);
    this.name = "WorkerTimeoutError";
  }
}

/** A request that waits for its turn. */
interface Job<Request, Reply> {
  request: () => WorkerMessage<Request>;
  replied: PromiseWithResolvers<Reply>;
  isFirst: boolean;
}

/**
 * The client of a service that runs in a thread of its own and answers one
 * request after another. The first request starts the thread. If the thread
 * breaks down, or a request takes too long, that request fails, and the next
 * request starts a new thread.
 *
 * The service runs on this thread in runtimes without `Worker`, in programs
 * that may not read its module, and in bundles, which have no such file.
 */
export class WorkerClient<Request, Reply, Note = never> implements Disposable {
  readonly #module: WorkerModule<Request, Reply, Note>;
  readonly #options: WorkerClientOptions;
  readonly #jobs: Job<Request, Reply>[] = [];
  #busy = false;
  /** True if the job before was one of those that come first. */
  #wasFirst = false;
  #host: ServiceHost<Request, Reply, Note> | undefined;
  /** Modules to start the thread with if the current one fails. */
  #urls: URL[] = [];
  #failure: Error | undefined;
  #failedAtMilliseconds = -Infinity;

  /**
   * Makes a client; the thread starts later.
   *
   * @param module The service.
   * @param options Limits, and the listener for breakdowns.
   */
  constructor(
    module: WorkerModule<Request, Reply, Note>,
    options: WorkerClientOptions = {},
  ) {
    this.#module = module;
    this.#options = options;
  }

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#jobs.length;
  }

  /** True while a request is being answered. */
  get busy(): boolean {
    return this.#busy;
  }

  /**
   * Starts the thread early, so that the first request does not wait for it.
   *
   * @throws {Error} If there are too few file descriptors for it.
   */
  start(): void {
    if (this.#host !== undefined) return;
    const { restMilliseconds = 0 } = this.#options;
    const since = performance.now() - this.#failedAtMilliseconds;
    if (since < restMilliseconds) throw this.#failure;
    this.#urls = threadUrls(this.#module);
    this.#host = this.#nextHost();
  }

  /**
   * Starts the thread early, and resolves once it can be asked.
   *
   * @throws {Error} If there are too few file descriptors for it, or the
   * client is stopped.
   */
  async ready(): Promise<void> {
    await this.#readyHost();
  }

  /**
   * Answers a request after those before it.
   *
   * @param request Called when it is the turn of the request.
   * @param isFirst True: it comes before those that are not; of those, one has
   * its turn between two that are.
   * @throws {WorkerTimeoutError} If it takes too long.
   * @throws {Error} If the thread breaks down, or there are too few file
   * descriptors for one.
   */
  ask(
    request: () => WorkerMessage<Request>,
    isFirst: boolean = false,
  ): Promise<Reply> {
    const replied = withResolvers<Reply>();
    this.#jobs.push({ request, replied, isFirst });
    this.#next();
    return replied.promise;
  }

  /** Sends a note, which gets no answer, to the thread if it runs. */
  tell(note: Note, transfer?: Transferable[]): void {
    this.#host?.tell(note, transfer);
  }

  /**
   * Ends the thread at once; the next request starts another.
   *
   * @param reason The error of all open requests.
   */
  stop(reason: Error): void {
    const jobs = this.#jobs.splice(0);
    this.#end(reason);
    for (const { replied } of jobs) replied.reject(reason);
  }

  /** Stops the client. */
  [Symbol.dispose](): void {
    this.stop(new Error(`Cannot ${this.#module.task}: it is stopped`));
  }

  #next(): void {
    if (this.#busy) return;
    const job = this.#takeJob();
    if (job === undefined) return;
    this.#busy = true;
    this.#wasFirst = job.isFirst;
    const { request, replied } = job;
    this.#answer(request).finally(() => {
      this.#busy = false;
      this.#next();
    }).then(replied.resolve, replied.reject);
  }

  /** The oldest job of the kind whose turn it is, or of the other one. */
  #takeJob(): Job<Request, Reply> | undefined {
    const at = this.#jobs.findIndex(({ isFirst }) =>
      isFirst !== this.#wasFirst
    );
    return at < 0 ? this.#jobs.shift() : this.#jobs.splice(at, 1)[0];
  }

  async #answer(request: () => WorkerMessage<Request>): Promise<Reply> {
    const { timeoutMilliseconds } = this.#options;
    this.start();
    const host = this.#host!;
    if (host.turn !== undefined) {
      await host.turn;
      // Stopped meanwhile, it fails; another one would be started otherwise.
      if (host !== this.#host) await host.ready;
    }
    const timer = timeoutMilliseconds === undefined ? undefined : setTimeout(
      () => this.#giveUp(timeoutMilliseconds),
      timeoutMilliseconds,
    );
    try {
      const host = await this.#readyHost();
      return await host.ask(request());
    } finally {
      clearTimeout(timer);
    }
  }

  async #readyHost(): Promise<ServiceHost<Request, Reply, Note>> {
    this.start();
    for (let host = this.#host!;; host = this.#host = this.#nextHost()) {
      // A host that was stopped meanwhile fails its requests.
      if (await this.#isReady(host) || host !== this.#host) return host;
    }
  }

  async #isReady(host: ServiceHost<Request, Reply, Note>): Promise<boolean> {
    try {
      return await host.ready;
    } catch (error) {
      // When its turn came, there were too few descriptors: try again next time.
      if (host === this.#host) this.#host = undefined;
      throw error;
    }
  }

  #nextHost(): ServiceHost<Request, Reply, Note> {
    const url = this.#urls.shift();
    if (url === undefined) return new InlineService(this.#module);
    const { name, task } = this.#module;
    const onBreakdown = (error: Error) => {
      this.#host = undefined;
      this.#failure = error;
      this.#failedAtMilliseconds = performance.now();
      this.#options.onBreakdown?.(error);
    };
    return new WorkerThread(url, { name, task, onBreakdown });
  }

  #giveUp(milliseconds: number): void {
    this.#end(new WorkerTimeoutError(this.#module.task, milliseconds));
  }

  #end(reason: Error): void {
    this.#host?.stop(reason);
    this.#host = undefined;
  }
}
