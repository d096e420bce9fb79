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
  #entries = new Queue<{ id: string; bytes: number; number: number }>();
  #bytes = 0;

  /** The oldest entry to keep; undefined if none is known. */
  get oldest(): string | undefined {
    return this.#entries.at(0)?.id;
  }

  /** The newest entry. */
  get newest(): string {
    return this.#entries.at(-1)!.id;
  }

  /**
   * The newest entry with nothing after a part; undefined if none is kept.
   *
   * @param number The number of the part.
   */
  upTo(number: number): string | undefined {
    for (let at = -1;; at--) {
      const entry = this.#entries.at(at);
      if (entry === undefined || entry.number <= number) return entry?.id;
    }
  }

  /**
   * Takes note of an entry that was written.
   *
   * @param id Its place in the stream.
   * @param byteLength Length of its bytes.
   * @param number The number of the newest part up to there; -1 before the
   * first.
   */
  push(id: string, byteLength: number, number: number): void {
    const bytes = byteLength + ENTRY_OVERHEAD_BYTES;
    this.#entries.push({ id, bytes, number });
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
