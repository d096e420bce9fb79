/** Thrown by {@linkcode Broadcaster} when all places are taken. */
export class TooManyViewersError extends Error {
  /**
   * Makes the error.
   *
   * @param maxViewers Most viewers at a time.
   */
  constructor(maxViewers: number) {
    super(`Cannot view: all ${maxViewers} places are taken`);
    this.name = "TooManyViewersError";
  }
}
