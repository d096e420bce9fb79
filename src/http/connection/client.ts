/** A request that takes time to be answered. */
export interface Answering {
  /** Ends the answer at once: the client does what it must not. */
  cut: () => void;
  /** Ends the answer: the client has gone. */
  leave: () => void;
  /** Tells that what is sent to the client waits all the time. */
  lag?: () => void;
}

/** The client of a request, for servers that notice when it leaves. */
export interface WatchedClient {
  /** Watches the client while it is answered; returns what ends that. */
  watch(answering: Answering): () => void;
}

/** The client of a request, for servers that can look at its connection. */
export interface Client extends WatchedClient {
  /**
   * Looks at the connection before it becomes a WebSocket's.
   *
   * @returns Gives the connection back to the system if no WebSocket came of
   * it; undefined if the client has gone.
   */
  beforeUpgrade(): (() => void) | undefined;
  /** The client takes less than is sent to it, for some time. */
  noticeSlow(): void;
  /**
   * True if a slow client has taken what was sent to it, or nearly: more would
   * make it late. True as well if the system does not tell.
   */
  hasDrained(): boolean;
  /** Hangs up on the client, whatever is being sent. */
  hangUp(): void;
}
