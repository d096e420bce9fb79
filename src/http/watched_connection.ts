import { CutOffError } from "../channel/cut_off_error.ts";
import { StreamConnection } from "../channel/stream_connection.ts";
import type { WatchClient } from "./call.ts";

/** A viewer of a stream who is watched as long as it lasts. */
export class WatchedConnection extends StreamConnection {
  readonly #forget: () => void;

  /** @param watch Watches the viewer. */
  constructor(watch: WatchClient) {
    super();
    const leave = () => {
      this.onLeave();
      this.abort(new CutOffError("Viewer cut off: it went on sending"));
    };
    this.#forget = watch({ cut: leave, leave });
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
    this.#forget();
    super.abort(reason);
  }
}
