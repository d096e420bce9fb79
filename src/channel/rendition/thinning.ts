import type { LogicalScreen } from "../../gif/block.ts";
import { difference } from "../../gif/canvas/difference.ts";
import { delayPositions, lastDelay } from "../../gif/read/part_delay.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { Pace } from "../../timing/pace.ts";
import { LiveCanvas } from "../past/live_canvas.ts";
import type { Past } from "../past/past.ts";
import type { PartSink } from "./part_sink.ts";

/**
 * Leaves out pictures, so that there are at most so many a second, evenly
 * spaced; the newest comes in any case.
 *
 * A part that builds on one that was left out cannot be sent: then comes what
 * differs between the picture sent last and the newest. As long as none was
 * left out, and wherever the newest is a whole picture, parts are handed on
 * as they are, and nothing is drawn.
 */
export class Thinning implements PartSink {
  readonly #sink: PartSink;
  readonly #intervalMilliseconds: number;
  readonly #past: Past;
  readonly #later: (act: () => void) => void;
  /** What viewers were sent. */
  #sent: LiveCanvas | undefined;
  /** Whether they were sent anything of this GIF. */
  #begun = false;
  /** Whether the next part can be drawn on that as on what came. */
  #inStep = false;
  /** The newest part, if it was not sent yet, and how many there are. */
  #waiting: { part: Part; timeMilliseconds: number } | undefined;
  #waitingParts = 0;
  readonly #pace = new Pace();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param sink What takes the parts that are left.
   * @param framesPerSecond Most parts a second.
   * @param past Where the newest picture is.
   * @param later Does what a timer is for.
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
    // Even if all of it is transparent: viewers wait for a first picture.
    return { bytes: this.#past.keyframe()!.bytes, keyframe: true };
  }
}
