/** Thrown by {@linkcode Broadcaster} when there is no place left. */
export class TooManyViewersError extends Error {
  /**
   * Makes the error.
   *
   * @param maxViewers The most viewers that there may be.
   */
  constructor(maxViewers: number) {
    super(`Cannot view: all ${maxViewers} places are taken`);
    this.name = "TooManyViewersError";
  }
}
