import { keyframe } from "../../gif/canvas/keyframe.ts";
import { GifEncoder } from "../../gif/encoder/gif_encoder.ts";
import { delayPositions } from "../../gif/read/part_delay.ts";
import type { Pixels } from "../../image/pixels.ts";
import { scalePixels } from "../../image/scale_pixels.ts";
import type { History, Moment } from "../history.ts";
import { isJpeg } from "../jpeg_run.ts";
import type { PastClip } from "../past_picture.ts";
import type { SmallClipOptions } from "./clip_options.ts";
import { ClipPixels } from "./clip_pixels.ts";
import {
  finishedClip,
  FRAMING_BYTES,
  type TimedPart,
} from "./finished_clip.ts";
import { LEAST_PICTURES_PER_SECOND, Spread } from "./spread.ts";

/** Longest that a picture is shown for lack of time. */
const MOST_MILLISECONDS = 1000 / LEAST_PICTURES_PER_SECOND;
/** Beginnings that are tried: the bytes of each are known when it is made. */
const TRIES = 3;
/** Bytes of a usual difference, as a share of those of a whole picture. */
const DIFFERENCE = 0.4;
/** Bytes follow the area, but not quite. */
const SHRINK = 0.95;

/**
 * Makes a finished GIF of at most so many bytes. If the parts that were sent
 * are too large, it begins later, down to `leastSeconds`; then it has fewer
 * pictures, spread evenly; then smaller ones. The first picture is one image,
 * for programs that show no other.
 */
export function makeSmallClip(options: SmallClipOptions): PastClip {
  const { moments } = options;
  const parts = moments.filter((moment) => !isJpeg(moment)) as Moment[];
  return parts.length < moments.length
    ? encodedClip(options)
    : sentParts(parts, options) ?? wholeParts(parts, options) ??
      encodedClip(options);
}

/** A clip of all parts from some moment on, as they were sent. */
function sentParts(
  parts: Moment[],
  options: SmallClipOptions,
): PastClip | undefined {
  const { history, bounds, startMilliseconds, endMilliseconds } = options;
  const room = bounds.maxBytes - FRAMING_BYTES;
  const latest = endMilliseconds - bounds.leastSeconds * 1000;
  // A guess, if it has to be made: as the largest of the others.
  let whole = parts[0].part.keyframe
    ? parts[0].part.bytes.length
    : parts.reduce((most, { part }) => Math.max(most, part.bytes.length), 0);
  let first = 0, rest = 0;
  for (const { part } of parts.slice(1)) rest += part.bytes.length;
  for (let tries = 0; tries < TRIES; tries++) {
    while (whole + rest > room) {
      if (++first >= parts.length) return undefined;
      rest -= parts[first].part.bytes.length;
    }
    const { timeMilliseconds } = parts[first];
    if (first > 0 && timeMilliseconds > latest) return undefined;
    const bytes = wholeImage(parts[first], history);
    whole = bytes.length;
    if (whole + rest > room) continue;
    const others = parts.slice(first + 1).map(timed);
    return finishedClip({
      ...options,
      pictures: [{ bytes, timeMilliseconds }, ...others],
      startMilliseconds: Math.max(startMilliseconds, timeMilliseconds),
    });
  }
  return undefined;
}

/** A clip of some of the parts as they were sent, if none needs another. */
function wholeParts(
  parts: Moment[],
  options: SmallClipOptions,
): PastClip | undefined {
  if (parts.some(({ part }) => !part.keyframe)) return undefined;
  const first = wholeImage(parts[0], options.history);
  const expected = { first: first.length, other: first.length, reserve: 0 };
  const spread = new Spread(options, expected);
  if (spread.plenty < 1) return undefined;
  const others = parts.slice(1).filter(({ part: { bytes }, ...at }) =>
    spread.isDue(at.timeMilliseconds, bytes.length) &&
    spread.take(bytes.length)
  );
  const pictures = [{ ...timed(parts[0]), bytes: first }, ...others.map(timed)];
  return finishedClip({ ...options, pictures });
}

/** A clip of pictures that are encoded anew, as large as there is room for. */
function encodedClip(options: SmallClipOptions): PastClip {
  const { moments, history, bounds } = options;
  const startedAt = performance.now();
  const source = new ClipPixels(moments, history);
  let begin = 0, first = source.at(begin);
  while (first === undefined && ++begin < moments.length) {
    first = source.at(begin);
  }
  // All are broken JPEGs.
  if (first === undefined) return finishedClip({ ...options, pictures: [] });
  const { encoder, bytes, width, spread } = firstPicture(first, options);
  const pictures: TimedPart[] = [
    { bytes, timeMilliseconds: moments[begin].timeMilliseconds },
  ];
  let cost = 0;
  for (let i = begin + 1; i < moments.length; i++) {
    const { timeMilliseconds } = moments[i];
    const share = spread.shareAt(timeMilliseconds);
    const now = performance.now();
    const isLate = now + cost > startedAt + bounds.encodingMilliseconds * share;
    const pause = timeMilliseconds - pictures.at(-1)!.timeMilliseconds;
    if (!spread.isDue(timeMilliseconds)) continue;
    if (isLate && pause < MOST_MILLISECONDS) continue;
    const picture = source.at(i);
    const part = picture &&
      encoder.encode(scalePixels(picture, { width }).pixels);
    cost = performance.now() - now;
    if (part === undefined) continue;
    // Those after it would build on it.
    if (!spread.take(part.bytes.length)) break;
    pictures.push({ bytes: part.bytes, timeMilliseconds });
  }
  return finishedClip({ ...options, screen: encoder, pictures });
}

/**
 * The first picture, as large as leaves room for others: no larger one for
 * fewer bytes.
 */
function firstPicture(picture: Pixels, options: SmallClipOptions) {
  let tooWide = picture.width + 1, { width } = picture;
  for (;;) {
    const tried = tryPicture(picture, width, options);
    if (tried.spread.plenty >= 1 || width === 1) {
      return widened(
        tried,
        tooWide,
        (width) => tryPicture(picture, width, options),
      );
    }
    tooWide = width;
    const shrink = SHRINK * Math.sqrt(tried.spread.plenty);
    width = Math.max(1, Math.min(width - 1, Math.floor(width * shrink)));
  }
}

type TriedPicture = ReturnType<typeof tryPicture>;

/** The widest picture with enough room, below a width that has not. */
function widened(
  enough: TriedPicture,
  tooWide: number,
  tryWidth: (width: number) => TriedPicture,
): TriedPicture {
  while (tooWide - enough.width > 1) {
    const tried = tryWidth(Math.floor((enough.width + tooWide) / 2));
    if (tried.spread.plenty >= 1) enough = tried;
    else tooWide = tried.width;
  }
  return enough;
}

function tryPicture(
  picture: Pixels,
  width: number,
  options: SmallClipOptions,
) {
  const scaled = scalePixels(picture, { width });
  const { height } = scaled;
  const encoder = new GifEncoder({
    ...{ width, height, mode: "fast", denoise: false },
  });
  const { bytes } = encoder.encode(scaled.pixels)!;
  const first = bytes.length;
  const expected = { first, other: DIFFERENCE * first, reserve: first };
  return { encoder, bytes, width, spread: new Spread(options, expected) };
}

/** A part that shows a picture by one image, if it has no holes. */
function wholeImage(moment: Moment, history: History): Uint8Array {
  const { part } = moment;
  const isOne = part.keyframe && delayPositions(part.bytes).length <= 1;
  if (isOne) return part.bytes;
  return keyframe(history.canvas(moment), { maxLayers: 1 });
}

function timed({ part, timeMilliseconds }: Moment): TimedPart {
  return { bytes: part.bytes, timeMilliseconds };
}
