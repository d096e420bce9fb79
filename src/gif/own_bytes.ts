/**
 * The bytes in a buffer of their own, which another thread can be given: of
 * a view, the whole buffer would be.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer.byteLength === bytes.length &&
      bytes.buffer instanceof ArrayBuffer
    ? bytes as Uint8Array<ArrayBuffer>
    : bytes.slice();
}
