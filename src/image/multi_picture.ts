/** `MPF` and a zero: CIPA DC-007, 5.2. */
const MULTI_PICTURE = [0x4d, 0x50, 0x46, 0x00];
const LITTLE_ENDIAN = 0x4949;
/** The list of pictures, of 16 bytes each. */
const ENTRIES_TAG = 0xb002;
const ENTRY_BYTES = 16;
const FIELD_BYTES = 12;

/**
 * Finds where other pictures of a JPEG file begin after its first one, such
 * as a gain map or a preview, by the Multi-Picture Format.
 *
 * @param segment The data of an APP2 marker.
 * @returns The distances from the beginning of the segment; undefined if it
 * does not list pictures.
 */
export function otherPictures(segment: Uint8Array): number[] | undefined {
  if (!MULTI_PICTURE.every((byte, i) => segment[i] === byte)) return undefined;
  const start = MULTI_PICTURE.length;
  const tiff = segment.subarray(start);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  try {
    const little = view.getUint16(0) === LITTLE_ENDIAN;
    const directory = view.getUint32(4, little);
    const fields = view.getUint16(directory, little);
    for (let i = 0; i < fields; i++) {
      const field = directory + 2 + i * FIELD_BYTES;
      if (view.getUint16(field, little) !== ENTRIES_TAG) continue;
      const count = view.getUint32(field + 4, little) / ENTRY_BYTES;
      const first = view.getUint32(field + 8, little);
      // The first entry is the picture itself.
      return Array.from(
        { length: Math.min(count, tiff.length / ENTRY_BYTES) - 1 },
        (_, n) =>
          start +
          view.getUint32(first + (n + 1) * ENTRY_BYTES + 8, little),
      );
    }
    return undefined;
  } catch (error) {
    // It points out of itself.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
