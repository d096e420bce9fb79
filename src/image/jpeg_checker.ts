import { MAX_SHOWN_PIXELS } from "./decode_picture.ts";
import { jpegDamage, jpegHead } from "./jpeg_head.ts";

/** Findings about a JPEG that viewers are to get as it came. */
export interface CheckedJpeg {
  /** Its size, upright. */
  size: { width: number; height: number };
  /** The decoder's first complaint, if a part of the picture is damaged. */
  damage?: string;
}

/** Share of the time in which JPEGs are looked through. */
const CHECKING_SHARE = 0.02;
/** Time for the first ones. */
const FIRST_MILLISECONDS = 100;

/**
 * Checks JPEGs that are handed on without being decoded. Each has its head
 * read. As many as fit into a fiftieth of the time are looked through for
 * damages, too: of a small or slow stream that is every picture.
 */
export class JpegChecker {
  readonly #startedAt = performance.now();
  #spentMilliseconds = 0;

  /**
   * Checks a JPEG.
   *
   * @param bytes The file.
   * @returns Undefined if viewers cannot have it as it came: it is so large that
   * it has to be scaled, or has a coding that browsers do not know.
   * @throws {PictureError} If it cannot be shown.
   */
  check(bytes: Uint8Array): CheckedJpeg | undefined {
    const { width, height, isArithmetic } = jpegHead(bytes);
    const size = { width, height };
    if (isArithmetic || width * height > MAX_SHOWN_PIXELS) return undefined;
    const now = performance.now();
    const room = FIRST_MILLISECONDS + CHECKING_SHARE * (now - this.#startedAt);
    if (this.#spentMilliseconds > room) return { size };
    const damage = jpegDamage(bytes, size);
    this.#spentMilliseconds += performance.now() - now;
    return damage === undefined ? { size } : { size, damage };
  }
}
