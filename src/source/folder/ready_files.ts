import { compareKeys, type FrameOrder, type OrderKey } from "./frame_order.ts";
import type { TrackedFile } from "./tracked_file.ts";

/** The files that can be read, in the order of their keys. */
export class ReadyFiles {
  readonly #order: FrameOrder;
  #files: TrackedFile[] = [];
  /** The keys by which the files stand in their places. */
  readonly #known = new Map<TrackedFile, OrderKey>();
  /** Most files that may be left of those in the last crowd. */
  #lastCrowd = 0;
  #wake = Promise.withResolvers<void>();

  /** @param order Gives keys to files whose beginning was not seen. */
  constructor(order: FrameOrder) {
    this.#order = order;
  }

  /** True if the file waits here. */
  has(tracked: TrackedFile): boolean {
    return this.#known.has(tracked);
  }

  /** Adds a file, or moves it to the present place of its key. */
  add(tracked: TrackedFile): void {
    const key = tracked.key ??= this.#order.overwritten(tracked.name);
    const before = this.#known.get(tracked);
    this.wake();
    if (before === key) return;
    if (before !== undefined) this.#remove(tracked, before);
    this.#known.set(tracked, key);
    this.#files.splice(this.#placeAfter(key), 0, tracked);
  }

  /**
   * The files, if many more wait than after the last call; otherwise none. So
   * looking at all of them takes little time for each one that is added.
   *
   * @param maxFiles Number of files that may wait.
   */
  crowd(maxFiles: number): readonly TrackedFile[] {
    const { length } = this.#files;
    if (length <= this.#lastCrowd + 2 * maxFiles) return [];
    this.#lastCrowd = length;
    return [...this.#files];
  }

  /** The files before one of them; none if it does not wait. */
  before(tracked: TrackedFile): TrackedFile[] {
    return this.#files.slice(0, Math.max(0, this.#files.indexOf(tracked)));
  }

  /** Takes files out of their turn. */
  take(files: Iterable<TrackedFile>): void {
    for (const tracked of files) this.#known.delete(tracked);
    this.#files = this.#files.filter((tracked) => this.#known.has(tracked));
    this.#lastCrowd = Math.min(this.#lastCrowd, this.#files.length);
  }

  /** Takes the first file; undefined: none waits. */
  shift(): TrackedFile | undefined {
    const first = this.#files.shift();
    if (first !== undefined) this.#known.delete(first);
    this.#lastCrowd = Math.min(this.#lastCrowd, this.#files.length);
    return first;
  }

  /** Resolves when a file is added, or on {@linkcode ReadyFiles.wake}. */
  async woken(): Promise<void> {
    await this.#wake.promise;
    this.#wake = Promise.withResolvers<void>();
  }

  /** Resolves the promise of {@linkcode ReadyFiles.woken}. */
  wake(): void {
    this.#wake.resolve();
  }

  #remove(tracked: TrackedFile, key: OrderKey): void {
    // Some may have the same key; it is the last one that is before its place.
    let at = this.#placeAfter(key) - 1;
    while (at >= 0 && this.#files[at] !== tracked) at--;
    if (at < 0) at = this.#files.indexOf(tracked);
    this.#files.splice(at, 1);
  }

  #placeAfter(key: OrderKey): number {
    let low = 0, high = this.#files.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#known.get(this.#files[middle])!;
      if (compareKeys(other, key) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
