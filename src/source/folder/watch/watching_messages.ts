/** An event; `unknown`: Deno cannot tell its path. */
export type WatchedEvent = Deno.FsEvent | "unknown";

/** Request to the watching thread, about the watch with this id. */
export type WatchingRequest =
  & { id: number }
  & (
    | { type: "open"; folder: string }
    /** The last events were taken: the thread may send more. */
    | { type: "more" }
    | { type: "close" }
  );

/** Message of the watching thread, about the watch with this id. */
export type WatchingReply =
  & { id: number }
  & (
    | { type: "opened" }
    | { type: "events"; events: WatchedEvent[] }
    /** The last message of a watch. */
    | { type: "closed" }
    /** The last message of a watch, with the error's class and message. */
    | { type: "failed"; name: string; message: string }
  );
