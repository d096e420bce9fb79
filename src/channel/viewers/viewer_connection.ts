/** The connection to one viewer, as a broadcaster uses it. */
export interface ViewerConnection {
  /** True if the viewer has room for another chunk now. */
  readonly hasRoom: boolean;
  /** Sends a chunk, even if there is no room. The bytes are shared. */
  send(bytes: Uint8Array): void;
  /**
   * Sends the first chunks of the stream, which count as one chunk however
   * many there are. Without this method, the chunks are sent one by one.
   */
  sendFirst?(chunks: readonly Uint8Array[]): void;
  /** Ends the stream after the chunks sent so far. */
  end(): void;
  /** Cuts the connection of a viewer that would not even take an end. */
  abort(reason: Error): void;
}
