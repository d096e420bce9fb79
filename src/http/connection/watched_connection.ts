import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import { StreamConnection } from "../../channel/viewers/stream_connection.ts";
import type { Client } from "./client.ts";

const SLOW_SKIPS = 10;

/** A viewer of a stream who is watched as long as it lasts. */
export class WatchedConnection extends StreamConnection {
  readonly #client: Client;
  readonly #forget: () => void;
  /** Times that there was no room for a part. */
  #skipped = 0;

  /** @param client The viewer. */
  constructor(client: Client) {
    super();
    this.#client = client;
    const leave = () => {
      this.onLeave();
      this.abort(new CutOffError("Viewer cut off: it has gone, or sends"));
    };
    this.#forget = client.watch({ cut: leave, leave });
  }

  override get hasRoom(): boolean {
    const hasRoom = super.hasRoom;
    if (hasRoom) return true;
    // By then the server knows its connection; one burst is no sign.
    if (++this.#skipped === SLOW_SKIPS) this.#client.noticeSlow();
    return false;
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
