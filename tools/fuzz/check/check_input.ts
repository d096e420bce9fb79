/**
 * What must hold of every input.
 *
 * @module
 */

import { equals } from "@std/bytes/equals";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { partImages } from "../../../src/gif/read/part_images.ts";
import { begins, SIGNATURES } from "../../../src/gif/signature.ts";
import type { Input } from "../inputs/inputs.ts";
import { ensure } from "./broken.ts";
import { chunksOf } from "./chunks.ts";
import { fingerprint } from "./fingerprint.ts";
import { bodiesOf, finishedGif } from "./finished_gif.ts";
import type { RoadOptions } from "./frame_parts.ts";
import { checkFrames } from "./frames.ts";
import { checkChannel } from "./on_channel.ts";
import { checkGoodAfter } from "./good_gif.ts";
import { follow, type Outcome, type Stream } from "./road.ts";
import { viewKeyframes, viewLate } from "./viewers.ts";

/** Of a picture: more takes the time of a hundred inputs. */
const MAX_COMPARED_PIXELS = 1 << 18;
const MAX_PIXELS = 2 ** 23;
/** A channel may start a thread, which takes the time of 20 inputs. */
const CHANNEL_EVERY = 200;
const GOOD_EVERY = 16;
const [G] = SIGNATURES.GIF;

/** What became of an input. */
export interface Checked {
  outcome: Outcome;
  /** The likeness of keyframes that need not be exact, in decibels. */
  decibels: number;
  /** Time that the road takes a server: the rest are comparisons. */
  milliseconds: number;
}

/**
 * Tries an input in every way.
 *
 * @throws {Broken} If something does not hold.
 */
export async function checkInput(
  { bytes, random }: Input,
): Promise<Checked> {
  const options: RoadOptions = {
    delayCentiseconds: random.once(2) ? "source" : 2,
    onResize: random.once(3) ? "place" : "end",
  };
  const began = performance.now();
  const outcome = follow([bytes.slice()], options);
  const milliseconds = performance.now() - began;
  const pieces = follow(chunksOf(bytes, random), options);
  ensureSame(pieces, outcome);
  checkFrames(bytes, random);
  checkAgainstDecoder(bytes, outcome);
  let decibels = Infinity;
  for (const stream of outcome.streams) {
    checkFinished(stream, options);
    if (pixelsOf(stream) > MAX_COMPARED_PIXELS) continue;
    viewKeyframes(stream, random);
    decibels = Math.min(decibels, viewLate(stream, random).decibels);
  }
  if (random.once(CHANNEL_EVERY)) await checkChannel(outcome);
  if (random.once(GOOD_EVERY)) checkGoodAfter(bytes);
  return { outcome, decibels, milliseconds };
}

function pixelsOf({ screen: { width, height } }: Stream): number {
  return width * height;
}

function ensureSame(found: Outcome, expected: Outcome): void {
  const words = ({ warnings, refused, streams }: Outcome) =>
    JSON.stringify([
      warnings,
      refused,
      streams.map(({ screen, parts }) => [
        screen,
        parts.map(({ bytes: _, ...rest }) => rest),
      ]),
    ]);
  ensure(
    words(found) === words(expected),
    () =>
      `chunks change what comes of it: ${words(found)} instead of ${
        words(expected)
      }`,
  );
  for (const [i, { parts }] of found.streams.entries()) {
    for (const [j, { bytes }] of parts.entries()) {
      ensure(
        equals(bytes, expected.streams[i].parts[j].bytes),
        () => `chunks change the bytes of part ${j} of stream ${i}`,
      );
    }
  }
}

/** A GIF shows what decodeGif() says, up to its first bad image. */
function checkAgainstDecoder(bytes: Uint8Array, outcome: Outcome): void {
  // The reader begins anew where another GIF begins, and at other screens.
  const isOne = signatures(bytes) === 1 && begins(bytes, SIGNATURES.GIF);
  if (!isOne || outcome.streams.length > 1) return;
  const good = outcome.refused[0]?.frame ?? outcome.frames.length;
  let number = 0;
  try {
    for (
      const { pixels, delayCentiseconds } of decodeGif(bytes.slice(), {
        maxPixels: MAX_PIXELS,
      })
    ) {
      if (number >= good) return;
      const expected = outcome.frames[number];
      ensure(
        fingerprint(pixels) === expected.picture &&
          delayCentiseconds === expected.delayCentiseconds,
        () => `decodeGif() shows another picture ${number}`,
      );
      number++;
    }
  } catch (error) {
    if (!(error instanceof GifError)) throw error;
  }
  ensure(
    number >= good,
    () => `decodeGif() shows ${number} pictures, instead of ${good}`,
  );
}

function signatures(bytes: Uint8Array): number {
  let found = 0;
  for (let at = bytes.indexOf(G); at >= 0; at = bytes.indexOf(G, at + 1)) {
    if (begins(bytes, SIGNATURES.GIF, at)) found++;
  }
  return found;
}

/** The parts, saved to a file, show each picture in turn. */
function checkFinished(stream: Stream, options: RoadOptions): void {
  const { screen, parts } = stream;
  const bodies = bodiesOf(stream);
  const decoded = decodeGif(finishedGif(screen, bodies), {
    maxPixels: MAX_PIXELS,
  });
  for (const [i, part] of parts.entries()) {
    let last: { picture: string; delay: number } | undefined;
    for (const _ of partImages(bodies[i])) {
      const { value } = decoded.next();
      ensure(value !== undefined, () => `the finished GIF lacks part ${i}`);
      const { pixels, delayCentiseconds } = value!;
      last = { picture: fingerprint(pixels), delay: delayCentiseconds };
    }
    ensure(
      last?.picture === part.picture,
      () => `the finished GIF shows another picture at part ${i}`,
    );
    if (bodies[i] !== part.bytes) continue;
    const delay = options.delayCentiseconds === "source"
      ? part.delayCentiseconds
      : options.delayCentiseconds;
    ensure(
      last?.delay === delay,
      () => `part ${i} has a delay of ${last?.delay} instead of ${delay}`,
    );
  }
  ensure(
    decoded.next().done === true,
    () => "the finished GIF has more pictures than parts",
  );
}
