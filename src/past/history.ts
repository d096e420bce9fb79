import type { LogicalScreen } from "../gif/block.ts";
import { Canvas } from "../gif/canvas/canvas.ts";
import { keyframe } from "../gif/canvas/keyframe.ts";
import type { Part } from "../gif/write/frame_part.ts";
import { keptBytes, keptPart } from "./kept_part.ts";
import { LiveCanvas } from "./live_canvas.ts";
import type { PastBounds } from "./past_bounds.ts";
import { Queue } from "../system/queue.ts";

/** A part that was sent, and its time. */
export interface Moment {
  /** The part. */
  part: Part;
  /** Time when the part was sent, in milliseconds since 1970. */
  timeMilliseconds: number;
  /** Number of parts of this GIF that were sent before it. */
  number: number;
}

interface KeptMoment extends Moment {
  /** The canvas after this part, where drawing later parts starts from it. */
  canvas?: Canvas;
  /** A keyframe of the canvas after this part, once one was wanted. */
  entrance?: Uint8Array;
}

/** Least time between kept canvases, unless many bytes lie between them. */
const MIN_CANVAS_INTERVAL_MILLISECONDS = 1000;
/** Most kept canvases, give or take one, unless parts are large. */
const CANVASES = 6;
/** Most layers: every color of the past is right, even if drawn slowly. */
const MAX_LAYERS = 255;

/**
 * The newest parts of a stream with their times, bounded in time and bytes,
 * and the canvas after each of them.
 *
 * Where parts build on each other, the canvas is copied now and then, and the
 * canvases in between are drawn from a copy when they are wanted. On a stream
 * of whole pictures, no canvas is ever copied or drawn to be kept.
 */
export class History {
  readonly #windowMilliseconds: number;
  readonly #maxBytes: number;
  readonly #canvasInterval: number;
  #screen: LogicalScreen = { width: 0, height: 0 };
  #live = new LiveCanvas(this.#screen);
  /** If there are several, the first is a keyframe or has a canvas. */
  #moments = new Queue<KeptMoment>();
  /** Numbers of the moments from which others can be drawn. */
  #bases = new Queue<number>();
  #bytes = 0;
  #number = 0;
  /** Bytes of parts since the last moment that is a base: see `isBase`. */
  #bytesSinceBase = 0;
  #baseMilliseconds = -Infinity;

  /** @param options Bounds of the history. */
  constructor({ seconds, maxBytes }: PastBounds) {
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

  /** The oldest part kept, if there is any. */
  get oldest(): Moment | undefined {
    return this.#moments.at(0);
  }

  /** The parts kept, oldest first: a copy of the list. */
  get moments(): readonly Moment[] {
    return this.#moments.from(0);
  }

  /** Bytes kept: of parts, canvases and keyframes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Begins a GIF: drops everything kept of the previous one. */
  begin(screen: LogicalScreen): void {
    this.clear();
    this.#screen = screen;
    this.#live = new LiveCanvas(screen);
  }

  /** Drops everything kept. */
  clear(): void {
    this.#moments = new Queue();
    this.#bases = new Queue();
    this.#bytes = 0;
    this.#number = 0;
    this.#bytesSinceBase = 0;
    this.#baseMilliseconds = -Infinity;
  }

  /**
   * Adds the newest part and drops parts that are out of bounds.
   *
   * @param sent The part, which is copied if its buffer is much larger.
   * @param timeMilliseconds Time of the part, in milliseconds since 1970,
   * never less than that of the previous part.
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

  /** A keyframe of the newest picture; the history must not be empty. */
  keyframe(): Uint8Array {
    return this.#live.keyframe();
  }

  /** The canvas that viewers see now: see {@linkcode History.canvas}. */
  drawn(): Canvas {
    return this.#live.drawn();
  }

  /** The newest part at a given time; undefined if it is not kept. */
  at(timeMilliseconds: number): Moment | undefined {
    const count = this.#countUntil(timeMilliseconds);
    return count === 0 ? undefined : this.#moments.at(count - 1);
  }

  /** The parts after a moment, which must be kept, oldest first. */
  after({ number }: Moment): Moment[] {
    return this.#moments.from(this.#indexOf(number) + 1);
  }

  /**
   * The first moment, from the given one on, with a keyframe or a canvas, so
   * that {@linkcode History.entrance} need not draw parts; undefined if there
   * is none.
   */
  entranceFrom({ number }: Moment): Moment | undefined {
    return this.#moments.from(this.#indexOf(number)).find(
      ({ part, canvas, entrance }) => part.keyframe || canvas || entrance,
    );
  }

  /** A keyframe of the canvas after a part, which must be kept. */
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
   * The canvas after a part, which must be kept. Do not draw on the canvas. If
   * the part is the newest, later parts change the canvas: copy it to keep it.
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

  /** Drops moments that are out of bounds, up to the next base. */
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

  /** Number of kept parts that were sent by a given time. */
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

/** True if the canvas after this moment can be drawn from it alone. */
function isBase({ part, canvas }: KeptMoment): boolean {
  return part.keyframe || canvas !== undefined;
}

function sizeOf({ part, canvas, entrance }: KeptMoment): number {
  return keptBytes(part) + (canvas?.pixels.length ?? 0) +
    (entrance?.length ?? 0);
}
