import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../gif/block.ts";
import { LOOP_FOR_EVER, TRAILER_BYTES } from "../gif/markers.ts";
import {
  delayPositions,
  leastDelay,
  piecesWithDelay,
} from "../gif/read/part_delay.ts";
import { streamHeader } from "../gif/write/stream_header.ts";
import { DelayClock } from "./delay_clock.ts";
import type { History, Moment } from "./history.ts";
import { isJpeg, JpegRun } from "./jpeg_run.ts";
import type { JpegMoment } from "./jpeg_history.ts";
import type { PastClip } from "./past_picture.ts";

/** Options of {@linkcode makeClip}. */
export interface ClipMakerOptions {
  /** Pictures of the clip, oldest first, as they were sent or came. */
  moments: (Moment | JpegMoment)[];
  /** The history of the parts. */
  history: History;
  /** The logical screen of the clip. */
  screen: LogicalScreen;
  startMilliseconds: number;
  endMilliseconds: number;
}

/** Time for encoding the JPEGs of a clip; then some of them are left out. */
const ENCODING_MILLISECONDS = 15_000;

/** A picture of a clip as a part. */
interface Timed {
  bytes: Uint8Array;
  timeMilliseconds: number;
}

/** Makes a finished GIF of pictures, with true delays. */
export function makeClip(options: ClipMakerOptions): PastClip {
  const { screen, startMilliseconds, endMilliseconds } = options;
  const pictures = [...partsOf(options)];
  const clock = new DelayClock(startMilliseconds);
  const parts = pictures.flatMap(({ bytes }, i) => {
    const end = pictures[i + 1]?.timeMilliseconds ?? endMilliseconds;
    const positions = delayPositions(bytes);
    const delay = clock.until(end, leastDelay(positions));
    return piecesWithDelay(bytes, positions, delay);
  });
  const header = streamHeader(screen);
  return {
    gif: concat([header, LOOP_FOR_EVER, ...parts, TRAILER_BYTES]),
    startMilliseconds,
    endMilliseconds,
    pictures: pictures.length,
  };
}

/** The pictures as parts, each of which builds on those before it. */
function* partsOf({ moments, history }: ClipMakerOptions): Generator<Timed> {
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
