/**
 * What viewers see who come late, or lag and catch up.
 *
 * @module
 */

import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { keyframe } from "../../../src/gif/canvas/keyframe.ts";
import { imagePart } from "../../../src/gif/write/image_part.ts";
import type { LogicalScreen } from "../../../src/gif/block.ts";
import type { Random } from "../inputs/random.ts";
import { ensure } from "./broken.ts";
import { fingerprint } from "./fingerprint.ts";
import {
  colorsOf,
  decibelsBetween,
  EXACT_COLORS,
  LEAST_DECIBELS,
} from "./likeness.ts";
import type { Stream } from "./road.ts";

/** Parts that a late viewer is watched for. */
const FOLLOWED_PARTS = 6;
/** The pixels that stay may be the worst of a keyframe that is not exact. */
const LEAST_LATER_DECIBELS = 30;

/** The bytes that a viewer gets who comes at some part, and what is on. */
export interface LateViewing {
  /** The part that is the newest one when the viewer comes. */
  from: number;
  keyframe: Uint8Array;
  /** How alike the pictures are, in decibels. */
  decibels: number;
}

/**
 * A viewer who comes at a random part gets a keyframe of the canvas, and then
 * the parts that follow.
 *
 * @throws {Broken} If the viewer sees another picture than the others.
 */
export function viewLate(
  { screen, parts }: Stream,
  random: Random,
): LateViewing {
  const from = random.once(2) ? parts.length - 1 : random.below(parts.length);
  const canvas = new Canvas(screen);
  for (const { bytes } of parts.slice(0, from + 1)) canvas.drawPart(bytes);
  const before = fingerprint(canvas.pixels);
  const made = keyframe(canvas);
  ensure(
    fingerprint(canvas.pixels) === before,
    () => `part ${from}: the keyframe changes the canvas`,
  );
  const viewer = random.once(2)
    ? laggingViewer(screen, random)
    : new Canvas(screen);
  viewer.drawPart(made);
  // What a keyframe could not show stays until something is painted over it.
  const colors = colorsUnder(canvas);
  const decibels = likeness(viewer, canvas, {
    what: `the keyframe of part ${from}`,
    colors,
    least: LEAST_DECIBELS,
  });
  const followed = parts.slice(from + 1, from + 1 + FOLLOWED_PARTS);
  for (const [i, { bytes }] of followed.entries()) {
    viewer.drawPart(bytes);
    canvas.drawPart(bytes);
    likeness(viewer, canvas, {
      what: `the keyframe of part ${from}, then part ${from + 1 + i}`,
      colors,
      least: LEAST_LATER_DECIBELS,
    });
  }
  return { from, keyframe: made, decibels };
}

/**
 * Parts that are said to need nothing before them are enough for a viewer who
 * had something else before.
 *
 * @throws {Broken} If the viewer sees another picture than the others.
 */
export function viewKeyframes(
  { screen, parts }: Stream,
  random: Random,
): void {
  let viewer: Canvas | undefined;
  for (const [i, { bytes, keyframe, picture }] of parts.entries()) {
    if (keyframe) viewer = laggingViewer(screen, random);
    if (viewer === undefined) continue;
    viewer.drawPart(bytes);
    ensure(
      fingerprint(viewer.pixels) === picture,
      () => `part ${i}: shows another picture from a keyframe on`,
    );
  }
}

/** A viewer who has seen something, and has a disposal waiting. */
function laggingViewer(screen: LogicalScreen, random: Random): Canvas {
  const canvas = new Canvas(screen);
  const { width, height } = screen;
  const drawn = {
    left: random.below(width),
    top: random.below(height),
    width: Math.min(width, 8),
    height: Math.min(height, 8),
  };
  const indices = new Uint8Array(drawn.width * drawn.height)
    .map(() => random.below(3));
  canvas.drawPart(imagePart({
    ...drawn,
    indices,
    colors: Uint8Array.of(1, 2, 3, 250, 251, 252),
    transparentIndex: 2,
    disposal: random.below(4),
    delayCentiseconds: 2,
  }));
  return canvas;
}

/** @throws {Broken} If the pictures are not as alike as they have to be. */
function likeness(
  viewer: Canvas,
  canvas: Canvas,
  { what, colors, least }: { what: string; colors: number; least: number },
): number {
  if (fingerprint(viewer.pixels) === fingerprint(canvas.pixels)) {
    return Infinity;
  }
  const decibels = decibelsBetween(viewer.pixels, canvas.pixels);
  ensure(
    decibels !== undefined && decibels >= least &&
      colors > EXACT_COLORS,
    () =>
      `${what}: shows another picture, ${decibels?.toFixed(1)} dB, of ` +
      `${colors} colors`,
  );
  return decibels!;
}

/** Colors of what is shown and of what is put back before the next image. */
function colorsUnder(canvas: Canvas): number {
  const { pixels, pendingDisposal } = canvas;
  const put = pendingDisposal?.pixels;
  return colorsOf(pixels) + (put === undefined ? 0 : colorsOf(put));
}
