import type { LogicalScreen } from "../../gif/block.ts";
import { delayPositions, lastDelay } from "../../gif/read/part_delay.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { DifferenceThread } from "../../past/rendition/difference_thread.ts";
import { Pace } from "../../timing/pace.ts";
import type { PartSink } from "./part_sink.ts";

/** Options of {@linkcode Thinning}. */
export interface ThinningOptions {
  /** Most parts a second. */
  framesPerSecond: number;
  /** Returns the time, in milliseconds since 1970. */
  now: () => number;
  /** Runs the callback of a timer or an answer. */
  later: (act: () => void) => void;
  /**
   * Called when the pictures so far are lost: the next part must be a keyframe.
   */
  onLost: (error: unknown) => void;
}

/**
 * Drops pictures, so that at most a given number a second are sent, evenly
 * spaced. The last picture before a pause is never dropped.
 *
 * A part that builds on a dropped part cannot be sent. Instead, the difference
 * between the picture sent last and the newest picture is sent, which a thread
 * makes. While no part is dropped, and whenever the newest part is a keyframe,
 * parts are passed on unchanged.
 */
export class Thinning implements PartSink {
  readonly #sink: PartSink;
  readonly #options: ThinningOptions;
  readonly #differences: DifferenceThread;
  /** True if the next part can build on the picture sent last. */
  #inStep = false;
  /** The newest part, if it was not sent yet. */
  #waiting: { part: Part; timeMilliseconds: number } | undefined;
  /** Number of parts that have arrived since the last send. */
  #waitingParts = 0;
  /** True while a difference is being made. */
  #making = false;
  /** Counts GIFs: differences of an earlier one are of no use. */
  #generation = 0;
  readonly #pace = new Pace();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /**
   * @param sink Takes the parts that are not dropped.
   * @param options The rate, and ways to act later.
   */
  constructor(sink: PartSink, options: ThinningOptions) {
    this.#sink = sink;
    this.#options = options;
    this.#differences = new DifferenceThread((error) => {
      this.#inStep = false;
      options.onLost(error);
    });
  }

  begin(screen: LogicalScreen): void {
    this.#stopWaiting();
    this.#generation++;
    this.#making = false;
    this.#inStep = false;
    this.#differences.begin(screen);
    this.#sink.begin(screen);
  }

  part(part: Part, timeMilliseconds: number): void {
    this.#differences.push(part);
    this.#waiting = { part, timeMilliseconds };
    this.#waitingParts++;
    this.#want();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    if (this.#waiting !== undefined && !this.#making) this.#send();
    if (!this.#making) this.#finish();
  }

  abort(): void {
    this.#ended = true;
    this.#stopWaiting();
    this.#generation++;
    this.#finish();
  }

  #finish(): void {
    this.#differences[Symbol.dispose]();
    this.#sink.end();
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = undefined;
    this.#waitingParts = 0;
  }

  /** Sends the newest part as soon as the rate allows. */
  #want(): void {
    if (this.#making || this.#timer !== undefined) return;
    const { now, later } = this.#options;
    const wait = this.#pace.wait(now());
    if (wait <= 0) this.#send();
    else this.#timer = setTimeout(() => later(() => this.#send()), wait);
  }

  #send(): void {
    const { part, timeMilliseconds } = this.#waiting!;
    const only = this.#waitingParts === 1;
    this.#stopWaiting();
    if (!part.keyframe && !(only && this.#inStep)) {
      this.#makeDifference(part, timeMilliseconds);
      return;
    }
    this.#inStep = true;
    this.#differences.sent();
    this.#give(part, timeMilliseconds);
  }

  #makeDifference({ bytes }: Part, timeMilliseconds: number): void {
    const generation = this.#generation;
    const delay = lastDelay(bytes, delayPositions(bytes));
    this.#making = true;
    this.#differences.difference(delay).then((made) =>
      this.#options.later(() => {
        if (generation !== this.#generation) return;
        this.#making = false;
        this.#inStep = made?.inStep === true;
        if (made?.part) this.#give(made.part, timeMilliseconds);
        if (this.#ended) {
          if (this.#waiting !== undefined) this.#send();
          if (!this.#making) this.#finish();
        } else if (this.#waiting !== undefined) this.#want();
      })
    );
  }

  #give(part: Part, timeMilliseconds: number): void {
    this.#sink.part(part, timeMilliseconds);
    const { framesPerSecond, now } = this.#options;
    this.#pace.step(1000 / framesPerSecond, now());
  }
}
