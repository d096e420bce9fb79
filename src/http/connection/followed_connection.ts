import { sendFirst } from "../../channel/viewers/fanout.ts";
import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";
import type { StreamAnswer } from "../answer/stream_answer.ts";

/** A connection whose end is told, which otherwise only the viewer's is. */
export class FollowedConnection implements ViewerConnection {
  readonly #connection: ViewerConnection;
  readonly #onEnd: () => void;

  /**
   * @param connection The connection.
   * @param onEnd Called when it is ended or cut off from this side.
   */
  constructor(connection: ViewerConnection, onEnd: () => void) {
    this.#connection = connection;
    this.#onEnd = onEnd;
  }

  get hasRoom(): boolean {
    return this.#connection.hasRoom;
  }

  send(bytes: Uint8Array): void {
    this.#connection.send(bytes);
  }

  sendFirst(chunks: readonly Uint8Array[]): void {
    sendFirst(this.#connection, chunks);
  }

  end(): void {
    this.#onEnd();
    this.#connection.end();
  }

  abort(reason: Error): void {
    this.#onEnd();
    this.#connection.abort(reason);
  }
}

/**
 * Lets viewers in who take a place of their own before.
 *
 * @param attach Lets a viewer in.
 * @param take Takes the place; returns what gives it back.
 */
export function withPlace(
  attach: StreamAnswer["attach"],
  take: () => () => void,
): StreamAnswer["attach"] {
  return (connection) => {
    const giveBack = take();
    try {
      const leave = attach(new FollowedConnection(connection, giveBack));
      return () => {
        giveBack();
        leave();
      };
    } catch (error) {
      giveBack();
      throw error;
    }
  };
}
