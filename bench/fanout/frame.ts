import {
  framePart,
  type GifFrame,
  indexedFrame,
} from "../../src/entries/gif.ts";

const MAX_WIDTH = 65535;
const COLORS = 256;
/** The length of a part of one pixel. */
export const LEAST_PART_BYTES: number = noiseFrames(1).partBytes;

/** Frames that all become parts of the same length, no two in a row equal. */
export interface FrameSeries {
  /** The length of each part. */
  readonly partBytes: number;
  /** Makes the frame of that number. */
  frame(number: number): GifFrame;
}

/**
 * Frames of noise, each as large as can be without passing a length.
 *
 * @param maxPartBytes Most bytes of a part, from `LEAST_PART_BYTES`.
 */
export function framesOfBytes(maxPartBytes: number): FrameSeries {
  let [fits, tooMany] = [1, maxPartBytes];
  while (tooMany - fits > 1) {
    const pixels = (fits + tooMany) >> 1;
    if (noiseFrames(pixels).partBytes <= maxPartBytes) fits = pixels;
    else tooMany = pixels;
  }
  return noiseFrames(fits);
}

function noiseFrames(leastPixels: number): FrameSeries {
  const height = Math.ceil(leastPixels / MAX_WIDTH);
  const screen = { width: Math.ceil(leastPixels / height), height };
  const pixels = noise(screen.width * height);
  const frame = (number: number) => {
    // Only the colors tell frames apart, so that all have the same length.
    const colorTable = new Uint8Array(3 * COLORS);
    new DataView(colorTable.buffer).setUint32(0, number);
    return indexedFrame(screen, pixels, colorTable);
  };
  return { partBytes: framePart(frame(0)).bytes.length, frame };
}

/** The same noise at every run, by a linear congruential generator. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/**
 * Calls back at a steady pace. Late calls follow as soon as others have had
 * their turn: a burst in one turn would be a source that no camera is.
 *
 * @param frames How many times.
 * @param framesPerSecond At what pace.
 * @param publish Given 0, 1, 2, ...
 */
export async function atPace(
  frames: number,
  framesPerSecond: number,
  publish: (index: number) => void | Promise<void>,
): Promise<void> {
  const begin = performance.now();
  for (let i = 0; i < frames; i++) {
    const wait = begin + i * 1000 / framesPerSecond - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
    await publish(i);
  }
}
