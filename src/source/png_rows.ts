import { PictureError } from "./picture_file.ts";

/** What every row of a picture, or of one pass over it, has in common. */
export interface PngRows {
  /** Bytes of a row, without the filter's number in front. */
  rowBytes: number;
  rows: number;
  /** Bytes from a sample to the same one of the pixel before, at least 1. */
  pixelBytes: number;
}

/**
 * Undoes the filters of rows in place (PNG, section 9.2).
 *
 * @param bytes Rows, each with its filter's number in front.
 * @param begin Where the first row begins.
 * @throws {PictureError} If there is no such filter.
 */
export function unfilterRows(
  bytes: Uint8Array,
  begin: number,
  { rowBytes, rows, pixelBytes }: PngRows,
): void {
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let y = 0; y < rows; y++) {
    const at = begin + y * (rowBytes + 1);
    const row = bytes.subarray(at + 1, at + 1 + rowBytes);
    unfilterRow(bytes[at], row, above, pixelBytes);
    above = row;
  }
}

function unfilterRow(
  filter: number,
  row: Uint8Array,
  above: Uint8Array,
  pixelBytes: number,
): void {
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = pixelBytes; i < row.length; i++) {
        row[i] += row[i - pixelBytes];
      }
      return;
    case 2:
      for (let i = 0; i < row.length; i++) row[i] += above[i];
      return;
    case 3:
      for (let i = 0; i < row.length; i++) {
        const left = i < pixelBytes ? 0 : row[i - pixelBytes];
        row[i] += (left + above[i]) >> 1;
      }
      return;
    case 4:
      return unfilterPaeth(row, above, pixelBytes);
  }
  throw new PictureError(`Cannot read PNG: expected filter 0 to 4: ${filter}`);
}

function unfilterPaeth(
  row: Uint8Array,
  above: Uint8Array,
  pixelBytes: number,
): void {
  for (let i = 0; i < pixelBytes && i < row.length; i++) row[i] += above[i];
  for (let i = pixelBytes; i < row.length; i++) {
    const left = row[i - pixelBytes], up = above[i];
    const corner = above[i - pixelBytes];
    const toLeft = Math.abs(up - corner), toUp = Math.abs(left - corner);
    const toCorner = Math.abs(left + up - 2 * corner);
    row[i] += toLeft <= toUp && toLeft <= toCorner
      ? left
      : toUp <= toCorner
      ? up
      : corner;
  }
}

/**
 * The samples of a row, each as large as its depth allows.
 *
 * @param samples Where they go to; its length says how many.
 */
export function readSamples(
  row: Uint8Array,
  depth: number,
  samples: Uint16Array,
): void {
  const { length } = samples;
  if (depth === 8) samples.set(row.subarray(0, length));
  else if (depth === 16) {
    for (let i = 0; i < length; i++) {
      samples[i] = (row[2 * i] << 8) | row[2 * i + 1];
    }
  } else {
    const mask = (1 << depth) - 1;
    for (let i = 0, bit = 0; i < length; i++, bit += depth) {
      samples[i] = (row[bit >> 3] >> (8 - depth - (bit & 7))) & mask;
    }
  }
}
