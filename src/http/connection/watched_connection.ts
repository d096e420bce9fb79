import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import { StreamConnection } from "../../channel/viewers/stream_connection.ts";
import type { Client } from "./client.ts";

/** A viewer who had no room so often is slow. */
const SLOW_SKIPS = 10;

/** A slow viewer who had room for so many parts, one after the other, is not. */
const FAST_PARTS = 100;

/** A viewer of a stream who is watched as long as it lasts. */
export class WatchedConnection extends StreamConnection {
  readonly #client: Client;
  readonly #forget: () => void;
  /** Times that there was no room for a part. */
  #skipped = 0;
  /** Parts since there was no room for one. */
  #taken = 0;

  /** @param client The viewer. */
  constructor(client: Client) {
    super();
    this.#client = client;
    const leave = () => {
      this.onLeave();
      this.abort(new CutOffError("Viewer cut off: it has gone, or sends"));
    };
    const lag = () => {
      if (this.#skipped >= SLOW_SKIPS) return;
      this.#skipped = SLOW_SKIPS;
      this.#client.noticeSlow();
    };
    this.#forget = client.watch({ cut: leave, leave, lag });
  }

  /**
   * To a slow viewer the next part is sent when those before have arrived, or
   * nearly. What the server and the system keep would make the viewer late.
   */
  override get hasRoom(): boolean {
    const isSlow = this.#skipped >= SLOW_SKIPS;
    if (super.hasRoom && (!isSlow || this.#client.hasDrained())) return true;
    this.#taken = 0;
    // By then the server knows its connection; one burst is no sign.
    if (++this.#skipped === SLOW_SKIPS) this.#client.noticeSlow();
    return false;
  }

  override send(bytes: Uint8Array): void {
    if (++this.#taken >= FAST_PARTS) this.#skipped = 0;
    super.send(bytes);
  }

  override cancel(): void {
    this.#forget();
    super.cancel();
  }

  override end(): void {
    this.#forget();
    super.end();
  }

  override abort(reason: Error): void {
    super.abort(reason);
    // Deno does not look at that while it waits for one who takes nothing.
    this.#client.hangUp();
    this.#forget();
  }
}
