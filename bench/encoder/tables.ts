/**
 * Prints what was measured.
 *
 * @module
 */

import { bytesAt } from "./curve.ts";
import { PEER_NAMES } from "./peers/peers.ts";
import { MEASURES, type Quality } from "./quality.ts";
import { ratiosTo } from "./ratios.ts";
import { type Result, type Variant, VARIANTS } from "./result.ts";

const NUMBERS = "  bytes    PSNR blurred    SSIM  CPU ms";

/** Prints every point of a clip: others, with our bytes by theirs, and ours. */
export function printClip({ clip, colors, peers, ours }: Result): void {
  const variants = VARIANTS.filter((variant) => ours[variant].length > 0);
  const heads = variants.map((variant) => variant.padStart(9)).join("");
  console.log(`\n${`${clip} (${colors} colors)`.padEnd(33)}${NUMBERS}${heads}`);
  for (const peer of peers) {
    const ratios = variants.map((variant) => {
      const ratio = bytesAt(ours[variant], "psnr", peer.psnr) / peer.bytes;
      return (Number.isNaN(ratio) ? "-" : ratio.toFixed(3)).padStart(9);
    });
    printRow(peer.name, peer, ratios.join(""));
  }
  for (const variant of variants) {
    for (const point of ours[variant]) {
      printRow(`  ${variant}, quality ${point.quality}`, point, "");
    }
  }
}

function printRow(
  name: string,
  row: Quality & { millisecondsPerFrame: number },
  ratios: string,
): void {
  const numbers = [
    Math.round(row.bytes).toString().padStart(7),
    row.psnr.toFixed(2).padStart(7),
    row.blurredPsnr.toFixed(2).padStart(7),
    row.ssim.toFixed(4).padStart(7),
    row.millisecondsPerFrame.toFixed(1).padStart(7),
  ];
  console.log(name.padEnd(33) + numbers.join(" ") + ratios);
}

/** Prints our bytes by those of others, over all clips, in each measure. */
export function printSummary(results: Result[]): void {
  console.log(
    "\nbytes by others' at equal quality: geometric mean of clips, the worst " +
      "clip,\nand how many of their points ours does not reach",
  );
  for (const measure of MEASURES) {
    for (const name of PEER_NAMES) {
      const cells = VARIANTS.map((variant) =>
        cellOf(results, name, variant, measure)
      );
      if (cells.every((cell) => cell === "")) continue;
      console.log(
        `${measure.padEnd(12)}${name.padEnd(9)}` +
          cells.map((cell) => cell.padEnd(31)).join(""),
      );
    }
  }
}

function cellOf(
  results: Result[],
  name: string,
  variant: Variant,
  measure: typeof MEASURES[number],
): string {
  const measured = results.filter(({ ours }) => ours[variant].length > 0);
  const { mean, worst, worstClip, unreached, points } = ratiosTo(
    measured,
    (peer) => peer.name.startsWith(name),
    ({ ours }) => [ours[variant]],
    measure,
  );
  if (points === 0) return "";
  const missed = unreached.length === 0 ? "" : ` -${unreached.length}`;
  return `${variant.slice(0, 4)} ${mean.toFixed(2)} (${worst.toFixed(2)} ` +
    `${worstClip})${missed}`;
}
