/**
 * The rows of an interlaced image in the order in which its data has them:
 * four passes, each finer than the one before (GIF89a appendix E).
 *
 * @param height Rows of the image, 0 to 65535.
 * @returns The row that each row of the data belongs to, from the top.
 *
 * @example
 * ```ts
 * import { interlacedRowOrder } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   interlacedRowOrder(10),
 *   Uint16Array.of(0, 8, 4, 2, 6, 1, 3, 5, 7, 9),
 * );
 * ```
 */
export function interlacedRowOrder(height: number): Uint16Array {
  const rows = new Uint16Array(height);
  let at = 0;
  for (const [first, step] of [[0, 8], [4, 8], [2, 4], [1, 2]]) {
    for (let row = first; row < height; row += step) rows[at++] = row;
  }
  return rows;
}
