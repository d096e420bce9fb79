/** Types of `@std/bytes/index-of-needle`, for the untyped npm build. */

export function indexOfNeedle(
  source: Uint8Array,
  needle: Uint8Array,
  start?: number,
): number;
