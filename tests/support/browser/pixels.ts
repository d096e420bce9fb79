/**
 * What a browser shows, as pixels.
 *
 * @module
 */

/** A picture. */
export interface Pixels {
  width: number;
  height: number;
  /** Rows from the top, three bytes a pixel. */
  rgb: Uint8Array;
}

/** Where a PNG file has its width and height, in its first chunk. */
const PNG_SIZE_OFFSET = 16;

/** Decodes PNG files of one size, all in one run of ffmpeg. */
export async function decodePngs(pngs: Uint8Array[]): Promise<Pixels[]> {
  if (pngs.length === 0) return [];
  const { buffer, byteOffset } = pngs[0];
  const header = new DataView(buffer, byteOffset + PNG_SIZE_OFFSET);
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const bytes = await ffmpegPipe(
    ["-f", "png_pipe", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
    new Blob(pngs as BlobPart[]).stream(),
  );
  const size = 3 * width * height;
  if (bytes.length !== size * pngs.length) {
    throw new Error(
      `Cannot decode screenshots: expected ${pngs.length} of ${width}x${height}, got ${bytes.length} bytes`,
    );
  }
  return pngs.map((_, i) => ({
    width,
    height,
    rgb: bytes.subarray(i * size, (i + 1) * size),
  }));
}

/** The share of pixels that differ clearly between two pictures, 0 to 1. */
export function shareOfDifferentPixels(a: Pixels, b: Pixels): number {
  let different = 0;
  for (let at = 0; at < a.rgb.length; at += 3) {
    const difference = Math.abs(a.rgb[at] - b.rgb[at]) +
      Math.abs(a.rgb[at + 1] - b.rgb[at + 1]) +
      Math.abs(a.rgb[at + 2] - b.rgb[at + 2]);
    if (difference > 48) different++;
  }
  return different * 3 / a.rgb.length;
}

/** How many colors a picture has, most of them taken together. */
export function countColors({ rgb }: Pixels): number {
  const colors = new Set<number>();
  for (let at = 0; at < rgb.length; at += 3) {
    colors.add(rgb[at] >> 3 << 10 | rgb[at + 1] >> 3 << 5 | rgb[at + 2] >> 3);
  }
  return colors.size;
}

async function ffmpegPipe(
  args: string[],
  input: ReadableStream<Uint8Array>,
): Promise<Uint8Array> {
  const child = new Deno.Command("ffmpeg", {
    args: ["-v", "error", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const [{ stdout }] = await Promise.all([
    child.output(),
    input.pipeTo(child.stdin),
  ]);
  return stdout;
}
