import { hex } from "../gif/gif_error.ts";
import { PictureError } from "./image_file.ts";

/** Contents of a JPEG file's markers (ITU-T T.81, annex B). */
export interface JpegStructure {
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
  /** Passes over the picture: one, or some ten if it is progressive. */
  scans: number;
  /** The place of missing Huffman tables; undefined if none is missing. */
  tablesMissingAt?: number;
  /** Position after its end marker. */
  end: number;
}

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const HUFFMAN_TABLES = 0xc4;
/** Baseline, extended and progressive; not lossless or arithmetic coding. */
const READABLE_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** These share the numbers of frames: tables and a reserved one. */
const NO_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

/**
 * Follows the markers of a JPEG file to its end; no pixel is decoded.
 *
 * @param bytes The file, of which the end may be missing.
 * @returns Undefined if the end is missing.
 * @throws {PictureError} If it is no JPEG, or of a kind that is not read.
 */
export function jpegStructure(bytes: Uint8Array): JpegStructure | undefined {
  let size: { width: number; height: number } | undefined;
  let scans = 0, hasTables = false;
  let tablesMissingAt: number | undefined;
  let at = 0;
  for (;;) {
    at = markerAt(bytes, at);
    const marker = bytes[at];
    if (marker === undefined) return undefined;
    at++;
    if (marker === END_OF_IMAGE) break;
    if (marker === START_OF_IMAGE || isAlone(marker)) continue;
    if (at + 2 > bytes.length) return undefined;
    const length = (bytes[at] << 8) | bytes[at + 1];
    if (length < 2) throw unexpected("a length of at least 2", at, length);
    if (at + length > bytes.length) return undefined;
    if (isFrame(marker)) size = frameSize(bytes, at, marker);
    hasTables ||= marker === HUFFMAN_TABLES;
    if (marker === START_OF_SCAN && !hasTables) tablesMissingAt ??= at - 2;
    at += length;
    if (marker !== START_OF_SCAN) continue;
    scans++;
    at = endOfScan(bytes, at);
  }
  if (size === undefined || scans === 0) {
    throw new PictureError(
      `Cannot read JPEG: expected a picture before its end at byte ${at}, ` +
        "found none",
    );
  }
  return { ...size, scans, tablesMissingAt, end: at };
}

/**
 * The position of the second byte of a marker; fill bytes may come before it.
 */
function markerAt(bytes: Uint8Array, at: number): number {
  if (at < bytes.length && bytes[at] !== 0xff) {
    throw unexpected("a marker", at, bytes[at]);
  }
  while (bytes[at] === 0xff) at++;
  return at;
}

/** Markers without a length: restarts, and one for private use. */
export function isAlone(marker: number): boolean {
  return marker === 0x01 || isRestart(marker);
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);
}

function frameSize(bytes: Uint8Array, at: number, marker: number) {
  if (!READABLE_FRAMES.has(marker)) {
    throw unexpected("baseline or progressive coding", at - 1, marker);
  }
  return {
    height: (bytes[at + 3] << 8) | bytes[at + 4],
    width: (bytes[at + 5] << 8) | bytes[at + 6],
  };
}

/** The position of the marker after a scan; the length if there is none. */
function endOfScan(bytes: Uint8Array, at: number): number {
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return bytes.length;
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at += next === 0xff ? 1 : 2;
  }
}

function unexpected(what: string, at: number, found: number): PictureError {
  return new PictureError(
    `Cannot read JPEG: expected ${what} at byte ${at}, found ${hex(found)}`,
  );
}
