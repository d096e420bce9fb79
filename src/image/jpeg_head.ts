import { callCodec } from "./codec/codec.ts";
import { unreadable } from "./image_file.ts";
import { isTurnedAside } from "./turn_pixels.ts";

/** The size of a JPEG, upright, and its coding. */
export interface JpegHead {
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
  /** True by arithmetic coding, which no browser reads. */
  isArithmetic: boolean;
}

/** A part of the size that is large enough to find damages. */
const LOOK_SCALE = 8;

/**
 * The head of a JPEG file, with its size as its EXIF data turn it; no pixel is
 * decoded.
 *
 * @param bytes The file.
 * @throws {PictureError} If it cannot be read.
 */
export function jpegHead(bytes: Uint8Array): JpegHead {
  const report = callCodec([bytes], (codec, [address]) => {
    codec.read_jpeg(address, bytes.length, 0, 0, 0, 0);
  });
  if (report.failed) throw unreadable("JPEG", report.message);
  const { width, height, orientation, isArithmetic } = report;
  return isTurnedAside(orientation)
    ? { width: height, height: width, isArithmetic }
    : { width, height, isArithmetic };
}

/**
 * The decoder's first complaint about the pixels of a JPEG file; undefined if
 * it has none. It takes a quarter of the time of decoding.
 *
 * @param bytes The file.
 * @param head Its size.
 * @throws {PictureError} If none of its pixels can be read.
 */
export function jpegDamage(
  bytes: Uint8Array,
  { width, height }: Pick<JpegHead, "width" | "height">,
): string | undefined {
  const pixels = width * height;
  const { rows, failed, damages, message } = callCodec(
    [bytes],
    (codec, [address]) => {
      const wanted = Math.max(1, Math.floor(width / LOOK_SCALE));
      codec.read_jpeg(address, bytes.length, pixels, wanted, 0, pixels);
    },
  );
  if (rows === 0) throw unreadable("JPEG", message);
  return failed || damages > 0 ? message : undefined;
}
