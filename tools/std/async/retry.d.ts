/** Types of `@std/async/retry`, for the untyped npm build. */

export class RetryError extends Error {
  constructor(cause: unknown, attempts: number);
}

export interface RetryOptions {
  /** @default {2} */
  multiplier?: number;
  /** @default {60000} */
  maxTimeout?: number;
  /** @default {5} */
  maxAttempts?: number;
  /** @default {1000} */
  minTimeout?: number;
  /** @default {1} */
  jitter?: number;
  /** @default {() => true} */
  isRetriable?: (err: unknown) => boolean;
}

export function retry<T>(
  fn: (() => Promise<T>) | (() => T),
  options?: RetryOptions,
): Promise<T>;
