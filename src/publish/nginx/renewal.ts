/** New viewers begin anew after so many messages, ... */
const MESSAGES = 32;
/** ... but no sooner, ... */
const LEAST_MILLISECONDS = 2000;
/** ... and later, if it holds parts up for more than a fortieth of the time. */
const HOLDING_PART = 40;
const MOST_MILLISECONDS = 20_000;
/** Parts are held up for so long. */
export const MAX_HOLD_MILLISECONDS = 1000;
/** A keyframe that has not come by then is asked for again. */
const PATIENCE_MILLISECONDS = 10_000;

/** A keyframe that was asked for. */
interface Asked {
  /** The number of the newest part that was sent. */
  sentNumber: number;
  /** True if parts wait for it. */
  holds: boolean;
  atMilliseconds: number;
}

/**
 * Decides when new viewers begin with a fresh keyframe, which those who watch
 * already get, too.
 *
 * Such a keyframe shows what was sent when it was asked for; once a part was
 * sent in the meantime, it would take the picture back. Then it is asked for
 * again, and parts wait for it.
 */
export class Renewal {
  #intervalMilliseconds = LEAST_MILLISECONDS;
  #asked: Asked | undefined;

  /** True while parts have to wait. */
  holds(now: number): boolean {
    return this.#asked?.holds === true &&
      now - this.#asked.atMilliseconds < MAX_HOLD_MILLISECONDS;
  }

  /**
   * True if a keyframe is to be asked for.
   *
   * @param messages What a new viewer gets.
   * @param ageMilliseconds The age of the first of them.
   * @param now Milliseconds, as of all these functions.
   */
  isDue(messages: number, ageMilliseconds: number, now: number): boolean {
    const { atMilliseconds = -Infinity } = this.#asked ?? {};
    return messages >= MESSAGES &&
      ageMilliseconds >= this.#intervalMilliseconds &&
      now - atMilliseconds >= PATIENCE_MILLISECONDS;
  }

  /** A keyframe is asked for, when parts up to a number were sent. */
  ask(sentNumber: number, now: number, holds: boolean = false): void {
    this.#asked = { sentNumber, holds, atMilliseconds: now };
  }

  /**
   * The keyframe has come.
   *
   * @param sentNumber The number of the newest part that was sent.
   * @returns `use` it; `again`: ask for it again, holding parts; or `leave` it.
   */
  come(sentNumber: number, now: number): "use" | "again" | "leave" {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked === undefined) return "leave";
    const took = asked.holds ? now - asked.atMilliseconds : 0;
    this.#intervalMilliseconds = Math.min(
      Math.max(LEAST_MILLISECONDS, HOLDING_PART * took),
      MOST_MILLISECONDS,
    );
    if (sentNumber <= asked.sentNumber) return "use";
    return asked.holds ? "leave" : "again";
  }

  /** None is waited for any more. */
  reset(): void {
    this.#asked = undefined;
  }
}
