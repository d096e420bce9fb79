import { delay } from "@std/async/delay";
import { clearTimeout, setTimeout } from "node:timers";
import type { Faults } from "../../log/faults.ts";
import { isOutOfDescriptors } from "../../system/spare_descriptors.ts";
import { DescriptorReserve } from "./descriptor_reserve.ts";

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
   * Called when a server takes connections again, and has for a second.
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
   * Takes no more connections; those that there are go on. Where that is not
   * possible, it brings about that {@linkcode Listening.refuse} is called.
   */
  end: () => void | Promise<void>;
  /** Told when the server cannot listen any more. */
  faults: Faults;
}

const REFUSING =
  "Cannot take new viewers: no file descriptors are left; they are refused " +
  "until some are free (ulimit -n, or LimitNOFILE= of a systemd unit, allows " +
  "more)";

/** Before an attempt to listen: the first may find the address taken still. */
const SHORTEST_WAIT_MILLISECONDS = 1;
const LONGEST_WAIT_MILLISECONDS = 100;

/** What goes well for so long is told, and is a new beginning. */
const CALM_MILLISECONDS = 1000;

/**
 * Whether a server takes connections: not while there are no file descriptors
 * for them. Clients are then refused at once, and sources can open files.
 */
export class Listening {
  readonly #options: ListeningOptions;
  readonly #reserve: DescriptorReserve;
  readonly #closed = new AbortController();
  #isRefusing = false;
  /** Whether it was told that it refuses, and not yet that it does no more. */
  #isTold = false;
  #calm: NodeJS.Timeout | undefined;
  #isBeginning = false;
  #begun = Promise.resolve();
  #begunAt = -Infinity;
  #wait = SHORTEST_WAIT_MILLISECONDS;

  /** To be made by a server that listens. */
  constructor(options: ListeningOptions) {
    this.#options = options;
    this.#reserve = new DescriptorReserve({
      onShort: options.end,
      onEnough: () => {
        if (this.#isRefusing) this.restart();
      },
    });
  }

  /** To be called when a connection has come, which took a descriptor. */
  noticeConnection(): void {
    this.#reserve.lookSoon();
  }

  /**
   * To be called when the server takes no more connections, since there are no
   * descriptors for them: it is told to begin once there are.
   */
  refuse(): void {
    if (this.#closed.signal.aborted) return;
    this.#reserve.release();
    if (this.#isRefusing) return;
    this.#isRefusing = true;
    clearTimeout(this.#calm);
    if (!this.#isTold) this.#tell();
    this.#isTold = true;
  }

  /** Listens anew, as soon as the address is free. */
  restart(): void {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    const calm = performance.now() - this.#begunAt > CALM_MILLISECONDS;
    if (calm) this.#wait = SHORTEST_WAIT_MILLISECONDS;
    this.#begun = this.#begin().finally(() => this.#isBeginning = false);
  }

  /** Gives up what it keeps, and begins no more. */
  async close(): Promise<void> {
    this.#closed.abort();
    clearTimeout(this.#calm);
    this.#reserve.close();
    await this.#begun;
  }

  async #begin(): Promise<void> {
    for (let told = false;;) {
      await delay(this.#wait);
      if (this.#closed.signal.aborted) return;
      this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MILLISECONDS);
      try {
        await this.#options.begin();
        return this.#accept();
      } catch (error) {
        if (isOutOfDescriptors(error)) return this.refuse();
        if (told || this.#wait < LONGEST_WAIT_MILLISECONDS) continue;
        this.#options.faults.note("program", error);
        told = true;
      }
    }
  }

  #accept(): void {
    this.#begunAt = performance.now();
    if (!this.#isRefusing) return;
    this.#isRefusing = false;
    this.#calm = setTimeout(() => {
      this.#isTold = false;
      this.#options.onAccepting?.();
    }, CALM_MILLISECONDS).unref();
  }

  #tell(): void {
    const { onRefusing, faults } = this.#options;
    if (onRefusing !== undefined) onRefusing(REFUSING);
    else faults.note("program", new Error(REFUSING));
  }
}
