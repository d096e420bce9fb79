/**
 * Whether a large film keeps up with its own pace, encoded in a thread of its
 * own as `gifstream` does it.
 *
 * @module
 */

import { EncodedFrames } from "../../src/encoding/encoded_frames.ts";
import type { PixelFrame } from "../../src/encoding/pixel_frame.ts";
import { GifEncoder } from "../../src/gif/encoder/gif_encoder.ts";
import { loadFilm } from "./clips.ts";
import type { Film } from "./film.ts";
import type { Target } from "./still_films.ts";

const FRAMES_PER_SECOND = 25;
const INTERVAL_MILLISECONDS = 1000 / FRAMES_PER_SECOND;
const SHOT = {
  width: 640,
  height: 360,
  framesPerSecond: FRAMES_PER_SECOND,
  frames: 100,
};

/** Encodes clips live, and prints what each took. */
export async function measureLive(media: string): Promise<Target[]> {
  const targets: Target[] = [];
  console.log("\nlive, balanced, 640x360 at 25 a second (40 ms a picture)");
  for (const clip of ["bikes", "bbb"]) {
    const film = await loadFilm(clip, media, SHOT);
    const { mean, worst } = millisecondsOf(film);
    const frames = new EncodedFrames(atPace(film), {
      framesPerSecond: FRAMES_PER_SECOND,
    });
    await Array.fromAsync(frames);
    const { bytes, mode, dropped, frames: count } = frames.stats;
    console.log(
      `  ${clip.padEnd(8)} mean ${mean.toFixed(1)} ms, worst ` +
        `${worst.toFixed(1)} ms, dropped ${dropped} of ` +
        `${film.frames.length}, ${Math.round(bytes / count)} bytes a ` +
        `picture, ends in mode ${mode}`,
    );
    targets.push({
      name: `live ${clip} at 640x360, 25 a second: dropped`,
      value: dropped,
      most: 0,
    });
  }
  return targets;
}

/** Time of each picture, one after another, when the code is warm. */
function millisecondsOf(film: Film) {
  const encoder = new GifEncoder({ ...film, framesPerSecond: 25 });
  const laps = film.frames.map((frame) => {
    const startedAt = performance.now();
    encoder.encode(frame);
    return performance.now() - startedAt;
  }).slice(5);
  const mean = laps.reduce((a, b) => a + b) / laps.length;
  return { mean, worst: Math.max(...laps) };
}

/** The pictures, each when its time has come. */
async function* atPace(film: Film): AsyncGenerator<PixelFrame> {
  const { width, height, frames } = film;
  const startedAt = performance.now();
  for (const [i, frame] of frames.entries()) {
    const wait = startedAt + i * INTERVAL_MILLISECONDS - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
    const pixels = frame.slice();
    yield { pixels, width, height, timestampMilliseconds: Date.now() };
  }
}
