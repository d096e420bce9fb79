import type { Client } from "./client.ts";

/** A viewer who had no room so often is slow. */
const SLOW_SKIPS = 10;

/** A slow viewer who had room for so many parts, one after the other, is not. */
const FAST_PARTS = 100;

/**
 * Tells when a viewer has room: one who is slow, when the parts before have
 * arrived, or nearly. What the server and the system keep would make the viewer
 * late.
 */
export class ViewerPace {
  readonly #client: Pick<Client, "noticeSlow" | "hasDrained">;
  /** Times that there was no room for a part. */
  #skipped = 0;
  /** Parts since there was no room for one. */
  #taken = 0;

  /** @param client The viewer. */
  constructor(client: Pick<Client, "noticeSlow" | "hasDrained">) {
    this.#client = client;
  }

  /**
   * True if the viewer has room for another part.
   *
   * @param isFree True if the server has room for it.
   */
  hasRoom(isFree: boolean): boolean {
    const isSlow = this.#skipped >= SLOW_SKIPS;
    if (isFree && (!isSlow || this.#client.hasDrained())) return true;
    this.#taken = 0;
    // By then the server knows its connection; one burst is no sign.
    if (++this.#skipped === SLOW_SKIPS) this.#client.noticeSlow();
    return false;
  }

  /** A part was sent. */
  sent(): void {
    if (++this.#taken >= FAST_PARTS) this.#skipped = 0;
  }

  /** What was sent waits all the time. */
  lag(): void {
    if (this.#skipped >= SLOW_SKIPS) return;
    this.#skipped = SLOW_SKIPS;
    this.#client.noticeSlow();
  }
}
