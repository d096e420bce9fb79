import type { Moment } from "../history.ts";
import type { JpegMoment } from "../jpeg_history.ts";
import { isJpeg, JpegRun } from "../jpeg_run.ts";
import type { PastClip } from "../past_picture.ts";
import type { ClipOptions } from "./clip_options.ts";
import { finishedClip, type TimedPart } from "./finished_clip.ts";

/** Time for encoding the JPEGs of a clip; then some of them are left out. */
const ENCODING_MILLISECONDS = 15_000;

/** Makes a finished GIF of pictures, with true delays. */
export function makeClip(options: ClipOptions): PastClip {
  return finishedClip({ ...options, pictures: [...partsOf(options)] });
}

/** The pictures as parts, each of which builds on those before it. */
function* partsOf(
  { moments, history }: ClipOptions,
): Generator<TimedPart> {
  let run: JpegRun | undefined;
  let before: Moment | JpegMoment | undefined;
  const startedAt = performance.now();
  let encoded = 0, skipped = 0;
  const jpegs = moments.filter(isJpeg).length;
  for (const moment of moments) {
    const { timeMilliseconds } = moment;
    if (!isJpeg(moment)) {
      const builds = before !== undefined && !isJpeg(before);
      const bytes = builds ? moment.part.bytes : history.entrance(moment);
      yield { bytes, timeMilliseconds };
      run = undefined;
    } else {
      const each = (performance.now() - startedAt) / Math.max(1, encoded);
      const step = Math.ceil(each * jpegs / ENCODING_MILLISECONDS);
      if (run !== undefined && ++skipped < step) continue;
      run ??= new JpegRun();
      const bytes = run.part(moment);
      encoded++;
      skipped = 0;
      if (bytes !== undefined) yield { bytes, timeMilliseconds };
    }
    before = moment;
  }
}
