/**
 * Threads of threads. Deno 2.9 takes a second until a worker that a worker has
 * started gets its first message, and 50 ms where the program's first thread
 * starts it. So a thread borrows its threads from the one that started it, and
 * talks to them through a port.
 *
 * @module
 */

/** A message of a thread to the one that started it. */
export type FromBorrower =
  /** Asks for a thread, which listens at the port. */
  | {
    borrow: { id: number; module: string; name?: string };
    port: MessagePort;
  }
  /** Ends a thread. */
  | { giveBack: number };

/** The answer, if a thread breaks down or cannot be had. */
export interface ThreadLoss {
  lost: number;
  message: string;
}

/** The first message to such a thread: it is to listen at the port. */
export interface ToLentThread {
  port: MessagePort;
}

/** As much of a `Worker` as a borrowed thread has. */
export interface Thread {
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  terminate(): void;
}

/** The global scope of a thread, as its threads see it. */
interface Lender {
  postMessage(message: FromBorrower, transfer?: Transferable[]): void;
}

let lender: Lender | undefined;
let lastId = 0;
const borrowed = new Map<number, BorrowedThread>();

/** Borrows all threads from now on: the other end must lend them. */
export function borrowThreads(from: Lender): void {
  lender = from;
}

/**
 * Borrows a thread; undefined where threads are not borrowed.
 *
 * @param module The module that the thread runs.
 * @param name The name that the thread sees.
 */
export function borrowThread(
  module: string,
  name?: string,
): Thread | undefined {
  return lender && new BorrowedThread(lender, module, name);
}

/** Tells a borrowed thread that it is lost. */
export function loseThread({ lost, message }: ThreadLoss): void {
  borrowed.get(lost)?.lose(message);
}

class BorrowedThread implements Thread {
  onerror: Thread["onerror"] = null;
  readonly #id = ++lastId;
  readonly #lender: Lender;
  readonly #port: MessagePort;

  constructor(from: Lender, module: string, name?: string) {
    const { port1, port2 } = new MessageChannel();
    this.#lender = from;
    this.#port = port1;
    borrowed.set(this.#id, this);
    const borrow = { id: this.#id, module, name };
    from.postMessage({ borrow, port: port2 }, [port2]);
  }

  get onmessage(): Thread["onmessage"] {
    return this.#port.onmessage;
  }

  set onmessage(listener: Thread["onmessage"]) {
    this.#port.onmessage = listener;
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  terminate(): void {
    this.#port.close();
    if (borrowed.delete(this.#id)) {
      this.#lender.postMessage({ giveBack: this.#id });
    }
  }

  lose(message: string): void {
    this.#port.close();
    borrowed.delete(this.#id);
    this.onerror?.(new ErrorEvent("error", { message }));
  }
}
