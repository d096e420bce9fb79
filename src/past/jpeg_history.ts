import { keptBytes } from "./kept_part.ts";
import { Queue } from "../system/queue.ts";

/** A JPEG that came while no GIF was made, and its time. */
export interface JpegMoment {
  /** The file. */
  jpeg: Uint8Array;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** Time when viewers saw it, in milliseconds since 1970. */
  timeMilliseconds: number;
}

/** The newest JPEGs of a stream, bounded in time and bytes. */
export class JpegHistory {
  readonly #windowMilliseconds: number;
  readonly #moments = new Queue<JpegMoment>();
  #bytes = 0;

  /** @param seconds Length of the history; the newest JPEG is always kept. */
  constructor(seconds: number) {
    this.#windowMilliseconds = seconds * 1000;
  }

  /** The JPEGs kept, oldest first. */
  get moments(): JpegMoment[] {
    return this.#moments.from(0);
  }

  /** Adds the newest JPEG and drops those that are out of bounds. */
  push(moment: JpegMoment, maxBytes: number): void {
    this.#moments.push(moment);
    this.#bytes += sizeOf(moment);
    const oldest = moment.timeMilliseconds - this.#windowMilliseconds;
    while (this.#moments.length > 1) {
      const next = this.#moments.at(1)!;
      // The oldest one is what viewers saw until the next.
      const inTime = next.timeMilliseconds > oldest;
      if (inTime && this.#bytes <= maxBytes) return;
      this.#bytes -= sizeOf(this.#moments.at(0)!);
      this.#moments.drop(1);
    }
  }

  /** The newest JPEG at a given time; undefined if it is not kept. */
  at(timeMilliseconds: number): JpegMoment | undefined {
    return this.moments.findLast((moment) =>
      moment.timeMilliseconds <= timeMilliseconds
    );
  }
}

function sizeOf({ jpeg }: JpegMoment): number {
  return keptBytes({ bytes: jpeg, keyframe: true });
}
