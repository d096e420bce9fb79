import { delay } from "@std/async/delay";
import { clearTimeout, setTimeout } from "node:timers";
import type { Faults } from "../../log/faults.ts";
import { isOutOfDescriptors } from "../../system/spare_descriptors.ts";
import {
  DescriptorReserve,
  type Reserve,
  type ReserveEvents,
} from "./descriptor_reserve.ts";

/** Callbacks about the server as a whole. */
export interface ServerNotices {
  /**
   * Called when the server begins to refuse connections because no file
   * descriptors are left. Open connections go on.
   *
   * @default {undefined} reported as an unexpected error
   */
  onRefusing?: (message: string) => void;
  /**
   * Called when the server has taken connections again for one second.
   *
   * @default {() => {}}
   */
  onAccepting?: () => void;
  /**
   * Called with the number of clients each time some are cut off because they
   * go on sending after their requests.
   *
   * @default {() => {}}
   */
  onCutOff?: (clients: number) => void;
}

/** Options of {@linkcode Listening}. */
export interface ListeningOptions extends ServerNotices {
  /** Listens again at the same address. */
  begin: () => void | Promise<void>;
  /**
   * Takes no more connections; open ones go on. As a result,
   * {@linkcode Listening.refuse} is called.
   */
  end: () => void | Promise<void>;
  /** Listener for errors when the server cannot listen any more. */
  faults: Faults;
  /**
   * Makes the reserve of descriptors.
   *
   * @default {(events) => new DescriptorReserve(events)}
   */
  makeReserve?: (events: ReserveEvents) => Reserve;
}

/** The words for viewers who are refused. */
export const REFUSING =
  "Cannot take new viewers: no file descriptors are left; they are refused " +
  "until some are free (ulimit -n, or LimitNOFILE= of a systemd unit, allows " +
  "more)";

/** Waits before attempts to listen: the address may still be taken. */
const SHORTEST_WAIT_MILLISECONDS = 1;
const LONGEST_WAIT_MILLISECONDS = 100;

/** After this time without trouble, the server reports that it accepts. */
const CALM_MILLISECONDS = 1000;

/**
 * Stops a server from listening while no file descriptors are left. Clients
 * are then refused at once, and sources can still open files.
 */
export class Listening {
  readonly #options: ListeningOptions;
  readonly #reserve: Reserve;
  readonly #closed = new AbortController();
  #isRefusing = false;
  /** True from the report of refusals to the report of acceptance. */
  #isTold = false;
  #calm: NodeJS.Timeout | undefined;
  #isBeginning = false;
  #begun = Promise.resolve();
  #begunAt = -Infinity;
  #wait = SHORTEST_WAIT_MILLISECONDS;

  /** Made by a server that listens already. */
  constructor(options: ListeningOptions) {
    this.#options = options;
    const { makeReserve = ownReserve } = options;
    this.#reserve = makeReserve({
      onShort: options.end,
      onEnough: () => {
        if (this.#isRefusing) this.restart();
      },
    });
  }

  /** Called when a connection has come, which took a descriptor. */
  noticeConnection(): void {
    this.#reserve.lookSoon();
  }

  /**
   * Called when the server has stopped listening because no descriptors are
   * left. It listens again once there are enough.
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

  /** Listens again as soon as the address is free. */
  restart(): void {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    const calm = performance.now() - this.#begunAt > CALM_MILLISECONDS;
    if (calm) this.#wait = SHORTEST_WAIT_MILLISECONDS;
    this.#begun = this.#begin().finally(() => this.#isBeginning = false);
  }

  /** Gives up the reserve, and does not listen again. */
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

function ownReserve(events: ReserveEvents): Reserve {
  return new DescriptorReserve(events);
}
