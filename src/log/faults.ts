import { writeError } from "./write_error.ts";

/** Where an error was caught that nobody had expected. */
export type FaultKind =
  /** What gives a channel its frames. */
  | "source"
  /** What makes a frame a part, or a form of a channel's stream. */
  | "channel"
  /** The way to one viewer. */
  | "viewer"
  /** A request that is being answered. */
  | "request"
  /** Something that is done later, or again and again. */
  | "timer"
  /** A thread of its own. */
  | "worker"
  /** Anywhere else. */
  | "program";

const KINDS: readonly FaultKind[] = [
  "source",
  "channel",
  "viewer",
  "request",
  "timer",
  "worker",
  "program",
];

/**
 * Counts mistakes of ours, and tells of them: each ends the one source,
 * viewer, request or timer that it happens in, and nothing else.
 *
 * @example A viewer whose connection fails in an unexpected way
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { Faults } from "@x/gifstream/channel";
 * import { assertEquals } from "@std/assert";
 *
 * const told: unknown[] = [];
 * const faults = new Faults((kind) => told.push(kind));
 * const channel = new Channel({ faults });
 * channel.attach({
 *   hasRoom: true,
 *   send: () => {
 *     throw new TypeError("Cannot send");
 *   },
 *   end: () => {},
 *   abort: () => {},
 * });
 * channel.publish(Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * ));
 * assertEquals(told, ["viewer"]);
 * assertEquals(faults.counts.viewer, 1);
 * assertEquals(channel.viewers, 0);
 * channel.close();
 * ```
 */
export class Faults {
  /** How many there were so far. */
  readonly counts: Readonly<Record<FaultKind, number>>;
  readonly #counts: Record<FaultKind, number>;
  readonly #onFault: (kind: FaultKind, error: unknown) => void;

  /**
   * Counts from 0.
   *
   * @param onFault Told of each; it must not throw. By default it writes to
   * standard error, and never waits for who reads that.
   */
  constructor(onFault: (kind: FaultKind, error: unknown) => void = write) {
    const counts = KINDS.map((kind) => [kind, 0] as const);
    this.#counts = Object.fromEntries(counts) as Record<FaultKind, number>;
    this.counts = this.#counts;
    this.#onFault = onFault;
  }

  /**
   * Counts a fault and tells of it.
   *
   * @param kind Where it was caught.
   * @param error What was thrown.
   */
  note(kind: FaultKind, error: unknown): void {
    this.#counts[kind]++;
    this.#onFault(kind, error);
  }

  /**
   * Does something that is not expected to throw.
   *
   * @param kind Where a fault is caught.
   * @param act What is done.
   * @param end Ends what cannot go on after a fault; it may throw, too.
   */
  guard(kind: FaultKind, act: () => void, end?: () => void): void {
    try {
      act();
    } catch (error) {
      this.note(kind, error);
      if (end !== undefined) this.guard(kind, end);
    }
  }
}

function write(kind: FaultKind, error: unknown): void {
  writeError(`gifstream: fault (${kind}):`, error);
}
