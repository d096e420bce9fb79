/** Bytes fall by about lambda to this power, as measured on films. */
const BYTES_EXPONENT = 0.45;
/** Above, pictures are streaks and ghosts: fewer are better. */
const MAX_LAMBDA = 400;
/**
 * The same, for a picture that would else be too large however few there are.
 */
const LAST_LAMBDA = 2 * MAX_LAMBDA;
/** Below, lambda would take long to rise again. */
const MIN_LAMBDA = 0.5;
/** Lambda to begin with, when nothing is known. */
const FIRST_LAMBDA = 30;

// Any span of time may take its budget and no more than these two besides:
// together they are less than a tenth of five seconds.
/** Seconds' worth of bytes that may be owed, as after new scenes. */
const MAX_DEBT_SECONDS = 0.35;
/** Seconds' worth of bytes that may be saved up for later. */
const MAX_SAVING_SECONDS = 0.1;

/** Seconds over which bytes above or below the budget are made up for. */
const REPAY_SECONDS = 0.5;
/** Share of a picture's budget that is aimed at even if much is owed. */
const LEAST_SHARE = 0.25;
/**
 * Exponents by which lambda follows pictures that are too large, or too small.
 */
const UP_EXPONENT = 1;
const DOWN_EXPONENT = 0.5;
/** Most change of lambda from one picture to the next. */
const MOST_UP = 3;
const MOST_DOWN = 1.4;

/** A picture that does not fit is encoded again so often. */
const MAX_RETRIES = 3;
/** Share of the room for it that it is meant to take then. */
const RETRY_SHARE = 0.9;
/** Most growth of lambda from one try to the next. */
const MOST_UP_AT_RETRY = 64;

/** Share of each picture in the measured time between pictures. */
const INTERVAL_RATE = 0.2;
/** A pause of more times the usual is no measure ... */
const MOST_INTERVALS = 4;
/** ... and nor are pictures that come at once. */
const LEAST_INTERVAL_SECONDS = 0.001;

/** The decision about an encoded picture. */
export type Verdict = "write" | "retry" | "leave out";

/**
 * Holds a stream to a budget of bytes a second: by lambda, which takes colors
 * with it, and where that is not enough, by leaving pictures out.
 *
 * Written bytes are a debt, which time pays back. A picture that would exceed
 * the most debt is not written, which bounds the bytes of any span of time,
 * whatever pictures take. Lambda keeps that rare.
 */
export class RateControl {
  /** Lambda for the next picture, or for the next try. */
  lambda: number;
  /** The budget; what is owed stays owed when it changes. */
  bytesPerSecond: number;
  #leastLambda = MIN_LAMBDA;
  #intervalSeconds: number;
  /** Bytes written above the budget; below 0: saved. */
  #debt: number;
  #retries = 0;
  /** Bytes of the last picture at the highest lambda. */
  #leastBytes = 0;

  /**
   * Begins with all saved up that may be.
   *
   * @param bytesPerSecond Above 0.
   * @param framesPerSecond How many pictures there are probably going to be.
   * @param leastLambda For pictures that take few bytes.
   */
  constructor(
    bytesPerSecond: number,
    framesPerSecond: number,
    leastLambda: number,
  ) {
    this.bytesPerSecond = bytesPerSecond;
    this.#intervalSeconds = 1 / framesPerSecond;
    this.leastLambda = leastLambda;
    this.lambda = Math.max(this.leastLambda, FIRST_LAMBDA);
    this.#debt = -this.#mostSaved;
  }

  /** For pictures that take few bytes: 0.5 or more. */
  get leastLambda(): number {
    return this.#leastLambda;
  }

  set leastLambda(lambda: number) {
    this.#leastLambda = Math.max(MIN_LAMBDA, lambda);
  }

  /** The next picture has come, so many seconds after the one before. */
  advance(seconds: number): void {
    const usual = this.#intervalSeconds;
    const interval = Math.max(
      LEAST_INTERVAL_SECONDS,
      Math.min(seconds, MOST_INTERVALS * usual),
    );
    this.#intervalSeconds += (interval - usual) * INTERVAL_RATE;
    this.#debt -= seconds * this.bytesPerSecond;
    this.#debt = Math.max(this.#debt, -this.#mostSaved);
    this.#retries = 0;
  }

  /** True if the picture cannot fit and need not be encoded. */
  get mustLeaveOut(): boolean {
    return this.#leastBytes > this.#room && !this.#hasSavedAll;
  }

  /**
   * Tells what is to become of a picture of so many bytes, 0 if nothing has
   * changed. What is to be written is counted.
   *
   * @param isNeeded Whether it cannot be left out.
   */
  judge(bytes: number, isNeeded: boolean): Verdict {
    this.#leastBytes = bytes * (this.lambda / MAX_LAMBDA) ** BYTES_EXPONENT;
    if (bytes > this.#room) {
      // Who has saved all that may be saved has waited long enough.
      const isLast = this.#hasSavedAll && !isNeeded;
      const most = isLast ? LAST_LAMBDA : MAX_LAMBDA;
      if (this.lambda < most && this.#retries < MAX_RETRIES) {
        this.#retries++;
        const ratio = bytes / (RETRY_SHARE * this.#room);
        this.#scale(ratio ** (1 / BYTES_EXPONENT), MOST_UP_AT_RETRY, most);
        return "retry";
      }
      if (!isNeeded && !this.#hasSavedAll) return "leave out";
    }
    const ratio = bytes / this.#wanted;
    this.#debt += bytes;
    // A picture in which little moves says little about the next one.
    if (ratio > 1) this.#scale(ratio ** UP_EXPONENT, MOST_UP);
    else this.#scale(ratio ** DOWN_EXPONENT, MOST_DOWN);
    return "write";
  }

  get #mostSaved(): number {
    // The time of the picture that has come has been paid for already.
    return this.bytesPerSecond * (this.#intervalSeconds + MAX_SAVING_SECONDS);
  }

  /** True if savings would be lost by the time of the next picture. */
  get #hasSavedAll(): boolean {
    return this.#debt <= -this.bytesPerSecond * MAX_SAVING_SECONDS;
  }

  /** Bytes that the picture may take. */
  get #room(): number {
    return Math.max(0, this.bytesPerSecond * MAX_DEBT_SECONDS - this.#debt);
  }

  /** Bytes that the picture should take. */
  get #wanted(): number {
    const budget = this.#intervalSeconds * this.bytesPerSecond;
    const owed = this.#debt + budget;
    const frames = Math.max(1, REPAY_SECONDS / this.#intervalSeconds);
    return Math.max(LEAST_SHARE * budget, budget - owed / frames);
  }

  #scale(factor: number, most: number, maxLambda = MAX_LAMBDA): void {
    const bounded = Math.min(most, Math.max(1 / most, factor));
    this.lambda = Math.max(
      this.leastLambda,
      Math.min(maxLambda, this.lambda * bounded),
    );
  }
}
