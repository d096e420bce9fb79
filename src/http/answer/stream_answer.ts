import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";

/** An answer that never ends, however the server is to send it. */
export class StreamAnswer {
  /** Headers of the response. */
  readonly headers: Record<string, string>;
  /**
   * Begins to send to a viewer.
   *
   * @returns What to call when the viewer goes away by itself.
   * @throws {TooManyViewersError} If all places are taken.
   */
  readonly attach: (connection: ViewerConnection) => () => void;

  constructor(
    headers: Record<string, string>,
    attach: (connection: ViewerConnection) => () => void,
  ) {
    this.headers = headers;
    this.attach = attach;
  }
}

/** A stream; its headers alone for those who ask for no more. */
export function streamOrHead(
  { method }: Request,
  headers: Record<string, string>,
  attach: StreamAnswer["attach"],
): Response | StreamAnswer {
  return method === "HEAD"
    // Without a body, servers would say that its length is 0.
    ? new Response(emptyBody(), { headers })
    : new StreamAnswer(headers, attach);
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}
