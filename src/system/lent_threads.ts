import { errorMessage } from "./error_message.ts";
import type {
  FromBorrower,
  ThreadLoss,
  ToLentThread,
} from "./borrowed_thread.ts";

/** Starts a worker of a module. */
type Start = (module: string, name?: string) => Worker;

/** The threads that another thread has asked for: they end with it. */
export class LentThreads {
  readonly #workers = new Map<number, Worker>();
  readonly #start: Start;
  readonly #tell: (loss: ThreadLoss) => void;

  /**
   * @param start Starts a worker.
   * @param tell Tells the borrower that a thread is lost.
   */
  constructor(start: Start, tell: (loss: ThreadLoss) => void) {
    this.#start = start;
    this.#tell = tell;
  }

  /** Takes a message of the borrower; false if it is about something else. */
  take(message: object): boolean {
    const asked = message as Partial<FromBorrower>;
    if ("borrow" in asked) this.#lend(asked as FromBorrower);
    else if ("giveBack" in asked) this.#end(asked.giveBack!);
    else return false;
    return true;
  }

  /** Ends all of them. */
  end(): void {
    for (const id of this.#workers.keys()) this.#end(id);
  }

  #lend(asked: FromBorrower): void {
    if (!("borrow" in asked)) return;
    const { borrow: { id, module, name }, port } = asked;
    try {
      const worker = this.#start(module, name);
      this.#workers.set(id, worker);
      worker.onerror = (event) => {
        // The error would end the program otherwise.
        event.preventDefault();
        this.#lose(id, event.message);
      };
      const first: ToLentThread = { port };
      worker.postMessage(first, [port]);
    } catch (error) {
      this.#lose(id, errorMessage(error));
    }
  }

  #lose(id: number, message: string): void {
    this.#end(id);
    this.#tell({ lost: id, message });
  }

  #end(id: number): void {
    this.#workers.get(id)?.terminate();
    this.#workers.delete(id);
  }
}
