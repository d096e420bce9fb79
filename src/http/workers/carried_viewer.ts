import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import { sendFirst } from "../../channel/viewers/fanout.ts";
import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";

/** Chunks that wait for the connection; more would be lag. */
const MAX_EARLY_CHUNKS = 2;

/**
 * A viewer whose connection this thread has. What comes before the connection
 * waits for it.
 */
export class CarriedViewer {
  /** True if the main thread was told that there is no room. */
  isFull: boolean = false;
  #connection: ViewerConnection | undefined;
  #early: ((connection: ViewerConnection) => void)[] = [];

  /** True if the connection has room for another chunk. */
  get hasRoom(): boolean {
    return this.#connection?.hasRoom ?? this.#early.length < MAX_EARLY_CHUNKS;
  }

  /** Takes the connection, and sends what has come so far. */
  connect(connection: ViewerConnection): void {
    this.#connection = connection;
    for (const act of this.#early.splice(0)) act(connection);
  }

  /** Sends a chunk. */
  send(bytes: Uint8Array): void {
    // No closure for each chunk of each viewer.
    if (this.#connection !== undefined) this.#connection.send(bytes);
    else this.#early.push((connection) => connection.send(bytes));
  }

  /** Sends the first chunks of the stream. */
  sendFirst(chunks: readonly Uint8Array[]): void {
    this.#act((connection) => sendFirst(connection, chunks));
  }

  /** Ends the stream after the chunks sent so far. */
  end(): void {
    this.#act((connection) => connection.end());
  }

  /** Cuts the connection. */
  abort(reason: string): void {
    this.#act((connection) => connection.abort(new CutOffError(reason)));
  }

  #act(act: (connection: ViewerConnection) => void): void {
    if (this.#connection !== undefined) act(this.#connection);
    else this.#early.push(act);
  }
}
