import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../../gif/block.ts";
import { LOOP_FOR_EVER, TRAILER_BYTES } from "../../gif/markers.ts";
import {
  delayPositions,
  leastDelay,
  piecesWithDelay,
} from "../../gif/read/part_delay.ts";
import { streamHeader } from "../../gif/write/stream_header.ts";
import { DelayClock } from "../delay_clock.ts";
import type { PastClip } from "../past_picture.ts";

/** A picture of a clip as a part. */
export interface TimedPart {
  bytes: Uint8Array;
  /** Time when viewers saw it, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** The pictures of a clip, and the time that they take. */
export interface ClipPictures {
  /** Oldest first; each builds on those before it. */
  pictures: TimedPart[];
  screen: LogicalScreen;
  startMilliseconds: number;
  endMilliseconds: number;
}

/** Bytes of a finished GIF besides its parts. */
export const FRAMING_BYTES = streamHeader({ width: 1, height: 1 }).length +
  LOOP_FOR_EVER.length + TRAILER_BYTES.length;

/** Makes a finished GIF of parts, with true delays. */
export function finishedClip(clip: ClipPictures): PastClip {
  const { pictures, screen, startMilliseconds, endMilliseconds } = clip;
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
