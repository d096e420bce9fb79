/** Types of `@std/async/deadline`, for the untyped npm build. */

export interface DeadlineOptions {
  signal?: AbortSignal;
}

export function deadline<T>(
  p: Promise<T>,
  ms: number,
  options?: DeadlineOptions,
): Promise<T>;
