/** Types of `@std/text/closest-string`, for the untyped npm build. */

export interface ClosestStringOptions {
  /** @default {false} */
  caseSensitive?: boolean;
  compareFn?: (a: string, b: string) => number;
}

export function closestString(
  givenWord: string,
  possibleWords: ReadonlyArray<string>,
  options?: ClosestStringOptions,
): string;
