import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "./http_error.ts";

/** Options of {@linkcode ClipSending}. */
export interface ClipSendingOptions {
  /**
   * No other clip is begun while those that are being sent have so many
   * bytes.
   *
   * @default {268435456} 256 MiB
   */
  maxBytes?: number;
  /**
   * A client that takes nothing for so long is cut off.
   *
   * @default {30000}
   */
  stallTimeoutMilliseconds?: number;
}

/** What is handed over at a time; a clip that is all handed over is gone. */
const PIECE_BYTES = 65536;

/**
 * Sends clips. Each is a copy of its own, of up to 64 MB, that stays in memory
 * until its client has taken it: so there can only be so many.
 */
export class ClipSending {
  readonly #maxBytes: number;
  readonly #stallTimeoutMilliseconds: number;
  #bytes = 0;

  /** Sends none yet. */
  constructor(options: ClipSendingOptions = {}) {
    const { maxBytes = 2 ** 28, stallTimeoutMilliseconds = 30_000 } = options;
    this.#maxBytes = maxBytes;
    this.#stallTimeoutMilliseconds = stallTimeoutMilliseconds;
  }

  /** How many bytes the clips have that are being sent. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * To be called before a clip is made.
   *
   * @throws {HttpError} With status 503 if too many are being sent.
   */
  check(): void {
    if (this.#bytes < this.#maxBytes) return;
    throw new HttpError(
      STATUS_CODE.ServiceUnavailable,
      "So many clips are being sent that there is no room for another one; " +
        "try again.",
      { "retry-after": "10" },
    );
  }

  /** A body that hands a clip over as its client takes it. */
  body(clip: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
    let position = 0;
    let stall: ReturnType<typeof setTimeout> | undefined;
    this.#bytes += clip.length;
    const finish = () => {
      clearTimeout(stall);
      this.#bytes -= clip.length;
    };
    const watch = (controller: ReadableStreamDefaultController) => {
      clearTimeout(stall);
      stall = setTimeout(() => {
        finish();
        controller.error(new Error("Client cut off: it took nothing"));
      }, this.#stallTimeoutMilliseconds);
    };
    return new ReadableStream({
      start: watch,
      pull(controller) {
        // A view would keep all of the clip in memory.
        const piece = new Uint8Array(
          clip.subarray(position, position += PIECE_BYTES),
        );
        controller.enqueue(piece);
        if (position < clip.length) return watch(controller);
        finish();
        controller.close();
      },
      cancel: finish,
    }, { highWaterMark: 0 });
  }
}
