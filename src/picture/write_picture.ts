import type { Canvas } from "../gif/canvas/canvas.ts";
import { keyframe } from "../gif/canvas/keyframe.ts";
import { GifEncoder } from "../gif/encoder/gif_encoder.ts";
import { onBlack } from "../gif/on_black.ts";
import { wholeGif } from "../gif/write/whole_gif.ts";
import { decodePicture } from "../image/decode_picture.ts";
import { DEFAULT_QUALITY } from "../image/default_quality.ts";
import type { Pixels } from "../image/pixels.ts";
import {
  type IndexedPixels,
  writeJpegFile,
  writePngFile,
} from "../image/write_file.ts";
import { scalePixels } from "../image/scale_pixels.ts";
import type { MadePicture } from "./making_messages.ts";
import type { PictureForm } from "./picture_form.ts";

const MAX_PALETTE_COLORS = 256;

/**
 * Writes the picture of a canvas as a file.
 *
 * @param canvas The canvas, which is not changed.
 * @param form The form: `jpeg`, `png` or `gif`.
 */
export function writePicture(canvas: Canvas, form: PictureForm): MadePicture {
  const { width, height } = canvas.screen;
  if (form.width === undefined || form.width >= width) {
    return { bytes: writeUnscaled(canvas, form), width, height };
  }
  const scaled = scalePixels(opaquePixels(canvas), { width: form.width });
  const bytes = writePixels(scaled, form);
  return { bytes, width: scaled.width, height: scaled.height };
}

/**
 * Writes a JPEG file anew, smaller or of another quality. Only as much of it is
 * decoded as the size takes, and no GIF is needed for it.
 *
 * @param jpeg The file.
 * @param form The form, with a width that is not above that of the file.
 * @throws {PictureError} If the file cannot be read.
 */
export function shrinkJpeg(jpeg: Uint8Array, form: PictureForm): MadePicture {
  const { width } = form;
  const picture = decodePicture(jpeg, { width });
  return {
    bytes: writePixels(picture, form),
    width: picture.width,
    height: picture.height,
  };
}

/** The pixels of a canvas, on black. */
export function opaquePixels({ pixels, screen }: Canvas): Pixels {
  const { width, height } = screen;
  return { pixels: onBlack(pixels, width * height), width, height };
}

function writeUnscaled(canvas: Canvas, form: PictureForm): Uint8Array {
  const { width, height } = canvas.screen;
  if (form.format === "gif") return wholeGif(canvas.screen, keyframe(canvas));
  return form.format === "png"
    ? writePng(canvas.pixels, width, height)
    : writeJpegFile(
      { pixels: canvas.pixels, width, height, channels: 4 },
      form.quality ?? DEFAULT_QUALITY,
    );
}

function writePixels(picture: Pixels, form: PictureForm): Uint8Array {
  const { pixels, width, height } = picture;
  if (form.format === "gif") return writeGif(picture, form.quality);
  return form.format === "png"
    ? writePngFile({ pixels, width, height, channels: 3 })
    : writeJpegFile(
      { pixels, width, height, channels: 3 },
      form.quality ?? DEFAULT_QUALITY,
    );
}

function writeGif(
  { pixels, width, height }: Pixels,
  quality: number = DEFAULT_QUALITY,
): Uint8Array {
  const encoder = new GifEncoder({ width, height, quality, denoise: false });
  const part = encoder.encode(pixels);
  if (part === undefined) {
    throw new TypeError("Encoder made no part of the first picture");
  }
  return wholeGif({ width, height }, part.bytes);
}

/** Uses a palette where it can, which makes GIF pictures a third as large. */
function writePng(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
): Uint8Array {
  const indexed = indexColors(rgba);
  return writePngFile(
    indexed === undefined
      ? { pixels: rgba, width, height, channels: 4 }
      : { ...indexed, width, height },
  );
}

const PLACE_BITS = 12;
/** Places in the table of colors, of which a sixteenth are taken at most. */
const PLACES = 1 << PLACE_BITS;

/** Undefined if there are too many colors for a palette. */
function indexColors(
  rgba: Uint8ClampedArray,
): Pick<IndexedPixels, "pixels" | "colors"> | undefined {
  const words = new Int32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const pixels = new Uint8Array(words.length);
  const found = new Int32Array(MAX_PALETTE_COLORS);
  // A `Map` would take as long as compressing the picture does.
  const places = new Int16Array(PLACES).fill(-1);
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    const color = words[i];
    let place = Math.imul(color, 0x9e3779b1) >>> 32 - PLACE_BITS;
    let index = places[place];
    while (index >= 0 && found[index] !== color) {
      place = place + 1 & PLACES - 1;
      index = places[place];
    }
    if (index < 0) {
      if (count === MAX_PALETTE_COLORS) return undefined;
      found[count] = color;
      places[place] = index = count++;
    }
    pixels[i] = index;
  }
  const bytes = new Uint8Array(found.buffer);
  const colors = Array.from({ length: count }, (_, i) =>
    [
      bytes[4 * i],
      bytes[4 * i + 1],
      bytes[4 * i + 2],
      bytes[4 * i + 3],
    ] as const);
  return { pixels, colors };
}
