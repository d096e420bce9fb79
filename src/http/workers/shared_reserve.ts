import { delay } from "@std/async/delay";
import {
  DescriptorReserve,
  type DescriptorReserveOptions,
} from "../listening/descriptor_reserve.ts";
import { REFUSING, type ServerNotices } from "../listening/listening.ts";

/** A worker, as the reserve sees it. */
export interface ReserveUser {
  /** Tells it to stop listening, or that it may listen again. */
  tell(note: { type: "short" } | { type: "enough" }): void;
}

/** Time for workers to stop listening, for which one descriptor is free. */
const STOPPING_MILLISECONDS = 50;

/**
 * The reserve of file descriptors of all workers. If one of them has to stop
 * listening, all do: the others would take what is kept for sources.
 */
export class SharedReserve {
  readonly #notices: ServerNotices;
  readonly #reserve: DescriptorReserve;
  readonly #users = new Set<ReserveUser>();
  /** Workers that do not listen. */
  readonly #refusing = new Set<ReserveUser>();
  /** True from the report of refusals to the report of acceptance. */
  #isTold = false;

  /**
   * @param notices Told when all workers refuse, and when they accept again.
   * @param options The way to take descriptors.
   */
  constructor(
    notices: ServerNotices,
    options: Pick<DescriptorReserveOptions, "spare"> = {},
  ) {
    this.#notices = notices;
    this.#reserve = new DescriptorReserve({
      ...options,
      onShort: async () => {
        this.#stopAll();
        await delay(STOPPING_MILLISECONDS);
      },
      onEnough: () => {
        this.#refusing.clear();
        for (const user of this.#users) user.tell({ type: "enough" });
      },
    });
  }

  /** Adds a worker that has begun to listen. */
  add(user: ReserveUser): void {
    this.#users.add(user);
    if (this.#refusing.size > 0) user.tell({ type: "short" });
  }

  /** Removes a worker that is no more. */
  remove(user: ReserveUser): void {
    this.#users.delete(user);
    this.#refusing.delete(user);
  }

  /** Called when connections have come. */
  noteConnections(): void {
    this.#reserve.lookSoon();
  }

  /** Called when a worker has stopped listening. */
  noteRefusal(user: ReserveUser): void {
    this.#refusing.add(user);
    if (this.#refusing.size < this.#users.size) return this.#stopAll();
    this.#reserve.release();
    if (!this.#isTold) this.#notices.onRefusing?.(REFUSING);
    this.#isTold = true;
  }

  /** Called when a worker has listened again for a while. */
  noteAcceptance(): void {
    if (this.#refusing.size > 0 || !this.#isTold) return;
    this.#isTold = false;
    this.#notices.onAccepting?.();
  }

  /** Gives all back. */
  close(): void {
    this.#reserve.close();
  }

  #stopAll(): void {
    for (const user of this.#users) {
      if (!this.#refusing.has(user)) user.tell({ type: "short" });
    }
  }
}
