/** Reads two bytes, the low one first, as all numbers of GIF stand. */
export function readU16(bytes: Uint8Array, at: number): number {
  return bytes[at] | bytes[at + 1] << 8;
}

/** Writes a number as {@linkcode readU16} reads it. */
export function writeU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >> 8;
}
