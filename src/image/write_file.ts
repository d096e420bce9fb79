import { callCodec, type CodecReport } from "./codec/codec.ts";

/** Pixels to be written. */
export interface WritablePixels {
  /** The channels of each pixel, row by row. */
  pixels: Uint8Array | Uint8ClampedArray;
  /** Pixels of a row, 1 to 65535. */
  width: number;
  /** Rows, 1 to 65535. */
  height: number;
  /** 3: red, green, blue. 4: and alpha, which JPEG does not have. */
  channels: 3 | 4;
}

/** Pixels that are indices of colors. */
export interface IndexedPixels {
  /** The index of the color of each pixel, row by row. */
  pixels: Uint8Array;
  /** Pixels of a row, 1 to 65535. */
  width: number;
  /** Rows, 1 to 65535. */
  height: number;
  /** Red, green, blue and alpha of each of at most 256 colors. */
  colors: readonly (readonly [number, number, number, number])[];
}

/**
 * Writes a JPEG file, without an alpha channel. Below a quality of 90, colors
 * have half the resolution.
 *
 * @param picture The pixels.
 * @param quality 1 to 100.
 */
export function writeJpegFile(
  { pixels, width, height, channels }: WritablePixels,
  quality: number,
): Uint8Array<ArrayBuffer> {
  return written(callCodec([pixels], (codec, [address]) => {
    codec.write_jpeg(address, width, height, channels, quality);
  }));
}

/** Writes a PNG file. */
export function writePngFile(
  picture: WritablePixels | IndexedPixels,
): Uint8Array<ArrayBuffer> {
  const { pixels, width, height } = picture;
  const channels = "channels" in picture ? picture.channels : 1;
  const colors = "colors" in picture ? picture.colors : [];
  const palette = Uint8Array.from(colors.flatMap((color) => color.slice(0, 3)));
  const alphas = Uint8Array.from(colors, (color) => color[3]);
  const translucent = 1 + alphas.findLastIndex((alpha) => alpha < 255);
  return written(
    callCodec(
      [pixels, palette, alphas],
      (codec, [address, paletteAddress, alphasAddress]) => {
        codec.write_png(
          ...[address, width, height, channels] as const,
          ...[paletteAddress, colors.length] as const,
          ...[alphasAddress, translucent] as const,
        );
      },
    ),
  );
}

function written({ failed, bytes, message }: CodecReport) {
  if (failed) throw new RangeError(`Cannot write picture: ${message}`);
  return bytes;
}
