import { delay } from "@std/async/delay";

const POLL_MILLISECONDS = 100;
/** After which there is no answer any more. */
const MOST_MILLISECONDS = 20_000;

/** Asks for `/healthz` again and again. */
export class Health {
  /** The slowest answer. */
  worstMilliseconds = 0;
  /** Answers so far. */
  answers = 0;
  /** Settled at the end; rejected if the server does not answer. */
  readonly done: Promise<void>;
  readonly #ending = new AbortController();

  constructor(address: string) {
    this.done = this.#poll(`${address}/healthz`);
    this.done.catch(() => {});
  }

  /** Asks no more. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.done;
  }

  async #poll(address: string): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const asked = performance.now();
      const response = await fetch(address, {
        signal: AbortSignal.timeout(MOST_MILLISECONDS),
      });
      await response.text();
      if (!response.ok) throw new Error(`healthz answers ${response.status}`);
      const milliseconds = performance.now() - asked;
      this.worstMilliseconds = Math.max(this.worstMilliseconds, milliseconds);
      this.answers++;
      await delay(POLL_MILLISECONDS);
    }
  }
}
