import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";

/** An answer that is a WebSocket, however the server opens it. */
export class SocketAnswer {
  /**
   * Begins to send to a viewer, each chunk as a message.
   *
   * @returns What to call when the viewer goes away by itself.
   * @throws {TooManyViewersError} If all places are taken.
   */
  readonly attach: (connection: ViewerConnection) => () => void;

  constructor(attach: (connection: ViewerConnection) => () => void) {
    this.attach = attach;
  }
}
