import { callCodec, type CodecReport } from "./codec/codec.ts";
import {
  checkPictureSize,
  DEFAULT_MAX_PIXELS,
  type PictureFormat,
  requirePictureFormat,
  unreadable,
} from "./image_file.ts";
import type { Pixels } from "./pixels.ts";
import { type PictureSize, scalePixels } from "./scale_pixels.ts";
import { isTurnedAside, turnPixels } from "./turn_pixels.ts";

/** A picture as it was read. */
export interface DecodedPicture extends Pixels {
  /** The decoder's first complaint, if it had to guess a part of the picture. */
  damage?: string;
  /** True if it has the size that it has in the file. */
  isOwnSize: boolean;
}

/** Most pixels that are made of a file: larger ones are read at a fraction. */
export const MAX_SHOWN_PIXELS: number = 2 ** 23;

/**
 * Decodes a JPEG or PNG file, on this thread: bytes made for it can keep it
 * busy for seconds. {@linkcode PictureDecoder} does it elsewhere.
 *
 * libjpeg-turbo and libpng read what they can: all that they know of colors,
 * depths and ways of coding. Of a damaged file they show as much as there is,
 * and `damage` says so. What is transparent lies on black, EXIF orientation is
 * heeded, gamma and color profiles are ignored.
 *
 * Pictures of which a half, a quarter or an eighth of the size is enough, and
 * those of more than 2^23 pixels, are read at that size.
 *
 * @param bytes The whole file.
 * @param options The size that is wanted, and bounds.
 * @throws {PictureError} If the file cannot be read; the message says why.
 */
export function decodePicture(
  bytes: Uint8Array,
  options: PictureSize = {},
): DecodedPicture {
  const { maxPixels = DEFAULT_MAX_PIXELS, turn = 1 } = options;
  if (isTurnedAside(turn)) options = turnedSize(options);
  const format = requirePictureFormat(bytes);
  const report = format === "JPEG"
    ? readJpeg(bytes, options, maxPixels)
    : readPng(bytes, options, maxPixels);
  const picture = pixelsOf(format, report, maxPixels);
  const { orientation } = report;
  const size = isTurnedAside(orientation) ? turnedSize(options) : options;
  const scaled = scalePixels(picture, size);
  const isOwnSize = scaled.width === report.width &&
    scaled.height === report.height;
  const damage = damageOf(report);
  return {
    ...turnPixels(turnPixels(scaled, orientation), turn),
    isOwnSize,
    ...(damage === undefined ? {} : { damage }),
  };
}

function turnedSize(size: PictureSize): PictureSize {
  return { ...size, width: size.height, height: size.width };
}

function readJpeg(
  bytes: Uint8Array,
  { width = 0, height = 0 }: PictureSize,
  maxPixels: number,
): CodecReport {
  return callCodec([bytes], (codec, [address]) => {
    codec.read_jpeg(
      ...[address, bytes.length, maxPixels] as const,
      ...[width, height, MAX_SHOWN_PIXELS] as const,
    );
  });
}

function readPng(
  bytes: Uint8Array,
  { width = 0, height = 0 }: PictureSize,
  maxPixels: number,
): CodecReport {
  return callCodec([bytes], (codec, [address]) => {
    codec.read_png(address, bytes.length, maxPixels);
    codec.reduce_pixels(width, height, MAX_SHOWN_PIXELS);
  });
}

function pixelsOf(
  format: PictureFormat,
  report: CodecReport,
  maxPixels: number,
): Pixels {
  const { rows, outWidth, outHeight } = report;
  if (rows === 0) {
    if (report.failed) throw unreadable(format, report.message);
    checkPictureSize(format, report, maxPixels);
    throw unreadable(format, "there are no pixels");
  }
  return { pixels: report.bytes, width: outWidth, height: outHeight };
}

function damageOf(report: CodecReport): string | undefined {
  const { failed, damages, message } = report;
  return failed || damages > 0 ? message : undefined;
}
