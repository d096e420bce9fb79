import type { StatusCode } from "@std/http/status";

/** A request that cannot be granted, and the sentence that says why. */
export class HttpError extends Error {
  /** The status of the answer. */
  readonly status: StatusCode;
  /** Headers of the answer, besides those that all have. */
  readonly headers: Record<string, string>;

  constructor(
    status: StatusCode,
    sentence: string,
    headers: Record<string, string> = {},
  ) {
    super(sentence);
    this.name = "HttpError";
    this.status = status;
    this.headers = headers;
  }
}
