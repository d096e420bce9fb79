import type { Pixels } from "../../image/pixels.ts";

const MAX_HEADER_BYTES = 40;
const MAX_SIDE = 65535;

/**
 * Reads PPM images in a row (P6, 8 bits a color), as their bytes arrive. An
 * image cut short at the end is dropped.
 *
 * @param stream The bytes; it is cancelled when the iteration is left.
 * @param maxPixels Largest number of pixels in an image.
 * @throws {Error} If the bytes are not a PPM image, or the image is too large.
 */
export async function* readPictures(
  stream: ReadableStream<Uint8Array>,
  maxPixels: number,
): AsyncGenerator<Pixels> {
  let header = "";
  let picture: Pixels | undefined;
  let filled = 0;
  for await (const chunk of stream) {
    let at = 0;
    while (at < chunk.length) {
      if (picture === undefined) {
        header += String.fromCharCode(chunk[at++]);
        picture = pictureOf(header, maxPixels);
        filled = 0;
        continue;
      }
      const { pixels } = picture;
      const piece = chunk.subarray(at, at + pixels.length - filled);
      pixels.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < pixels.length) continue;
      yield picture;
      picture = undefined;
      header = "";
    }
  }
}

/**
 * An empty picture of the header's size; undefined: the header is incomplete.
 */
function pictureOf(header: string, maxPixels: number): Pixels | undefined {
  const match = header.match(/^P6\s(\d+)\s(\d+)\s255\s$/);
  if (match === null) {
    if (
      header.length < MAX_HEADER_BYTES && "P6".startsWith(header.slice(0, 2))
    ) {
      return undefined;
    }
    throw new Error(
      "Cannot read pictures of ffmpeg: expected a PPM header, found " +
        JSON.stringify(header),
    );
  }
  const width = Number(match[1]), height = Number(match[2]);
  if (
    width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE ||
    width * height > maxPixels
  ) {
    throw new Error(
      `Cannot read pictures of ffmpeg: expected at most ${maxPixels} pixels, ` +
        `found ${width}x${height}`,
    );
  }
  return { pixels: new Uint8Array(width * height * 3), width, height };
}
