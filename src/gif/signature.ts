/** Magic numbers of the pictures that end up in files named `.gif`. */
const FORMATS: readonly (readonly [string, readonly number[]])[] = [
  ["JPEG", [0xff, 0xd8, 0xff]],
  ["PNG", [0x89, 0x50, 0x4e, 0x47]],
  ["BMP", [0x42, 0x4d]],
  ["WebP or another RIFF", [0x52, 0x49, 0x46, 0x46]],
  ["Matroska or WebM", [0x1a, 0x45, 0xdf, 0xa3]],
];

const FFMPEG_CURE = "; ffmpeg writes GIF frames with " +
  '"-f image2 -c:v gif -gifimage 1 folder/in%d.gif"';

/** What a file is that is not a GIF. */
export interface Signature {
  /** In words. */
  name: string;
  /** For other pictures, how to make ffmpeg write GIF; else empty. */
  cure: string;
}

/**
 * Tells what the first bytes of a file are that is not a GIF.
 *
 * @param head The first bytes, 6 or fewer.
 */
export function describeSignature(head: Uint8Array): Signature {
  const format = FORMATS.find(([, magic]) =>
    magic.length <= head.length && magic.every((byte, i) => head[i] === byte)
  );
  if (format !== undefined) {
    return { name: `${format[0]} data`, cure: FFMPEG_CURE };
  }
  const bytes = Array.from(head, (b) => b.toString(16).padStart(2, "0"));
  return { name: `the bytes ${bytes.join(" ")}`, cure: "" };
}
