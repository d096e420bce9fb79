/**
 * What the encoder is meant to reach, and whether it does.
 *
 * @module
 */

import { FILM_NAMES } from "./clips.ts";
import { bytesAt } from "./curve.ts";
import { meanTime } from "./measure_clip.ts";
import type { Point } from "./ours.ts";
import { isDithered } from "./peers/peers.ts";
import type { Measure } from "./quality.ts";
import { type Curves, geometricMean, ratiosTo } from "./ratios.ts";
import type { Result, Variant } from "./result.ts";
import type { Target } from "./still_films.ts";

const BEST: Curves = ({ ours }) => [ours.best];
const BALANCED: Curves = ({ ours }) => [ours.balanced];
const FILE: Curves = ({ ours }) => [ours.file];
const EITHER: Curves = ({ ours }) => [ours.best, ours.file, ours.dithered];

/** Bytes by those of gifski and of sharp: the mean, and the worst clip. */
const BYTES: [
  name: string,
  curves: Curves,
  measure: Measure,
  mean: number,
  worst: number,
][] = [
  ["best", BEST, "psnr", 0.62, 0.9],
  ["file", FILE, "psnr", 0.62, 0.9],
  ["best, dithered or not, blurred", EITHER, "blurredPsnr", 0.75, 0.95],
  ["balanced", BALANCED, "psnr", 0.8, 1],
];
/** Pictures whose colors all have room in a table. */
const MAX_COLORS = 256;
const EXACT_PSNR = 60;
/** Bytes and decibels that are no fall. */
const BYTES_TOLERANCE = 0.995;
const PSNR_TOLERANCE = 0.05;

/** Prints a line for each target of the clips that were measured. */
export function printTargets(all: Result[], others: Target[]): void {
  const results = all.filter(({ ours }) =>
    Object.values(ours).every((points) => points.length > 0)
  );
  const films = results.filter(({ clip }) => FILM_NAMES.includes(clip));
  const flat = results.filter(({ colors }) => colors <= MAX_COLORS);
  const targets = [
    ...["gifski", "sharp"].flatMap((peer) => byteTargets(results, peer)),
    ...reachTargets(results),
    ...modeTargets(results),
    ...falls(results),
    {
      name: "pictures of 256 colors that quality 100 does not make exact",
      value: flat.filter(({ ours }) => !isExact(ours.best)).length,
      most: 0,
    },
    ...ditherTargets(results),
    time("fast", "gifenc rgb444", films, 0.7),
    time("balanced", "gifenc rgb444", films, 1.5),
    time("best", "ffmpeg single none", films, 0.7),
    {
      name: "flat graphics, CPU of best by that of films",
      value: geometricMean(flat.map(({ ours }) => meanTime(ours.best))) /
        geometricMean(films.map(({ ours }) => meanTime(ours.best))),
      most: 1,
    },
    ...others,
  ];
  console.log("\ntarget" + " ".repeat(62) + "value   most");
  for (const { name, value, most } of targets) {
    if (Number.isNaN(value)) continue;
    console.log(
      name.padEnd(66) + value.toFixed(3).padStart(7) +
        most.toFixed(2).padStart(7) + (value <= most ? "  met" : "  NOT MET"),
    );
  }
}

function byteTargets(results: Result[], peer: string): Target[] {
  return BYTES.flatMap(([name, curves, measure, most, mostWorst]) => {
    const { mean, worst, worstClip } = ratiosTo(
      results,
      (point) => point.name.startsWith(peer),
      curves,
      measure,
    );
    const of = `${name}, bytes by ${peer}'s`;
    return [
      { name: of, value: mean, most },
      { name: `${of}, worst: ${worstClip}`, value: worst, most: mostWorst },
    ];
  });
}

function reachTargets(results: Result[]): Target[] {
  return [
    ["PSNR", ({ ours }: Result) => [ours.best, ours.file], "psnr"] as const,
    ["blurred PSNR", EITHER, "blurredPsnr"] as const,
  ].map(([name, curves, measure]) => {
    const { unreached } = ratiosTo(results, () => true, curves, measure);
    const which = unreached.length === 0 ? "" : ` (${unreached[0]}...)`;
    return {
      name: `points whose ${name} is not reached${which}`,
      value: unreached.length,
      most: 0,
    };
  });
}

function modeTargets(results: Result[]): Target[] {
  const best = compare(results, "best", "balanced");
  const fast = compare(results, "fast", "balanced");
  return [
    { name: "best, bytes by balanced's", value: best.mean, most: 0.9 },
    {
      name: `best, bytes by balanced's, worst: ${best.where}`,
      value: best.worst,
      most: 1,
    },
    { name: "fast, bytes by balanced's", value: fast.mean, most: 1.25 },
  ];
}

/** One mode's bytes by another's, at each PSNR that the other reaches. */
function compare(results: Result[], one: Variant, other: Variant) {
  const all = results.flatMap(({ clip, ours }) =>
    ours[other].map((point) => ({
      where: `${clip} ${point.quality}`,
      ratio: bytesAt(ours[one], "psnr", point.psnr) / point.bytes,
    }))
  ).filter(({ ratio }) => !Number.isNaN(ratio));
  const [worst] = all.toSorted((a, b) => b.ratio - a.ratio);
  const mean = geometricMean(all.map(({ ratio }) => ratio));
  return { mean, worst: worst?.ratio ?? NaN, where: worst?.where ?? "" };
}

/** Steps of the quality knob at which bytes or PSNR fall. */
function falls(results: Result[]): Target[] {
  return (["fast", "balanced", "best", "file"] as const).map((variant) => {
    const where = results.flatMap(({ clip, ours }) =>
      ours[variant].slice(1).flatMap((point, i) =>
        isFall(ours[variant][i], point) ? [`${clip} ${point.quality}`] : []
      )
    );
    return {
      name: `${variant}, falls as quality rises ${
        where.slice(0, 3).join(", ")
      }`,
      value: where.length,
      most: 0,
    };
  });
}

function isFall(lower: Point, higher: Point): boolean {
  return higher.bytes < lower.bytes * BYTES_TOLERANCE ||
    higher.psnr < lower.psnr - PSNR_TOLERANCE;
}

function isExact(points: Point[]): boolean {
  return points[points.length - 1].psnr === EXACT_PSNR;
}

function ditherTargets(results: Result[]): Target[] {
  const { mean } = ratiosTo(
    results,
    ({ name }) => isDithered(name),
    EITHER,
    "blurredPsnr",
  );
  return [{
    name: "dithered or not, blurred, bytes by others' dithered",
    value: mean,
    most: 0.85,
  }];
}

function time(
  variant: Variant,
  peer: string,
  films: Result[],
  most: number,
): Target {
  const value = geometricMean(films.map((result) => {
    const other = result.peers.find(({ name }) => name === peer);
    return meanTime(result.ours[variant]) /
      (other?.millisecondsPerFrame ?? NaN);
  }));
  return { name: `${variant}, CPU by ${peer}'s`, value, most };
}
