import type { LogicalScreen } from "../../gif/block.ts";
import { Canvas } from "../../gif/canvas/canvas.ts";
import { keyframe } from "../../gif/canvas/keyframe.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { keptBytes, keptPart } from "./kept_part.ts";
import { LiveCanvas } from "./live_canvas.ts";
import { Queue } from "./queue.ts";

/** Options of {@linkcode History}. */
export interface HistoryOptions {
  /** How far back it goes, in seconds; the newest part always is kept. */
  seconds: number;
  /** Most bytes that are kept; the newest part always is. */
  maxBytes: number;
}

/** A part that was sent, and when. */
export interface Moment {
  /** What was sent. */
  part: Part;
  /** When, in milliseconds since 1970. */
  timeMilliseconds: number;
  /** How many parts of this GIF were sent before it. */
  number: number;
}

interface KeptMoment extends Moment {
  /** What viewers saw after it, where later ones need that to be drawn. */
  canvas?: Canvas;
  /** A keyframe of that, once one was wanted. */
  entrance?: Uint8Array;
}

/** Canvases of a stream of differences are kept at least this far apart ... */
const MIN_CANVAS_INTERVAL_MILLISECONDS = 1000;
/** ... and this many of them, or one more. */
const CANVASES = 6;
/** Every color of the past is right, however long that takes to be shown. */
const MAX_LAYERS = 255;

/**
 * The newest parts of a stream with their times, within a bound of time and
 * of bytes, and what viewers saw at each of them.
 *
 * Where parts build on each other, the canvas is copied now and then, and
 * what was seen in between is drawn from there when somebody asks. On a
 * stream of whole pictures nothing is ever copied or drawn for keeping.
 */
export class History {
  readonly #windowMilliseconds: number;
  readonly #maxBytes: number;
  readonly #canvasInterval: number;
  #screen: LogicalScreen = { width: 0, height: 0 };
  #live = new LiveCanvas(this.#screen);
  /** The first one of several is a keyframe, or has a canvas. */
  #moments = new Queue<KeptMoment>();
  /** The numbers of those from which others can be drawn. */
  #bases = new Queue<number>();
  #bytes = 0;
  #number = 0;
  /** Since the last moment from which others can be drawn. */
  #bytesSinceBase = 0;
  #baseMilliseconds = -Infinity;

  /** @param options How much is kept. */
  constructor({ seconds, maxBytes }: HistoryOptions) {
    this.#windowMilliseconds = seconds * 1000;
    this.#maxBytes = maxBytes;
    this.#canvasInterval = Math.max(
      MIN_CANVAS_INTERVAL_MILLISECONDS,
      this.#windowMilliseconds / CANVASES,
    );
  }

  /** The logical screen; width and height are 0 before there is one. */
  get screen(): LogicalScreen {
    return this.#screen;
  }

  /** The newest part, if there is any. */
  get newest(): Moment | undefined {
    return this.#moments.at(-1);
  }

  /** The oldest part that is kept, if there is any. */
  get oldest(): Moment | undefined {
    return this.#moments.at(0);
  }

  /** The parts that are kept, oldest first: a copy of the list. */
  get moments(): readonly Moment[] {
    return this.#moments.from(0);
  }

  /** Bytes of all that is kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A GIF begins: what was before is let go of, since it ends there. */
  begin(screen: LogicalScreen): void {
    this.clear();
    this.#screen = screen;
    this.#live = new LiveCanvas(screen);
  }

  /** Lets go of everything. */
  clear(): void {
    this.#moments = new Queue();
    this.#bases = new Queue();
    this.#bytes = 0;
    this.#number = 0;
    this.#bytesSinceBase = 0;
    this.#baseMilliseconds = -Infinity;
  }

  /**
   * Adds the newest part and lets go of those out of bounds.
   *
   * @param sent The part; it is copied where its buffer is much larger.
   * @param timeMilliseconds When it is sent, in milliseconds since 1970;
   * never less than the time of the one before.
   */
  push(sent: Part, timeMilliseconds: number): void {
    const part = keptPart(sent);
    this.#live.push(part);
    const number = this.#number++;
    const moment: KeptMoment = { part, timeMilliseconds, number };
    this.#bytesSinceBase += keptBytes(part);
    if (part.keyframe || this.#needsCanvas(timeMilliseconds)) {
      if (!part.keyframe) moment.canvas = this.#live.drawn().copy();
      this.#bases.push(number);
      this.#bytesSinceBase = 0;
      this.#baseMilliseconds = timeMilliseconds;
    }
    this.#moments.push(moment);
    this.#bytes += sizeOf(moment);
    this.#letGo(timeMilliseconds);
  }

  /** A keyframe of what viewers see now; there must be a newest part. */
  keyframe(): Uint8Array {
    return this.#live.keyframe();
  }

  /** What viewers see now, drawn: see {@linkcode History.canvas}. */
  drawn(): Canvas {
    return this.#live.drawn();
  }

  /** The part that was the newest at a time; undefined if it is not kept. */
  at(timeMilliseconds: number): Moment | undefined {
    const count = this.#countUntil(timeMilliseconds);
    return count === 0 ? undefined : this.#moments.at(count - 1);
  }

  /** The parts after a moment that is kept, oldest first. */
  after({ number }: Moment): Moment[] {
    return this.#moments.from(this.#indexOf(number) + 1);
  }

  /**
   * The first moment from this one on that {@linkcode History.entrance} does
   * not have to draw anything for, if there is any.
   */
  entranceFrom({ number }: Moment): Moment | undefined {
    return this.#moments.from(this.#indexOf(number)).find(
      ({ part, canvas, entrance }) => part.keyframe || canvas || entrance,
    );
  }

  /** A keyframe of what viewers saw after a part that is kept. */
  entrance({ number }: Moment): Uint8Array {
    const moment = this.#moments.at(this.#indexOf(number))!;
    if (moment.part.keyframe) return moment.part.bytes;
    if (moment.entrance === undefined) {
      const canvas = this.canvas(moment);
      moment.entrance = keyframe(canvas, { maxLayers: MAX_LAYERS });
      this.#bytes += moment.entrance.length;
    }
    return moment.entrance;
  }

  /**
   * What viewers saw after a part that is kept. It must not be drawn on, and
   * is drawn on later if it is the newest: copy what is to stay.
   */
  canvas({ number }: Moment): Canvas {
    const index = this.#indexOf(number);
    if (index === this.#moments.length - 1) return this.drawn();
    let base = index;
    while (!isBase(this.#moments.at(base)!)) base--;
    const { canvas: kept, part } = this.#moments.at(base)!;
    if (kept !== undefined && base === index) return kept;
    const canvas = kept?.copy() ?? new Canvas(this.#screen);
    if (kept === undefined) canvas.drawPart(part.bytes);
    for (const moment of this.#moments.from(base + 1).slice(0, index - base)) {
      canvas.drawPart(moment.part.bytes);
    }
    return canvas;
  }

  #needsCanvas(now: number): boolean {
    return this.#windowMilliseconds > 0 &&
      (now - this.#baseMilliseconds >= this.#canvasInterval ||
        this.#bytesSinceBase >= this.#maxBytes / 4);
  }

  /** Lets go of what is out of bounds, up to a moment that others build on. */
  #letGo(now: number): void {
    const oldest = now - this.#windowMilliseconds;
    while (this.#moments.length > 1) {
      const next = this.#secondBase();
      if (next === undefined) return;
      const inTime = this.#moments.at(next)!.timeMilliseconds > oldest;
      if (inTime && this.#bytes <= this.#maxBytes) return;
      this.#drop(next);
    }
  }

  #drop(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#bytes -= sizeOf(this.#moments.at(i)!);
    }
    this.#moments.drop(count);
    const { number } = this.#moments.at(0)!;
    while (this.#bases.length > 0 && this.#bases.at(0)! < number) {
      this.#bases.drop(1);
    }
  }

  /** The index of the moment from which all later ones could be drawn. */
  #secondBase(): number | undefined {
    if (this.#windowMilliseconds === 0) return 1;
    const number = this.#bases.at(1);
    return number === undefined ? undefined : this.#indexOf(number);
  }

  #indexOf(number: number): number {
    const index = number - (this.oldest?.number ?? 0);
    if (index >= 0 && index < this.#moments.length) return index;
    throw new RangeError(`Cannot look back: the part is not kept: ${number}`);
  }

  /** How many parts had been sent at a time, of those that are kept. */
  #countUntil(timeMilliseconds: number): number {
    let low = 0, high = this.#moments.length;
    while (low < high) {
      const middle = low + high >> 1;
      const { timeMilliseconds: time } = this.#moments.at(middle)!;
      if (time <= timeMilliseconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether what viewers saw after it can be drawn from it alone. */
function isBase({ part, canvas }: KeptMoment): boolean {
  return part.keyframe || canvas !== undefined;
}

function sizeOf({ part, canvas, entrance }: KeptMoment): number {
  return keptBytes(part) + (canvas?.pixels.length ?? 0) +
    (entrance?.length ?? 0);
}
