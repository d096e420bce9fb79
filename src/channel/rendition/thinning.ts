import type { LogicalScreen } from "../../gif/block.ts";
import { difference } from "../../gif/canvas/difference.ts";
import { delayPositions, lastDelay } from "../../gif/read/part_delay.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { Pace } from "../../timing/pace.ts";
import { LiveCanvas } from "../../past/live_canvas.ts";
import type { Past } from "../../past/kept_past.ts";
import type { PartSink } from "./part_sink.ts";

/**
 * Drops pictures, so that at most a given number a second are sent, evenly
 * spaced. The last picture before a pause is never dropped.
 *
 * A part that builds on a dropped part cannot be sent. Instead, the difference
 * between the picture sent last and the newest picture is sent. While no part
 * is dropped, and whenever the newest part is a keyframe, parts are passed on
 * unchanged, and nothing is drawn.
 */
export class Thinning implements PartSink {
  readonly #sink: PartSink;
  readonly #intervalMilliseconds: number;
  readonly #past: Past;
  readonly #later: (act: () => void) => void;
  /** The canvas that viewers see. */
  #sent: LiveCanvas | undefined;
  /** True once a part of this GIF was sent. */
  #begun = false;
  /** True if the next part can build on the picture sent last. */
  #inStep = false;
  /** The newest part, if it was not sent yet. */
  #waiting: { part: Part; timeMilliseconds: number } | undefined;
  /** Number of parts that have arrived since the last send. */
  #waitingParts = 0;
  readonly #pace = new Pace();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param sink Takes the parts that are not dropped.
   * @param framesPerSecond Most parts a second.
   * @param past The past of the channel, with the newest picture.
   * @param later Runs the callback of a timer.
   */
  constructor(
    sink: PartSink,
    framesPerSecond: number,
    past: Past,
    later: (act: () => void) => void,
  ) {
    this.#sink = sink;
    this.#intervalMilliseconds = 1000 / framesPerSecond;
    this.#past = past;
    this.#later = later;
  }

  begin(screen: LogicalScreen): void {
    this.#stopWaiting();
    this.#sent = new LiveCanvas(screen);
    this.#begun = false;
    this.#inStep = false;
    this.#sink.begin(screen);
  }

  part(part: Part, timeMilliseconds: number): void {
    this.#waiting = { part, timeMilliseconds };
    this.#waitingParts++;
    if (this.#timer !== undefined) return;
    const wait = this.#pace.wait(this.#past.now);
    if (wait <= 0) this.#send();
    else {
      this.#timer = setTimeout(() => this.#later(() => this.#send()), wait);
    }
  }

  end(): void {
    if (this.#waiting !== undefined) this.#send();
    this.#sink.end();
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = undefined;
    this.#waitingParts = 0;
  }

  #send(): void {
    const { part, timeMilliseconds } = this.#waiting!;
    const only = this.#waitingParts === 1;
    this.#stopWaiting();
    const asIs = part.keyframe || (only && this.#inStep);
    const made = asIs ? part : this.#difference(part);
    if (asIs) this.#inStep = true;
    if (made === undefined) return;
    this.#begun = true;
    this.#sent!.push(made);
    this.#sink.part(made, timeMilliseconds);
    this.#pace.step(this.#intervalMilliseconds, this.#past.now);
  }

  #difference({ bytes }: Part): Part | undefined {
    const live = this.#past.drawn();
    this.#inStep = this.#begun && live.pendingDisposal === undefined;
    const delay = lastDelay(bytes, delayPositions(bytes));
    if (this.#begun) return difference(this.#sent!.drawn(), live, delay);
    // Even if it is all transparent: viewers wait for a first picture.
    return { bytes: this.#past.keyframe()!.bytes, keyframe: true };
  }
}
