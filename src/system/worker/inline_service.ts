import { loadModule } from "../load_module.ts";
import type { ServiceHost } from "./service_host.ts";
import type { WorkerModule } from "./worker_module.ts";
import type { WorkerMessage, WorkerService } from "./worker_service.ts";
import { withResolvers } from "../with_resolvers.ts";

/** A service on this thread, where it cannot have a thread of its own. */
export class InlineService<Request, Reply, Note>
  implements ServiceHost<Request, Reply, Note> {
  readonly ready: Promise<boolean>;
  readonly #module: WorkerModule<Request, Reply, Note>;
  #service: WorkerService<Request, Reply, Note> | undefined;
  #waiting: PromiseWithResolvers<Reply> | undefined;
  #stopped: Error | undefined;
  /** Notes that came before the service was there. */
  readonly #early: Note[] = [];

  /** @param module Loaded early; if that fails, at the first request. */
  constructor(module: WorkerModule<Request, Reply, Note>) {
    this.#module = module;
    this.ready = this.#load().then(() => true, () => true);
  }

  ask({ data }: WorkerMessage<Request>): Promise<Reply> {
    if (this.#stopped !== undefined) return Promise.reject(this.#stopped);
    const waiting = this.#waiting = withResolvers();
    this.#answer(data).then(waiting.resolve, (error) => {
      // The state of the service is unknown after an error.
      this.#service = undefined;
      waiting.reject(error);
    });
    return waiting.promise;
  }

  tell(note: Note): void {
    if (this.#service === undefined) this.#early.push(note);
    else this.#service.note?.(note);
  }

  stop(reason: Error): void {
    this.#stopped = reason;
    this.#service?.close?.();
    this.#waiting?.reject(reason);
  }

  #load(): Promise<() => WorkerService<Request, Reply, Note>> {
    return loadModule(() => this.#module.load());
  }

  async #answer(request: Request): Promise<Reply> {
    this.#service ??= (await this.#load())();
    for (const note of this.#early.splice(0)) this.#service.note?.(note);
    // Bytes that wait to be sent go first.
    await new Promise((resolve) => setTimeout(resolve));
    return (await this.#service.answer(request)).data;
  }
}
