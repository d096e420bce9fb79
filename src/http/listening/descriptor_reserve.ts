import {
  clearInterval,
  clearTimeout,
  setInterval,
  setTimeout,
} from "node:timers";
import {
  isOutOfDescriptors,
  type SpareDescriptors,
  spareDescriptors,
} from "../../system/spare_descriptors.ts";

/** Callbacks about a reserve. */
export interface ReserveEvents {
  /**
   * Called when hardly any others are left, to have the reserve given up. Until
   * it returns, a single one is free.
   */
  onShort: () => void | Promise<void>;
  /** Called when there are enough again after the reserve was given up. */
  onEnough: () => void;
}

/** A reserve of descriptors, as a server uses it. */
export interface Reserve {
  /** Called when a descriptor was taken. */
  lookSoon(): void;
  /** Gives all up, until there are enough again. */
  release(): void;
  /** Gives all back, and looks no more. */
  close(): void;
}

/** Options of {@linkcode DescriptorReserve}. */
export interface DescriptorReserveOptions extends ReserveEvents {
  /**
   * The way to take descriptors; undefined if there is none.
   *
   * @default {spareDescriptors()}
   */
  spare?: SpareDescriptors;
}

/**
 * Kept for sources, while viewers take all others: a thread needs 6, and dozens
 * while its modules load; a channel has up to four of them, beside ffmpeg.
 */
const KEPT = 160;

/** Fewer are too few to start ffmpeg, or a thread. */
const LEAST = 10;

/** So many viewers can come before there are too few again. */
const MARGIN = 16;

const LOOK_MILLISECONDS = 100;

/**
 * Of the looks for enough, one in so many takes all that there are: rarely
 * where the system tells how many are in use.
 */
const RARELY = 10;
const SELDOM = 3;

/** For those who look at each connection, of which thousands may come. */
const SOON_MILLISECONDS = 5;

/** After so long there may be some again, where that cannot be seen. */
const BLIND_MILLISECONDS = 1000;

/**
 * Keeps file descriptors for sources and files, until hardly any others are
 * left.
 *
 * The limit of a program is not known: only a program with all permissions can
 * read it. So the reserve takes some descriptors now and then, as a test.
 */
export class DescriptorReserve implements Reserve {
  readonly #options: DescriptorReserveOptions;
  readonly #spare: SpareDescriptors | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #size: number;
  /** Each gives one back. */
  readonly #kept: (() => void)[] = [];
  #releasedAt: number | undefined;
  /** Number in use when none was left, if it is known. */
  #limit: number | undefined;
  #looks = 0;
  #soon: NodeJS.Timeout | undefined;
  #isTelling = false;
  #isClosed = false;

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

  lookSoon(): void {
    if (this.#isClosed) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#look();
    }, SOON_MILLISECONDS).unref();
  }

  release(): void {
    if (this.#releasedAt === undefined) {
      this.#releasedAt = performance.now();
      this.#limit = this.#spare?.inUse();
    }
    this.#giveBack(0);
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#giveBack(0);
  }

  #look(): void {
    if (this.#isTelling) return;
    if (this.#releasedAt !== undefined) return this.#lookForEnough();
    if (this.#take(this.#size + LEAST)) this.#giveBack(this.#size);
    else this.#tellShort();
  }

  /** Now it holds all that there are. */
  async #tellShort(): Promise<void> {
    this.#isTelling = true;
    this.#giveBack(Math.max(this.#kept.length - 1, 0));
    try {
      await this.#options.onShort();
    } finally {
      this.#isTelling = false;
    }
    if (this.#releasedAt === undefined) this.#giveBack(this.#size);
  }

  #lookForEnough(): void {
    if (!this.#mayFindEnough()) return;
    const isEnough = this.#take(this.#size + LEAST + MARGIN);
    this.#giveBack(isEnough ? this.#size : 0);
    if (!isEnough) return;
    this.#releasedAt = undefined;
    this.#options.onEnough();
  }

  /** While all are taken, to see how many there are, others find none. */
  #mayFindEnough(): boolean {
    const inUse = this.#spare?.inUse(), limit = this.#limit;
    const isKnown = inUse !== undefined && limit !== undefined;
    // The limit may have been that of the whole system, and another by now.
    const isDue = ++this.#looks % (isKnown ? RARELY : SELDOM) === 0;
    return isDue || isKnown && limit - inUse >= this.#size + LEAST + MARGIN;
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
    const at = this.#releasedAt;
    return at === undefined || performance.now() - at > BLIND_MILLISECONDS;
  }

  #giveBack(rest: number): void {
    for (const giveBack of this.#kept.splice(rest)) giveBack();
  }
}
