/** Reason for cutting a connection: its client's doing, not our mistake. */
export class CutOffError extends Error {
  /** Makes the error. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CutOffError";
  }
}
