/** Types of `@std/bytes/equals`, for the untyped npm build. */

export function equals(a: Uint8Array, b: Uint8Array): boolean;
