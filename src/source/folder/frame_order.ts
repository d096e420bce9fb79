/** Place of a file in the order of frames. */
export interface OrderKey {
  /** Grows each time that numbering restarts. */
  epoch: number;
  /** The file's name; its numbers count within an epoch. */
  name: string;
  /** True: frames were given, or came late, under this key. */
  used: boolean;
}

/** State of the names that differ only in their numbers, such as `in#.gif`. */
interface Series {
  epoch: number;
  highestComplete?: string;
  lastTaken?: OrderKey;
}

const MAX_SERIES = 64;
const RUNS = /\d+|\D+/g;

/**
 * Compares names as people do: numbers in them by value, so that `in9.gif`
 * comes before `in10.gif`, and the rest letter by letter.
 */
export function compareNames(a: string, b: string): number {
  const runsA = a.match(RUNS) ?? [], runsB = b.match(RUNS) ?? [];
  for (let i = 0; i < runsA.length && i < runsB.length; i++) {
    const difference = compareRuns(runsA[i], runsB[i]);
    if (difference !== 0) return difference;
  }
  return runsA.length - runsB.length || compareText(a, b);
}

function compareRuns(a: string, b: string): number {
  if (!isDigit(a) || !isDigit(b)) return compareText(a, b);
  const digitsA = a.replace(/^0+/, ""), digitsB = b.replace(/^0+/, "");
  return digitsA.length - digitsB.length || compareText(digitsA, digitsB);
}

function isDigit(text: string): boolean {
  return text >= "0" && text < ":";
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares by epoch, then by name. */
export function compareKeys(a: OrderKey, b: OrderKey): number {
  return a.epoch - b.epoch || compareNames(a.name, b.name);
}

/** The name with `#` for each number, which all names of a series share. */
export function seriesOf(name: string): string {
  return name.replace(/\d+/g, "#");
}

/**
 * Tells a late file from numbering that restarts. Late: `in9.gif` was begun
 * before `in10.gif` was complete, and completed after `in10.gif` was taken.
 * Restarted: `in1.gif` is begun after `in99.gif`.
 */
export class FrameOrder {
  readonly #series = new Map<string, Series>();
  #epoch = 0;

  /**
   * A file was begun.
   *
   * @param known True: there was a file of this name before.
   */
  began(name: string, known: boolean): OrderKey {
    const series = this.#seriesOf(name);
    const { highestComplete, lastTaken } = series;
    const restarted = known && highestComplete !== undefined &&
      compareNames(name, highestComplete) <= 0;
    const passed = lastTaken?.epoch === series.epoch &&
      compareNames(name, lastTaken.name) <= 0;
    if (restarted || passed) this.#startEpoch(series);
    return { epoch: series.epoch, name, used: false };
  }

  /** A file that was begun is complete. */
  completed(key: OrderKey): void {
    const series = this.#seriesOf(key.name);
    const { highestComplete } = series;
    if (key.epoch !== series.epoch) return;
    if (
      highestComplete === undefined ||
      compareNames(key.name, highestComplete) > 0
    ) series.highestComplete = key.name;
  }

  /** A known file has new contents, which are always a new frame. */
  overwritten(name: string): OrderKey {
    const series = this.#seriesOf(name);
    this.#startEpoch(series);
    series.highestComplete = name;
    return { epoch: series.epoch, name, used: false };
  }

  /** A frame is about to be queued; false: it comes late. */
  take(key: OrderKey): boolean {
    const series = this.#seriesOf(key.name);
    const { lastTaken } = series;
    key.used = true;
    if (lastTaken !== undefined && compareKeys(key, lastTaken) < 0) {
      return false;
    }
    series.lastTaken = key;
    this.completed(key);
    return true;
  }

  #startEpoch(series: Series): void {
    series.epoch = ++this.#epoch;
    series.highestComplete = undefined;
  }

  #seriesOf(name: string): Series {
    const pattern = seriesOf(name);
    const series = this.#series.get(pattern) ?? { epoch: ++this.#epoch };
    this.#series.delete(pattern);
    this.#series.set(pattern, series);
    if (this.#series.size > MAX_SERIES) {
      for (const oldest of this.#series.keys()) {
        this.#series.delete(oldest);
        break;
      }
    }
    return series;
  }
}
