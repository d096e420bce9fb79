/** An event; `unknown`: Deno cannot tell what it is about. */
export type WatchedEvent = Deno.FsEvent | "unknown";

/** Asked of the watching thread, about the watch of a number. */
export type WatchingRequest =
  & { id: number }
  & (
    | { type: "open"; folder: string }
    /** The events so far were taken: it may send more. */
    | { type: "more" }
    | { type: "close" }
  );

/** Told by the watching thread, about the watch of a number. */
export type WatchingReply =
  & { id: number }
  & (
    | { type: "opened" }
    | { type: "events"; events: WatchedEvent[] }
    /** The last that is told. */
    | { type: "closed" }
    /** The last that is told; the error by its class and its message. */
    | { type: "failed"; name: string; message: string }
  );
