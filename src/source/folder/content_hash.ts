/**
 * A hash of 53 bits, equal for equal bytes and almost surely different for
 * others. It tells whether a file that was written again holds the same
 * picture. It is no defense against somebody who searches for collisions.
 *
 * @param bytes The bytes; fastest at a position in their buffer that is
 * divisible by 4.
 */
export function contentHash(bytes: Uint8Array): number {
  const words = bytes.byteOffset % 4 === 0
    ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    : new Uint32Array(bytes.slice(0, bytes.length & ~3).buffer);
  let low = bytes.length, high = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    low = mix(low ^ words[i], 0x85ebca6b);
    high = mix(high ^ words[i], 0xc2b2ae35);
  }
  for (let i = words.length * 4; i < bytes.length; i++) {
    low = mix(low ^ bytes[i], 0x85ebca6b);
    high = mix(high ^ bytes[i], 0xc2b2ae35);
  }
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

function mix(value: number, factor: number): number {
  const product = Math.imul(value, factor);
  return product ^ product >>> 15;
}
