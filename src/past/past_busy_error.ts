/** Too many questions wait for the thread of the past. */
export class PastBusyError extends Error {
  /**
   * Makes the error.
   *
   * @param waiting Number of questions that wait.
   */
  constructor(waiting: number) {
    super(`Cannot ask for the past: ${waiting} questions wait already`);
    this.name = "PastBusyError";
  }
}
