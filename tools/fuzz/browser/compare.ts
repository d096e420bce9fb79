/**
 * What Chromium makes of GIFs beside what we make of them.
 *
 * @module
 */

import { partImages } from "../../../src/gif/read/part_images.ts";
import type { MadePart } from "../check/road.ts";
import {
  type ChromiumPrints,
  MAX_PICTURES,
  type Print,
} from "./chromium_prints.ts";
import { knownDifference } from "./known_differences.ts";
import type { OurPrints } from "./our_prints.ts";

/** How two go about the same GIF. */
export type Verdict =
  | { same: true; pictures: number }
  | { same: false; pictures: number; reason: string; isKnown: boolean };

/** Compares a GIF from outside, picture by picture. */
export function compareOriginal(
  gif: Uint8Array,
  ours: OurPrints,
  chromium: ChromiumPrints,
): Verdict {
  const difference = firstDifference(ours, chromium);
  if (difference === undefined) {
    return { same: true, pictures: ours.prints.length };
  }
  const { at, what } = difference;
  const known = knownDifference(gif, ours, at);
  const isKnown = known !== undefined;
  return { same: false, pictures: at, reason: known ?? what, isKnown };
}

/** The first picture in which they differ, and how. */
function firstDifference(
  ours: OurPrints,
  chromium: ChromiumPrints,
): { at: number; what: string } | undefined {
  const { prints } = ours;
  for (const [at, our] of prints.entries()) {
    const theirs = chromium.prints[at];
    const field = our.end !== "complete" || theirs === undefined
      ? undefined
      : differentField(our, theirs);
    if (field !== undefined) return { at, what: `another ${field}` };
    if (our.end !== "complete" || theirs === undefined) {
      return { at, what: endsAt(ours, chromium, at) };
    }
  }
  const at = prints.length;
  if (at === MAX_PICTURES) return undefined;
  const { error, count } = chromium;
  const bothFail = ours.error !== undefined &&
    (error !== undefined || count === 0);
  const bothEnd = ours.error === undefined && error === undefined &&
    count === at;
  if (bothFail || bothEnd) return undefined;
  return { at, what: endsAt(ours, chromium, at) };
}

/** Compares an endless GIF of ours, which Chromium has to show as a whole. */
export function compareStream(
  bodies: Uint8Array[],
  parts: Pick<MadePart, "picture">[],
  chromium: ChromiumPrints,
): string | undefined {
  let at = 0;
  for (const [i, body] of bodies.entries()) {
    at += [...partImages(body)].length;
    if (at > MAX_PICTURES) return undefined;
    const print = chromium.prints[at - 1];
    if (print === undefined) {
      return `Chromium stops before part ${i}: ${chromium.error}, ` +
        `${chromium.count} pictures`;
    }
    if (print.picture !== parts[i].picture) {
      return `Chromium shows another picture at part ${i}`;
    }
  }
  if (chromium.error !== undefined) return `Chromium: ${chromium.error}`;
  if (chromium.count === at) return undefined;
  return `Chromium finds ${chromium.count} images instead of ${at}`;
}

function differentField(our: Print, theirs: Print): string | undefined {
  if (our.size !== theirs.size) return "size";
  if (our.picture !== theirs.picture) return "picture";
  if (our.delayMilliseconds !== theirs.delayMilliseconds) return "delay";
  return undefined;
}

/** Who stops where, and why, without the numbers in it. */
function endsAt(
  { prints, error: ourError }: OurPrints,
  { prints: theirs, error, count }: ChromiumPrints,
  at: number,
): string {
  const our = prints[at] === undefined
    ? plain(ourError ?? "the end")
    : prints[at].end === "complete"
    ? "a picture"
    : `a picture, ${prints[at].end}`;
  const their = theirs[at] === undefined
    ? plain(error ?? `the end${count > at ? ", with more to come" : ""}`)
    : "a picture";
  const place = at === 0 ? "at first" : "then";
  return `${place}: ours ${our} | Chromium ${their}`;
}

function plain(message: string): string {
  return message.replace(/0x\w\w|\d+/g, "#").replace(/(bytes)( \w\w){6}/, "$1");
}
