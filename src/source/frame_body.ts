import { IntakeError } from "../channel/intake.ts";

/** Options of {@linkcode FrameBody}. */
export interface FrameBodyOptions {
  /** Most bytes from the end of one frame to the end of the next. */
  maxFrameBytes: number;
  /** Time without a byte after which the sender is cut off. */
  silenceMilliseconds: number;
}

const MAX_PIECE_BYTES = 65_536;

/** Less of a frame in the time of a pause is one that never ends. */
const LEAST_BYTES = 1024;

/** The body of a request, with bounds on the bytes of a frame and on pauses. */
export class FrameBody {
  /** The bytes; the stream fails with an {@linkcode IntakeError}. */
  readonly bytes: ReadableStream<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #options: FrameBodyOptions;
  #frameBytes = 0;
  #rest: Uint8Array = new Uint8Array(0);
  #newestAt = performance.now();
  /** Bytes of the frame since a time; undefined: none have come. */
  #lately: { bytes: number; since: number } | undefined;
  #failure: IntakeError | undefined;
  #fail: ((error: IntakeError) => void) | undefined;

  constructor(body: ReadableStream<Uint8Array>, options: FrameBodyOptions) {
    this.#reader = body.getReader();
    this.#options = options;
    this.bytes = new ReadableStream({
      pull: async (controller) => {
        const chunk = await this.#read();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel: (reason) => this.#reader.cancel(reason),
    }, { highWaterMark: 0 });
  }

  /** Time since the last byte. */
  get silentMilliseconds(): number {
    return performance.now() - this.#newestAt;
  }

  /** The reason why the body has failed, if it has. */
  get failure(): IntakeError | undefined {
    return this.#failure;
  }

  /** Notes that a frame has ended: the bytes of the next count from here. */
  endFrame(): void {
    this.#frameBytes = 0;
    this.#lately = undefined;
  }

  /** Ends the body: its reader gets the error, and its sender is cut off. */
  fail(error: IntakeError): void {
    this.#failure ??= error;
    this.#fail?.(error);
    // It may have failed by itself meanwhile.
    this.#reader.cancel(error).catch(() => {});
  }

  async #read(): Promise<Uint8Array | undefined> {
    const { maxFrameBytes } = this.#options;
    if (this.#rest.length === 0) {
      const { value } = await this.#next();
      if (value === undefined) return undefined;
      this.#newestAt = performance.now();
      this.#rest = value;
      this.#checkPace(value.length);
    }
    // A chunk may hold many frames, which must not count as one.
    const length = Math.min(MAX_PIECE_BYTES, maxFrameBytes);
    const piece = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(piece.length);
    this.#frameBytes += piece.length;
    if (this.#frameBytes <= maxFrameBytes) return piece;
    const most = `expected at most ${maxFrameBytes} bytes`;
    const error = `Cannot take frame: ${most}, found more`;
    this.fail(new IntakeError("too-large", error));
    throw this.#failure;
  }

  /** Somebody who sends a byte now and then would keep a place for ever. */
  #checkPace(bytes: number): void {
    const { silenceMilliseconds } = this.#options;
    this.#lately ??= { bytes: 0, since: this.#newestAt };
    if (this.#newestAt - this.#lately.since > silenceMilliseconds) {
      if (this.#lately.bytes < LEAST_BYTES) {
        this.fail(tooSilent(silenceMilliseconds, "hardly anything"));
        throw this.#failure;
      }
      this.#lately = { bytes: 0, since: this.#newestAt };
    }
    this.#lately.bytes += bytes;
  }

  #next(): Promise<ReadableStreamReadResult<Uint8Array>> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const { silenceMilliseconds } = this.#options;
    const timer = setTimeout(
      () => this.fail(tooSilent(silenceMilliseconds)),
      silenceMilliseconds,
    );
    // A race with a promise that never settles would keep all losers in memory.
    const { promise, resolve, reject } = Promise.withResolvers<
      ReadableStreamReadResult<Uint8Array>
    >();
    this.#fail = reject;
    this.#reader.read().then(resolve, (error) => reject(cutOff(error)));
    return promise.finally(() => clearTimeout(timer));
  }
}

function tooSilent(
  milliseconds: number,
  what: string = "nothing",
): IntakeError {
  return new IntakeError(
    "silent",
    `Cannot wait for frames: ${what} came for ${milliseconds / 1000} s`,
  );
}

function cutOff(error: unknown): IntakeError {
  return new IntakeError(
    "cut-off",
    "Cannot read frames: the connection broke before they ended",
    { cause: error },
  );
}
