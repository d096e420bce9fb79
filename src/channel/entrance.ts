import { concat } from "@std/bytes/concat";
import type { Part } from "../gif/write/frame_part.ts";
import { keptBytes } from "../past/kept_part.ts";
import type { PastThread } from "../past/past_thread.ts";
import type { Opening } from "../past/past_messages.ts";
import { Queue } from "../system/queue.ts";

/**
 * Takes what brings a viewer up to date, who gets each later part after that:
 * a keyframe and the parts after it.
 *
 * @param chunks The keyframe and the parts. They are shared.
 * @param number The number of the newest part that they show.
 * @param after The parts in the chunks after the keyframe, oldest first, with
 * their numbers; undefined if the chunks are a backlog.
 */
export type Enter = (
  chunks: readonly Uint8Array[],
  number: number,
  after?: readonly SentPart[],
) => void;

/** Options of {@linkcode Enter}. */
export interface EnterOptions {
  /**
   * True for somebody who has seen all parts so far: the keyframe shows them
   * all, since an older one would take the picture back.
   *
   * @default {false}
   */
  afresh?: boolean;
}

/** Options of {@linkcode Entrance}. */
export interface EntranceOptions {
  /** Makes keyframes. */
  past: PastThread;
  /** Length of the backlog of most viewers, in seconds. */
  backlogSeconds: number;
  /** Most bytes of a backlog. */
  maxBacklogBytes: number;
  /** Called when a keyframe has come, for viewers who have lagged. */
  onKeyframe: () => void;
}

/** A part that was sent. */
export interface SentPart {
  /** The part. */
  bytes: Uint8Array;
  /** Number of parts that the channel sent before it. */
  number: number;
}

/** Viewers who wait for the same beginning. */
interface Waiting {
  entering: Set<Enter>;
  /** Length of their backlog. */
  seconds: number;
  /** The number of the newest part when it was asked for; none: not yet. */
  askedAt?: number;
}

/** Most memory of parts kept for viewers whose keyframe is being made. */
const MAX_KEPT_BYTES = 2 ** 25;
/** Parts after a keyframe that are sent along before there is a new one. */
const MAX_SENT_ALONG = 32;

/**
 * The way into a stream for viewers who join, or who have lagged.
 *
 * The newest part serves if it is a keyframe. Otherwise the keyframe is made
 * elsewhere, "as of part n"; the parts after n are kept meanwhile and sent
 * after it. It is shared by all who enter soon after.
 */
export class Entrance {
  readonly #options: EntranceOptions;
  /** By the length of their backlog; who enters afresh waits alone. */
  readonly #waiting = new Map<number | Enter, Waiting>();
  #keyframe: SentPart | undefined;
  /** The newest parts, as far back as anybody needs them. */
  #kept = new Queue<SentPart>();
  #keptBytes = 0;
  /** Number and bytes of the parts after the keyframe. */
  #sinceKeyframe = { parts: 0, bytes: 0 };
  #newest: SentPart | undefined;
  /** The same for all who enter before the next part. */
  #chunks: readonly Uint8Array[] | undefined;
  #onEmpty: (() => void) | undefined;
  /** Counts GIFs: answers about an earlier one are of no use. */
  #generation = 0;

  /** Makes the entrance of a stream that has sent nothing. */
  constructor(options: EntranceOptions) {
    this.#options = options;
  }

  /** The newest keyframe and the parts after it, if they are at hand. */
  get chunks(): readonly Uint8Array[] | undefined {
    if (this.#keyframe === undefined) return undefined;
    const { bytes, number } = this.#keyframe;
    return this.#chunks ??= this.#withRest([bytes], number);
  }

  /**
   * Lets a viewer enter, at once or later.
   *
   * @param backlogSeconds Length of the backlog.
   * @param enter Called once, never if the stream ends before.
   * @returns A function to call if it leaves before; undefined if it has
   * entered.
   */
  enter(
    enter: Enter,
    backlogSeconds: number = this.#options.backlogSeconds,
  ): (() => void) | undefined {
    if (backlogSeconds === 0 && this.#newest !== undefined) {
      const { chunks } = this;
      if (chunks !== undefined) {
        const after = this.#after(this.#keyframe!.number);
        return void enter(chunks, this.#newest.number, after);
      }
    }
    const { entering } = this.#waitingFor(backlogSeconds);
    entering.add(enter);
    this.#ask();
    return () => entering.delete(enter);
  }

  /**
   * Lets somebody in who has seen all parts so far: see
   * {@linkcode EnterOptions}.
   *
   * @returns A function to call if it leaves before; undefined if it has
   * entered.
   */
  enterAfresh(enter: Enter): (() => void) | undefined {
    const newest = this.#newest;
    if (newest !== undefined && this.#keyframe === newest) {
      return void enter([newest.bytes], newest.number, []);
    }
    this.#waiting.set(enter, { entering: new Set([enter]), seconds: 0 });
    this.#ask();
    return () => this.#waiting.delete(enter);
  }

  /** Asks for a keyframe, which {@linkcode Entrance.chunks} has later. */
  want(): void {
    this.#waitingFor(0);
    this.#ask();
  }

  #waitingFor(seconds: number): Waiting {
    const waiting = this.#waiting.get(seconds) ??
      { entering: new Set(), seconds };
    this.#waiting.set(seconds, waiting);
    return waiting;
  }

  /** A GIF begins. Who waits, waits for its first part. */
  begin(): void {
    this.#generation++;
    this.#keyframe = this.#newest = this.#chunks = undefined;
    this.#kept = new Queue();
    this.#keptBytes = 0;
    for (const waiting of this.#waiting.values()) waiting.askedAt = undefined;
  }

  /** Takes note of a part that is being sent. */
  note({ bytes, keyframe }: Part, number: number): void {
    this.#newest = { bytes, number };
    this.#chunks = undefined;
    this.#kept.push(this.#newest);
    this.#keptBytes += keptBytes({ bytes, keyframe });
    if (keyframe) this.#setKeyframe(this.#newest);
    else {
      this.#sinceKeyframe.parts++;
      this.#sinceKeyframe.bytes += bytes.length;
    }
    this.#letGo();
  }

  /** Lets those in whom the newest part serves. */
  open(isFirst: boolean): void {
    const newest = this.#newest!;
    const isKeyframe = this.#keyframe === newest;
    for (const [key, { seconds }] of [...this.#waiting]) {
      const serves = isFirst || isKeyframe && seconds === 0;
      // Who enters may end the stream.
      if (serves && this.#newest === newest) {
        this.#letIn(key, [newest.bytes], []);
      }
    }
    this.#ask();
  }

  /**
   * Calls back once nothing is being made that anybody waits for.
   */
  whenEmpty(act: () => void): void {
    this.#onEmpty = act;
    this.#tellIfEmpty();
  }

  /** Lets nobody in any more. */
  close(): void {
    this.begin();
    this.#waiting.clear();
  }

  #tellIfEmpty(): void {
    const isMade = [...this.#waiting.values()]
      .every(({ askedAt }) => askedAt === undefined);
    if (isMade) this.#onEmpty?.();
  }

  #ask(): void {
    const newest = this.#newest;
    if (newest === undefined) return;
    for (const [key, waiting] of this.#waiting) {
      if (waiting.askedAt !== undefined) continue;
      waiting.askedAt = newest.number;
      this.#askFor(key, waiting.seconds);
    }
  }

  async #askFor(key: number | Enter, seconds: number): Promise<void> {
    const generation = this.#generation;
    const { past, maxBacklogBytes: maxBytes } = this.#options;
    // Errors are noted there; who waits is helped by the next part.
    const opening = await past.ask("opening", { seconds, maxBytes })
      .catch(() => undefined);
    const waiting = this.#waiting.get(key);
    if (generation !== this.#generation || waiting === undefined) return;
    waiting.askedAt = undefined;
    if (opening !== undefined) this.#answered(key, seconds, opening);
    this.#tellIfEmpty();
  }

  #answered(key: number | Enter, seconds: number, opening: Opening): void {
    const { chunks, number } = opening;
    // Too many parts may have come meanwhile to keep them.
    if (this.#newest!.number > number && this.#oldest > number + 1) return;
    if (seconds === 0) this.#setKeyframe({ bytes: chunks[0], number });
    const after = seconds === 0 ? this.#after(number) : undefined;
    this.#letIn(key, this.#withRest(chunks, number), after);
    if (this.#newest === undefined) return;
    if (seconds === 0) this.#options.onKeyframe();
    this.#letGo();
  }

  #letIn(
    key: number | Enter,
    chunks: readonly Uint8Array[],
    after: readonly SentPart[] | undefined,
  ): void {
    const entering = this.#waiting.get(key)?.entering;
    if (entering === undefined) return;
    this.#waiting.delete(key);
    // Who enters may end the stream.
    const { number } = this.#newest!;
    for (const enter of entering) enter(chunks, number, after);
  }

  /** Adds the parts after a number, as one chunk, since many are small. */
  #withRest(chunks: Uint8Array[], number: number): readonly Uint8Array[] {
    const rest = this.#after(number).map(({ bytes }) => bytes);
    return rest.length > 1 ? [...chunks, concat(rest)] : [...chunks, ...rest];
  }

  #setKeyframe(keyframe: SentPart): void {
    this.#keyframe = keyframe;
    this.#chunks = undefined;
    const after = this.#after(keyframe.number);
    const bytes = after.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#sinceKeyframe = { parts: after.length, bytes };
  }

  #after(number: number): SentPart[] {
    return this.#kept.from(Math.max(0, number + 1 - this.#oldest));
  }

  /** The number of the oldest part kept. */
  get #oldest(): number {
    return this.#kept.at(0)?.number ?? Infinity;
  }

  /** Lets go of parts that nobody needs, or that are too many. */
  #letGo(): void {
    const { parts, bytes } = this.#sinceKeyframe;
    // Then a new keyframe costs viewers less.
    const tooMany = parts > MAX_SENT_ALONG ||
      bytes > (this.#keyframe?.bytes.length ?? 0);
    if (tooMany) this.#keyframe = undefined;
    let needed = this.#keyframe?.number ?? Infinity;
    if (this.#keptBytes <= MAX_KEPT_BYTES) {
      for (const { askedAt = Infinity } of this.#waiting.values()) {
        needed = Math.min(needed, askedAt);
      }
    }
    while (this.#oldest <= needed && this.#kept.length > 0) {
      const { bytes } = this.#kept.at(0)!;
      this.#keptBytes -= keptBytes({ bytes, keyframe: false });
      this.#kept.drop(1);
    }
  }
}
