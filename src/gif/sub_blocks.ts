/** Sub-blocks hold at most this many bytes (GIF89a section 15). */
const SUB_BLOCK_BYTES = 255;

/**
 * Writes image data: minimum code size, sub-blocks, block terminator (GIF89a
 * sections 15, 16 and 22).
 *
 * @param codes LZW codes, packed into bytes.
 * @param length How many bytes of them count.
 * @param minimumCodeSize Bits of an index, 2 to 8.
 */
export function imageData(
  codes: Uint8Array,
  length: number,
  minimumCodeSize: number,
): Uint8Array {
  const blocks = Math.ceil(length / SUB_BLOCK_BYTES);
  const data = new Uint8Array(1 + blocks + length + 1);
  data[0] = minimumCodeSize;
  let at = 1;
  for (let begin = 0; begin < length; begin += SUB_BLOCK_BYTES) {
    const end = Math.min(length, begin + SUB_BLOCK_BYTES);
    data[at++] = end - begin;
    data.set(codes.subarray(begin, end), at);
    at += end - begin;
  }
  return data;
}
