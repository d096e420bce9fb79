/** Bytes fall by about lambda to this power, as measured on films. */
const BYTES_EXPONENT = 0.45;
/** Above, pictures are streaks and ghosts: fewer are better. */
const MAX_LAMBDA = 400;
/** Seconds over which bytes above or below the budget are made up for. */
const REPAY_SECONDS = 0.5;
/** Seconds' worth of bytes that may be owed before pictures are skipped. */
const MAX_DEBT_SECONDS = 0.15;
/** Seconds' worth of bytes that may be saved up for later. */
const MAX_SAVING_SECONDS = 0.2;
/** A picture that is this many times too large is encoded once more. */
const RETRY_RATIO = 1.6;
const MAX_RETRIES = 3;
/** Seconds' worth of bytes that one picture may take, as new scenes do. */
const BURST_SECONDS = 0.2;
/** How lambda follows pictures that were too large, and too small. */
const UP_EXPONENT = 1;
const DOWN_EXPONENT = 0.5;
/** How fast it may. */
const MOST_UP = 3;
const MOST_DOWN = 1.4;

/**
 * Holds a stream to a budget of bytes: by lambda, which takes colors with it,
 * and where that is not enough, by leaving pictures out.
 */
export class RateControl {
  /** Lambda for the next picture. */
  lambda: number;
  /** For pictures that take few bytes. */
  leastLambda: number;
  #bytesPerFrame: number;
  readonly #framesPerSecond: number;
  /** Bytes written above the budget; below 0: saved. */
  #debt = 0;
  #retries = 0;

  /**
   * Begins with nothing owed.
   *
   * @param bytesPerSecond Above 0.
   * @param framesPerSecond Pictures given a second, above 0.
   * @param leastLambda For pictures that take few bytes.
   */
  constructor(
    bytesPerSecond: number,
    framesPerSecond: number,
    leastLambda: number,
  ) {
    this.#bytesPerFrame = bytesPerSecond / framesPerSecond;
    this.#framesPerSecond = framesPerSecond;
    this.leastLambda = leastLambda;
    this.lambda = Math.max(leastLambda, 30);
  }

  /** The budget; what is owed stays owed when it changes. */
  get bytesPerSecond(): number {
    return this.#bytesPerFrame * this.#framesPerSecond;
  }

  set bytesPerSecond(bytes: number) {
    this.#bytesPerFrame = bytes / this.#framesPerSecond;
  }

  /** Whether the next picture is to be left out. */
  get mustSkip(): boolean {
    const most = MAX_DEBT_SECONDS * this.#framesPerSecond;
    return this.#debt > Math.max(1, most) * this.#bytesPerFrame;
  }

  /** What the next picture should take. */
  get #wanted(): number {
    const frames = Math.max(1, REPAY_SECONDS * this.#framesPerSecond);
    const wanted = this.#bytesPerFrame - this.#debt / frames;
    return Math.max(this.#bytesPerFrame / 4, wanted);
  }

  /**
   * Tells whether a picture of so many bytes will do. If not, lambda is higher
   * now, and it should be encoded again.
   */
  accepts(bytes: number): boolean {
    // The first picture of a scene may take more: the following take less.
    const burst = BURST_SECONDS * this.#framesPerSecond * this.#bytesPerFrame;
    const most = Math.max(RETRY_RATIO * this.#wanted, burst);
    if (
      bytes <= most || this.#retries === MAX_RETRIES ||
      this.lambda >= MAX_LAMBDA
    ) return true;
    this.#retries++;
    this.#raise((bytes / most) ** (1 / BYTES_EXPONENT), 64);
    return false;
  }

  /** Counts a picture that was written; 0 bytes: nothing had changed. */
  count(bytes: number): void {
    const ratio = Math.max(bytes, 1) / this.#wanted;
    this.#retries = 0;
    this.#owe(bytes);
    // A picture in which little moves says little about the next one.
    if (ratio > 1) this.#raise(ratio ** UP_EXPONENT, MOST_UP);
    else this.#raise(ratio ** DOWN_EXPONENT, MOST_DOWN);
  }

  /** Counts a picture that was left out. */
  skip(): void {
    this.#owe(0);
  }

  #owe(bytes: number): void {
    const saving = MAX_SAVING_SECONDS * this.#framesPerSecond;
    const least = -Math.max(1, saving) * this.#bytesPerFrame;
    this.#debt = Math.max(this.#debt + bytes - this.#bytesPerFrame, least);
  }

  #raise(factor: number, most: number): void {
    const bounded = Math.min(most, Math.max(1 / most, factor));
    this.lambda = Math.min(
      MAX_LAMBDA,
      Math.max(this.leastLambda, this.lambda * bounded),
    );
  }
}
