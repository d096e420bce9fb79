import process from "node:process";

/**
 * CPU time of this process, all of its threads, so that compiling and
 * collecting garbage count, and other programs do not.
 */
export class CpuClock {
  readonly #laps: number[] = [];
  #started = process.cpuUsage();

  /** Begins a lap. */
  start(): void {
    this.#started = process.cpuUsage();
  }

  /** Ends it. */
  stop(): void {
    const { user, system } = process.cpuUsage(this.#started);
    this.#laps.push((user + system) / 1000);
  }

  /** The median lap, in milliseconds; the laps before it was warm are few. */
  median(): number {
    const sorted = this.#laps.toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }
}
