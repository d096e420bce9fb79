import type { Film } from "./film.ts";
import { type OurOptions, type Point, pointOf } from "./ours.ts";
import type { Encoded } from "./peers/encoded.ts";
import { ffmpegPalette } from "./peers/ffmpeg.ts";
import { gifenc } from "./peers/gifenc.ts";
import { encodeByPeer } from "./peers/peers.ts";
import { measure } from "./quality.ts";
import type { PeerPoint, Result, Variant } from "./result.ts";

/** The quality settings of our curves. */
export const QUALITIES = [1, 20, 40, 58, 72, 85, 92, 95, 100];
/** Others that time is compared with, and after which of ours. */
const TIMED_QUALITIES = [20, 58, 95];
const TIMED = ["gifenc rgb444", "ffmpeg single none"];

const OPTIONS: Record<Variant, OurOptions & { isFile?: boolean }> = {
  fast: { mode: "fast" },
  balanced: { mode: "balanced" },
  best: { mode: "best" },
  file: { mode: "best", isFile: true },
  dithered: { mode: "best", dither: "auto", isFile: true },
};

/** What is to be measured. */
export interface Plan {
  peers: string[];
  variants: Variant[];
  /** Results of other encoders that are known already, by clip. */
  known: Record<string, PeerPoint[]>;
  /** A folder for files meanwhile. */
  folder: string;
}

/** Encodes a film by all, and measures what they made. */
export async function measureClip(film: Film, plan: Plan): Promise<Result> {
  const { peers, variants, known, folder } = plan;
  const ours: Result["ours"] = {
    fast: [],
    balanced: [],
    best: [],
    file: [],
    dithered: [],
  };
  const rounds: Record<string, number[]> = {};
  for (const quality of QUALITIES) {
    for (const variant of variants) {
      ours[variant].push(
        await pointOf(film, { ...OPTIONS[variant], quality }, folder),
      );
    }
    if (!TIMED_QUALITIES.includes(quality)) continue;
    // Those whose time is compared run between ours, so that what else the
    // machine does slows down all alike.
    for (const { name, millisecondsPerFrame } of await timed(film, plan)) {
      (rounds[name] ??= []).push(millisecondsPerFrame);
    }
  }
  const points = known[film.name] ??= await measurePeers(film, peers, folder);
  for (const point of points) {
    const times = rounds[point.name];
    if (times !== undefined) point.millisecondsPerFrame = mean(times);
  }
  return { clip: film.name, colors: mostColors(film), peers: points, ours };
}

async function timed(film: Film, plan: Plan): Promise<Encoded[]> {
  if (film.name in plan.known) return [];
  const encoded: Encoded[] = [];
  for (const name of TIMED) {
    if (!plan.peers.includes(name.split(" ")[0])) continue;
    encoded.push(
      name.startsWith("gifenc")
        ? gifenc(film, "rgb444")
        : await ffmpegPalette(film, "single", "none", plan.folder),
    );
  }
  return encoded;
}

async function measurePeers(
  film: Film,
  peers: string[],
  folder: string,
): Promise<PeerPoint[]> {
  const points: PeerPoint[] = [];
  for (const peer of peers) {
    for (const encoded of await encodeByPeer(peer, film, folder)) {
      const { name, millisecondsPerFrame, gif } = encoded;
      const quality = await measure(gif, film, folder);
      points.push({ name, millisecondsPerFrame, ...quality });
    }
  }
  return points;
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}

function mostColors({ frames }: Film): number {
  return frames.reduce((most, rgb) => {
    const colors = new Set<number>();
    for (let at = 0; at < rgb.length; at += 3) {
      colors.add(rgb[at] << 16 | rgb[at + 1] << 8 | rgb[at + 2]);
    }
    return Math.max(most, colors.size);
  }, 0);
}

/** The mean time of a picture over our qualities. */
export function meanTime(points: Point[]): number {
  return mean(points.map((point) => point.millisecondsPerFrame));
}
