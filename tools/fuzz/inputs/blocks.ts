/**
 * Cuts the bytes of a GIF where its blocks begin, whatever the bytes are:
 * plainer than the reader that is tried, so that it does not share its
 * mistakes.
 *
 * @returns Pieces that together are the bytes.
 */
export function blocksOf(gif: Uint8Array): Uint8Array[] {
  const cuts = [0];
  let at = 13 + tableBytes(gif[10]);
  while (at < gif.length) {
    cuts.push(at);
    if (gif[at] === 0x21) at = afterSubBlocks(gif, at + 2);
    else if (gif[at] === 0x2c) {
      at = afterSubBlocks(gif, at + 10 + tableBytes(gif[at + 9]) + 1);
    } else break;
  }
  return cuts.map((cut, i) => gif.subarray(cut, cuts[i + 1]));
}

function tableBytes(packed = 0): number {
  return packed & 0x80 ? 3 << (packed & 7) + 1 : 0;
}

function afterSubBlocks(gif: Uint8Array, at: number): number {
  while (at < gif.length && gif[at] !== 0) at += 1 + gif[at];
  return at + 1;
}
