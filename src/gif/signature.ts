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

/**
 * Says in words what the first bytes of a file are that is not a GIF, and
 * for other pictures how to make ffmpeg write GIF.
 *
 * @param head The first bytes, 6 or fewer.
 */
export function describeSignature(head: Uint8Array): string {
  const format = FORMATS.find(([, magic]) =>
    magic.length <= head.length && magic.every((byte, i) => head[i] === byte)
  );
  if (format !== undefined) return `${format[0]} data${FFMPEG_CURE}`;
  const bytes = Array.from(head, (b) => b.toString(16).padStart(2, "0"));
  return `the bytes ${bytes.join(" ")}`;
}
