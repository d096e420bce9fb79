/**
 * A number for a picture, which no other one is likely to have.
 *
 * It stands alone: its source is also run in the browser.
 *
 * @param bytes Red, green, blue and alpha of every pixel, from the beginning
 * of a buffer of 4-byte words.
 */
export function fingerprint(bytes: Uint8Array | Uint8ClampedArray): string {
  const words = new Uint32Array(
    bytes.buffer,
    bytes.byteOffset,
    bytes.length >> 2,
  );
  let a = 0x2545f491, b = 0x9e3779b1;
  for (let i = 0; i < words.length; i++) {
    a = Math.imul(a ^ words[i], 0x01000193);
    b = Math.imul(b, 0x85ebca6b) + words[i] | 0;
    a ^= b >>> 15;
  }
  return `${words.length}-${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
