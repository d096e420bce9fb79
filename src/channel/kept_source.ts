import {
  type SourceChange,
  type SourceStatus,
  stateByLateness,
  stateWithPicture,
  unknownSource,
} from "./source_state.ts";

/** Time for which a mistake is told of a source that goes on. */
const MESSAGE_MILLISECONDS = 60_000;

/** The source of a channel as last set, and what time makes of that. */
export class KeptSource {
  #status = unknownSource();
  #messageAt = 0;
  /** When it is tried again, by the clock. */
  #retryAt = -Infinity;
  readonly #now: () => number;

  /** @param now A clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The source; a mistake of a live one is forgotten after a minute. */
  get status(): Readonly<SourceStatus> {
    const { state, message } = this.#status;
    const isOld = this.#now() - this.#messageAt > MESSAGE_MILLISECONDS;
    if (message !== null && state === "live" && isOld) {
      this.#status = { ...this.#status, message: null };
    }
    return this.#status;
  }

  /** Sets what is not omitted. */
  set({ retryMilliseconds, ...change }: SourceChange): void {
    const now = this.#now();
    if (change.message !== undefined) this.#messageAt = now;
    if (retryMilliseconds !== undefined) {
      this.#retryAt = now + retryMilliseconds;
    }
    this.#status = { ...this.#status, ...change };
  }

  /** A picture has come. */
  pictureCame(): void {
    const state = stateWithPicture(this.#status.state);
    if (state === this.#status.state) return;
    // What was wrong before is so no longer.
    this.#status = { ...this.#status, state, message: null };
  }

  /** The source, by what it has given. */
  reported(isLate: boolean): SourceStatus {
    const { status } = this;
    return { ...status, state: stateByLateness(status.state, isLate) };
  }

  /** Milliseconds until it is tried again; null if it waits for no such time. */
  get retryMilliseconds(): number | null {
    const rest = Math.round(this.#retryAt - this.#now());
    return rest > 0 && this.#status.state !== "live" ? rest : null;
  }
}
