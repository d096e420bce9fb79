import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import { StreamConnection } from "../../channel/viewers/stream_connection.ts";
import type { Client } from "./client.ts";
import { ViewerPace } from "./viewer_pace.ts";

/** A viewer of a stream who is watched as long as it lasts. */
export class WatchedConnection extends StreamConnection {
  readonly #client: Client;
  readonly #pace: ViewerPace;
  readonly #forget: () => void;

  /** @param client The viewer. */
  constructor(client: Client) {
    super();
    this.#client = client;
    const pace = this.#pace = new ViewerPace(client);
    const leave = () => {
      this.onLeave();
      this.abort(new CutOffError("Viewer cut off: it has gone, or sends"));
    };
    this.#forget = client.watch({
      cut: leave,
      leave,
      lag: () => pace.lag(),
    });
  }

  override get hasRoom(): boolean {
    return this.#pace.hasRoom(super.hasRoom);
  }

  override send(bytes: Uint8Array): void {
    this.#pace.sent();
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
