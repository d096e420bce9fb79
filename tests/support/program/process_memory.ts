/**
 * What Linux says of a running process.
 *
 * @module
 */

/** Megabytes that it has in memory. */
export function residentMegabytes(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const [, kilobytes] = status.match(/^VmRSS:\s+(\d+) kB$/m)!;
  return Number(kilobytes) / 1024;
}

/** How many descriptors it has open. */
export function openDescriptors(pid: number): number {
  return [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
}

/** Watches how much a process has in memory at most. */
export class MemoryPeak implements Disposable {
  readonly before: number;
  #peak: number;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(pid: number) {
    this.before = this.#peak = residentMegabytes(pid);
    this.#timer = setInterval(() => {
      this.#peak = Math.max(this.#peak, residentMegabytes(pid));
    }, 20);
  }

  /** Megabytes more than at first. */
  get growth(): number {
    return this.#peak - this.before;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
