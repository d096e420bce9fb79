import { compareKeys, type FrameOrder } from "./frame_order.ts";
import type { TrackedFile } from "./tracked_file.ts";

/** The files that can be read, in the order of their keys. */
export class ReadyFiles {
  readonly #order: FrameOrder;
  readonly #files: TrackedFile[] = [];
  readonly #known = new Set<TrackedFile>();
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
    tracked.key ??= this.#order.overwritten(tracked.name);
    if (this.has(tracked)) this.#files.splice(this.#files.indexOf(tracked), 1);
    this.#known.add(tracked);
    this.#files.splice(this.#placeOf(tracked), 0, tracked);
    this.wake();
  }

  /** Takes the first file; undefined: none waits. */
  shift(): TrackedFile | undefined {
    const first = this.#files.shift();
    if (first !== undefined) this.#known.delete(first);
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

  #placeOf({ key }: TrackedFile): number {
    let low = 0, high = this.#files.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareKeys(this.#files[middle].key!, key!) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
