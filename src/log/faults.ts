import { writeError } from "./write_error.ts";

/** The place where an unexpected error was caught. */
export type FaultKind =
  /** The source of a channel. */
  | "source"
  /** The channel itself, or a form of its stream. */
  | "channel"
  /** The connection of one viewer. */
  | "viewer"
  /** A request that is being answered. */
  | "request"
  /** A timer. */
  | "timer"
  /** A worker thread. */
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
 * Counts and reports faults, that is mistakes in gifstream. A fault ends the
 * one source, viewer, request or timer that it happens in, and nothing else.
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
 * const part = { bytes: Uint8Array.of(1, 2, 3), keyframe: true };
 * channel.publishPart(part, { width: 1, height: 1 });
 * assertEquals(told, ["viewer"]);
 * assertEquals(faults.counts.viewer, 1);
 * assertEquals(channel.viewers, 0);
 * channel.close();
 * ```
 */
export class Faults {
  /** Number of faults so far, by kind. */
  readonly counts: Readonly<Record<FaultKind, number>>;
  readonly #counts: Record<FaultKind, number>;
  readonly #onFault: (kind: FaultKind, error: unknown) => void;

  /**
   * Counts from 0.
   *
   * @param onFault Called with each fault; it must not throw. The default
   * writes to standard error and never waits for its reader.
   */
  constructor(onFault: (kind: FaultKind, error: unknown) => void = write) {
    const counts = KINDS.map((kind) => [kind, 0] as const);
    this.#counts = Object.fromEntries(counts) as Record<FaultKind, number>;
    this.counts = this.#counts;
    this.#onFault = onFault;
  }

  /**
   * Counts and reports a fault.
   *
   * @param kind The place where the error was caught.
   * @param error The error.
   */
  note(kind: FaultKind, error: unknown): void {
    this.#counts[kind]++;
    this.#onFault(kind, error);
  }

  /**
   * Calls a function that is not expected to throw.
   *
   * @param kind The place, if it throws.
   * @param act The function.
   * @param end Called after a fault, to end what cannot go on; it may throw.
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

/** Errors that JavaScript throws at mistakes in a program. */
const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError];

/** True if an error is a mistake in gifstream, not in an input. */
export function isFault(error: unknown): boolean {
  return !(error instanceof Error) ||
    MISTAKES.some((kind) => error instanceof kind);
}
