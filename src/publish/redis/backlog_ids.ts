import { idMilliseconds } from "../../redis/redis_reply.ts";
import { Queue } from "../../system/queue.ts";

/** Length of the backlog in Redis, for edges that were cut off. */
const MAX_MILLISECONDS = 10_000;
/** Most bytes of it. */
const MAX_BYTES = 2 ** 24;
/** Memory that an entry takes in Redis beside its bytes. */
const ENTRY_OVERHEAD_BYTES = 128;

/** The entries of a channel's stream that are to be kept. */
export class BacklogIds {
  #entries = new Queue<{ id: string; bytes: number }>();
  #bytes = 0;

  /** The oldest entry to keep; undefined if none is known. */
  get oldest(): string | undefined {
    return this.#entries.at(0)?.id;
  }

  /** Takes note of an entry that was written. */
  push(id: string, byteLength: number): void {
    const bytes = byteLength + ENTRY_OVERHEAD_BYTES;
    this.#entries.push({ id, bytes });
    this.#bytes += bytes;
    const newest = idMilliseconds(id);
    while (this.#entries.length > 1) {
      const { id, bytes } = this.#entries.at(0)!;
      const isOld = newest - idMilliseconds(id) > MAX_MILLISECONDS;
      if (!isOld && this.#bytes <= MAX_BYTES) break;
      this.#bytes -= bytes;
      this.#entries.drop(1);
    }
  }

  /** Forgets all. */
  clear(): void {
    this.#entries = new Queue();
    this.#bytes = 0;
  }
}
