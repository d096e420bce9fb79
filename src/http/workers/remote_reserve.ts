import type {
  Reserve,
  ReserveEvents,
} from "../listening/descriptor_reserve.ts";

/** Events of a reserve to the main thread. */
export type ReserveEvent = { type: "connected" } | { type: "refused" };

/** Thousands of connections may come at a time. */
const TELL_MILLISECONDS = 5;

/** The reserve of the main thread, which keeps one for all threads. */
export class RemoteReserve implements Reserve {
  /** Listeners of the server, called when the main thread says so. */
  readonly events: ReserveEvents;
  readonly #tell: (event: ReserveEvent) => void;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param events What the server does.
   * @param tell Sends an event to the main thread.
   */
  constructor(events: ReserveEvents, tell: (event: ReserveEvent) => void) {
    this.events = events;
    this.#tell = tell;
  }

  lookSoon(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#tell({ type: "connected" });
    }, TELL_MILLISECONDS);
  }

  release(): void {
    this.#tell({ type: "refused" });
  }

  close(): void {
    clearTimeout(this.#telling);
  }
}
