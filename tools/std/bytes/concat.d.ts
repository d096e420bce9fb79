/** Types of `@std/bytes/concat`, for the untyped npm build. */

export function concat(
  buffers: readonly Uint8Array[],
): Uint8Array<ArrayBuffer>;
