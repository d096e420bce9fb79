import { delay } from "@std/async/delay";
import type { Faults } from "../channel/faults.ts";
import { DescriptorReserve } from "./descriptor_reserve.ts";
import { isOutOfDescriptors } from "./spare_descriptors.ts";

/** Tells about a server as a whole. */
export interface ServerNotices {
  /**
   * Called when a server refuses connections, since the system has no file
   * descriptors for them. Those that there are go on.
   *
   * @default {undefined} it counts as a mistake, and is told as one
   */
  onRefusing?: (message: string) => void;
  /**
   * Called when a server takes connections again.
   *
   * @default {() => {}}
   */
  onAccepting?: () => void;
}

/** Options of {@linkcode Listening}. */
export interface ListeningOptions extends ServerNotices {
  /** Listens once more, where the server did before. */
  begin: () => void | Promise<void>;
  /**
   * Takes no more connections; those that there are go on.
   *
   * @default {undefined} it ends by itself when the next cannot be taken
   */
  end?: () => void;
  /** Told when the server cannot listen any more. */
  faults: Faults;
}

const REFUSING =
  "Cannot take new viewers: no file descriptors are left; they are refused " +
  "until some are free (ulimit -n, or LimitNOFILE= of a systemd unit, allows " +
  "more)";

/** Between two attempts to listen: the first may find the address taken. */
const SHORTEST_WAIT_MILLISECONDS = 1;
const LONGEST_WAIT_MILLISECONDS = 100;

/**
 * Whether a server takes connections: not while there are no file descriptors
 * for them. Clients are then refused at once, and sources can open files.
 */
export class Listening {
  readonly #options: ListeningOptions;
  readonly #reserve: DescriptorReserve;
  readonly #closed = new AbortController();
  #isRefusing = false;
  #isBeginning = false;
  #begun = Promise.resolve();

  /** To be made by a server that listens. */
  constructor(options: ListeningOptions) {
    this.#options = options;
    this.#reserve = new DescriptorReserve({
      onShort: () => {
        if (options.end !== undefined) this.refuse();
      },
      onEnough: () => {
        if (this.#isRefusing) this.restart();
      },
    });
  }

  /** Takes notice of a connection, each of which takes a descriptor. */
  noticeConnection(): void {
    this.#reserve.lookSoon();
  }

  /** Takes no more connections until there are descriptors for them. */
  refuse(): void {
    if (this.#closed.signal.aborted) return;
    this.#reserve.release();
    if (this.#isRefusing) return;
    this.#isRefusing = true;
    const { end, onRefusing, faults } = this.#options;
    end?.();
    if (onRefusing !== undefined) onRefusing(REFUSING);
    else faults.note("program", new Error(REFUSING));
  }

  /** Listens anew, as soon as the address is free. */
  restart(): void {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    this.#begun = this.#begin().finally(() => this.#isBeginning = false);
  }

  /** Gives up what it keeps, and begins no more. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#reserve.close();
    await this.#begun;
  }

  async #begin(): Promise<void> {
    const { signal } = this.#closed;
    let wait = SHORTEST_WAIT_MILLISECONDS;
    let said = false;
    while (!signal.aborted) {
      try {
        await this.#options.begin();
        return this.#accept();
      } catch (error) {
        if (isOutOfDescriptors(error)) return this.refuse();
        if (wait >= LONGEST_WAIT_MILLISECONDS && !said) {
          this.#options.faults.note("program", error);
          said = true;
        }
      }
      await delay(wait);
      wait = Math.min(2 * wait, LONGEST_WAIT_MILLISECONDS);
    }
  }

  #accept(): void {
    if (!this.#isRefusing) return;
    this.#isRefusing = false;
    this.#options.onAccepting?.();
  }
}
