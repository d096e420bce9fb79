import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "../answer/http_error.ts";

const RETRY_SECONDS = 10;

/**
 * Limits what the clients of one network take at a time of a thing that all share,
 * so that nobody takes all of it.
 */
export class Shares {
  /** The most of one network. */
  readonly max: number;
  readonly #taken = new Map<string, number>();

  /** @param max What {@linkcode Shares.max} is. */
  constructor(max: number) {
    this.max = max;
  }

  /**
   * Checks that a network may take more. One that is not known always may.
   *
   * @param network As `clientNetwork()` says it.
   * @throws {HttpError} With status 429 if it may not.
   */
  check(network: string | undefined): void {
    if (network === undefined) return;
    if ((this.#taken.get(network) ?? 0) >= this.max) throw tooMany();
  }

  /**
   * Takes one, if the network may.
   *
   * @returns Gives it back; called again, it does nothing.
   * @throws {HttpError} With status 429 if it may not.
   */
  take(network: string | undefined): () => void {
    this.check(network);
    return this.add(network, 1);
  }

  /** Takes so much, be it too much or not; returns what gives it back. */
  add(network: string | undefined, amount: number): () => void {
    if (network === undefined) return () => {};
    this.#count(network, amount);
    let isTaken = true;
    return () => {
      if (isTaken) this.#count(network, -amount);
      isTaken = false;
    };
  }

  #count(network: string, amount: number): void {
    const taken = (this.#taken.get(network) ?? 0) + amount;
    if (taken > 0) this.#taken.set(network, taken);
    else this.#taken.delete(network);
  }
}

/** Shares of one network at a time, by the thing that is shared. */
export interface NetworkShares {
  /** Listeners to events. */
  listeners: Shares;
  /** Pictures in forms of its own that are being made. */
  pictures: Shares;
  /** Viewers. */
  viewers: Shares;
  /** Viewers of walls. */
  walls: Shares;
}

function tooMany(): HttpError {
  return new HttpError(
    STATUS_CODE.TooManyRequests,
    "Too much is asked for from your address at a time; try again.",
    { "retry-after": String(RETRY_SECONDS) },
  );
}
