/** Thrown by {@linkcode Broadcaster} when there is no place left. */
export class TooManySubscribersError extends Error {
  /**
   * Makes the error.
   *
   * @param maxSubscribers The most viewers that there may be.
   */
  constructor(maxSubscribers: number) {
    super(`Cannot subscribe: all ${maxSubscribers} places are taken`);
    this.name = "TooManySubscribersError";
  }
}
