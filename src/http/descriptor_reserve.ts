import {
  clearImmediate,
  clearInterval,
  setImmediate,
  setInterval,
} from "node:timers";
import {
  isOutOfDescriptors,
  type SpareDescriptors,
  spareDescriptors,
} from "./spare_descriptors.ts";

/** Options of {@linkcode DescriptorReserve}. */
export interface DescriptorReserveOptions {
  /** Called when none are left but those that the reserve has given up. */
  onShort: () => void;
  /** Called when there are enough again. */
  onEnough: () => void;
  /**
   * What descriptors are taken with; undefined if nothing can be.
   *
   * @default {spareDescriptors()}
   */
  spare?: SpareDescriptors;
}

/** Kept for sources, ffmpeg and files, while viewers take all others. */
const KEPT = 32;

/** More than one, or the next viewer would take the last one again. */
const MARGIN = 16;

const LOOK_MILLISECONDS = 100;

/** After so long there may be some again, where that cannot be seen. */
const BLIND_MILLISECONDS = 1000;

/**
 * Keeps file descriptors for those who serve viewers, and gives them up when
 * there are no others left.
 *
 * How many a program may have is not known: only one with all permissions can
 * read that. So one is taken every now and then, to see whether there is one.
 */
export class DescriptorReserve {
  readonly #options: DescriptorReserveOptions;
  readonly #spare: SpareDescriptors | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #size: number;
  /** Each gives one back. */
  readonly #kept: (() => void)[] = [];
  #shortSince: number | undefined;
  #soon: NodeJS.Immediate | undefined;

  /** Takes what it is to keep: at most half of what there is. */
  constructor(options: DescriptorReserveOptions) {
    this.#options = options;
    this.#spare = "spare" in options ? options.spare : spareDescriptors();
    if (this.#spare?.lasting) this.#take(2 * KEPT);
    this.#size = Math.floor(this.#kept.length / 2);
    this.#giveBack(this.#size);
    // This alone keeps no program running.
    this.#timer = setInterval(() => this.#look(), LOOK_MILLISECONDS).unref();
  }

  /** Looks soon whether there are any left: to be called when one was taken. */
  lookSoon(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      this.#look();
    });
  }
  /** Gives up all: to be called when the system says that none are left. */
  release(): void {
    this.#shortSince ??= performance.now();
    this.#giveBack(0);
  }

  /** Gives all back, and looks no more. */
  close(): void {
    clearInterval(this.#timer);
    clearImmediate(this.#soon);
    this.#giveBack(0);
  }

  #look(): void {
    if (this.#shortSince !== undefined) this.#lookForEnough();
    else if (this.#take(this.#size + 1)) this.#giveBack(this.#size);
    else this.#runShort();
  }

  /** Gives up half: the server, if it takes connections still, may use it up. */
  #runShort(): void {
    this.#shortSince = performance.now();
    this.#giveBack(Math.floor(this.#size / 2));
    this.#options.onShort();
  }

  #lookForEnough(): void {
    const before = this.#kept.length;
    if (!this.#take(this.#size + MARGIN)) return this.#giveBack(before);
    this.#giveBack(this.#size);
    this.#shortSince = undefined;
    this.#options.onEnough();
  }

  /** Keeps so many. False if there are not enough, and it keeps what it got. */
  #take(size: number): boolean {
    const spare = this.#spare;
    if (spare === undefined) return this.#mayBeEnough();
    try {
      while (this.#kept.length < size) this.#kept.push(spare.take());
      return true;
    } catch (error) {
      // Any other error tells nothing about how many there are.
      return !isOutOfDescriptors(error);
    }
  }

  #mayBeEnough(): boolean {
    const since = this.#shortSince;
    return since === undefined ||
      performance.now() - since > BLIND_MILLISECONDS;
  }

  #giveBack(rest: number): void {
    for (const giveBack of this.#kept.splice(rest)) giveBack();
  }
}
