/** The way to one viewer, as a broadcaster uses it. */
export interface ViewerConnection {
  /** Whether it takes another chunk now, or has enough to do. */
  readonly hasRoom: boolean;
  /** Sends a chunk, whether there is room or not. The bytes are shared. */
  send(bytes: Uint8Array): void;
  /**
   * Sends what the stream begins with: chunks that count as one, however many
   * they are. By default they are sent one by one.
   */
  sendFirst?(chunks: readonly Uint8Array[]): void;
  /** Ends the stream behind what was sent before. */
  end(): void;
  /** Cuts the connection, of one that would not take even an end. */
  abort(reason: Error): void;
}
