/**
 * The way from the server to here: how far it falls behind, and how many
 * pictures a second it bears.
 *
 * @module
 */

/** What lies between here and the server holds so much back at most. */
const MAX_LAG_MILLISECONDS = 3000;
/** Clocks may run apart by so much. */
const DRIFT = 1e-4;
/** Part of the pictures that came, which the way bears. */
const BEARABLE = 0.7;
const MIN_RATE = 0.2;
/** Beyond it a limit means nothing. */
const MAX_RATE = 25;
/** First time without lag after which more is tried. */
const RECOVERY_MILLISECONDS = 60_000;
const MAX_RECOVERY_MILLISECONDS = 600_000;
/** Time for which the news of a lag is told. */
const NEWS_MILLISECONDS = 5000;

/** Knows the server's clock, and what the way to it bears. */
export class LinkQuality {
  /** Most pictures a second to ask for. @type {number | undefined} */
  rateLimit;
  /** Least difference between our clock and the server's. */
  #clockMilliseconds = Infinity;
  #heardMilliseconds = 0;
  #fellMilliseconds = -Infinity;
  #fellBehind = 0;
  #recoveryMilliseconds = RECOVERY_MILLISECONDS;

  /** A connection begins, and with it another way. */
  begin() {
    this.#clockMilliseconds = Infinity;
  }

  /** How far it has fallen behind just now, in milliseconds. */
  get behindMilliseconds() {
    const age = performance.now() - this.#fellMilliseconds;
    return age < NEWS_MILLISECONDS ? this.#fellBehind : 0;
  }

  /**
   * Takes the server's time.
   *
   * @param {number} serverMilliseconds
   * @param {number} rate Pictures a second that came of late.
   * @returns {boolean} True if it is best to connect anew: what takes all and
   * sends slowly would only fall further behind; or if more may be tried.
   */
  hear(serverMilliseconds, rate) {
    const now = performance.now();
    const drift = (now - this.#heardMilliseconds) * DRIFT;
    const difference = Date.now() - serverMilliseconds;
    this.#clockMilliseconds = Math.min(
      this.#clockMilliseconds + drift,
      difference,
    );
    this.#heardMilliseconds = now;
    const behind = difference - this.#clockMilliseconds;
    if (behind > MAX_LAG_MILLISECONDS) {
      this.#fall(now, behind, rate);
      return true;
    }
    return this.#recover(now);
  }

  /**
   * How old a picture is, but for the time of its way.
   *
   * @param {number} sentMilliseconds By the server's clock.
   * @returns {number | undefined}
   */
  ageOf(sentMilliseconds) {
    if (this.#clockMilliseconds === Infinity) return undefined;
    return Date.now() - this.#clockMilliseconds - sentMilliseconds;
  }

  /**
   * @param {number} now
   * @param {number} behind
   * @param {number} rate
   */
  #fall(now, behind, rate) {
    // Soon after more was tried: that is for later.
    if (now - this.#fellMilliseconds < 2 * this.#recoveryMilliseconds) {
      this.#recoveryMilliseconds = Math.min(
        2 * this.#recoveryMilliseconds,
        MAX_RECOVERY_MILLISECONDS,
      );
    } else this.#recoveryMilliseconds = RECOVERY_MILLISECONDS;
    this.#fellMilliseconds = now;
    this.#fellBehind = behind;
    const least = Math.min(rate, this.rateLimit ?? Infinity);
    this.rateLimit = Math.max(MIN_RATE, least * BEARABLE);
  }

  /** @param {number} now */
  #recover(now) {
    const { rateLimit } = this;
    const quiet = now - this.#fellMilliseconds;
    if (rateLimit === undefined || quiet < this.#recoveryMilliseconds) {
      return false;
    }
    this.#fellMilliseconds = now;
    this.#fellBehind = 0;
    this.rateLimit = 2 * rateLimit > MAX_RATE ? undefined : 2 * rateLimit;
    return true;
  }
}
