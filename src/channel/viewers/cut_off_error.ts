/** Why a connection was cut: not a mistake, but what its client did. */
export class CutOffError extends Error {
  /** Makes the error. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CutOffError";
  }
}
