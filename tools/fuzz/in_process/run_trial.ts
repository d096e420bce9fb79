import type { Failures } from "../failures.ts";
import { Inputs } from "../inputs/inputs.ts";
import type { Samples } from "../inputs/samples.ts";
import type { FuzzOptions } from "../options.ts";
import type { Progress } from "../progress.ts";
import { addTally, emptyTally, type Tally, tallyInWords } from "./tally.ts";
import { BOARD, type TrialAnswer, type TrialRequest } from "./trial_worker.ts";

/** An input that takes longer is given up. */
const GIVE_UP_MILLISECONDS = 30_000;
const LOOK_MILLISECONDS = 500;

/** Tries all inputs in a thread, and goes on after one that hangs. */
export async function runTrial(
  options: FuzzOptions,
  samples: Samples,
  { failures, progress, signal }: {
    failures: Failures;
    progress: Progress;
    signal: AbortSignal;
  },
): Promise<string> {
  const { seed, first, count } = options;
  const total = emptyTally();
  const inputs = new Inputs(seed, samples);
  for (let next = first; next < first + count && !signal.aborted;) {
    const board = new Int32Array(new SharedArrayBuffer(4 * BOARD.length));
    const left = first + count - next;
    const request = { seed, samples, first: next, count: left, board };
    const thread = new Thread(request, failures);
    const look = setInterval(() => {
      if (signal.aborted) Atomics.store(board, BOARD.stop, 1);
      const number = Atomics.load(board, BOARD.number);
      const parts = total.parts + Atomics.load(board, BOARD.parts);
      progress.show(
        number - first,
        `${parts} parts, ${failures.count} failed`,
      );
      thread.look(number);
    }, LOOK_MILLISECONDS);
    const answer = await thread.done;
    clearInterval(look);
    if (typeof answer !== "number") {
      addTally(total, answer);
      break;
    }
    const { kind, bytes } = inputs.of(answer);
    const message = `does not end: given up after ${GIVE_UP_MILLISECONDS} ms`;
    await failures.keep({ number: answer, kind, message, bytes });
    total.inputs += answer - next + 1;
    next = answer + 1;
  }
  return tallyInWords(total);
}

/** The thread, until it is done or given up. */
class Thread {
  /** What became of the inputs, or the number of the one that hangs. */
  readonly done: Promise<Tally | number>;
  readonly #done = Promise.withResolvers<Tally | number>();
  readonly #worker: Worker;
  #number = -1;
  #since = performance.now();

  constructor(request: TrialRequest, failures: Failures) {
    this.#worker = new Worker(import.meta.resolve("./trial_worker.ts"), {
      type: "module",
    });
    const kept: Promise<void>[] = [];
    this.#worker.onmessage = ({ data }: MessageEvent<TrialAnswer>) => {
      if ("failure" in data) kept.push(failures.keep(data.failure));
      else this.#done.resolve(data.tally);
    };
    this.#worker.onerror = (event) => this.#done.reject(event.error ?? event);
    this.done = this.#done.promise.finally(async () => {
      this.#worker.terminate();
      await Promise.all(kept);
    });
    this.#worker.postMessage(request);
  }

  /** Gives the thread up if it has been at the same input for too long. */
  look(number: number): void {
    const now = performance.now();
    if (number !== this.#number) {
      this.#number = number;
      this.#since = now;
    } else if (now - this.#since > GIVE_UP_MILLISECONDS) {
      this.#done.resolve(number);
    }
  }
}
