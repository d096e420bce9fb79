import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import { unavailable } from "../answer/unavailable.ts";
import type { Client } from "./client.ts";

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

/** Bytes that are handed over at once. */
const CHUNK_BYTES = 65536;

/**
 * Sends clips. What they consist of is shared with viewers and other clips,
 * but stays in memory, up to 64 MB of it, until their clients have taken it,
 * though nobody else may need it any more: so there can only be so many.
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

  /** Bytes of all clips that are being sent. */
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
    throw unavailable(
      "So many clips are being sent that there is no room for another one; " +
        "try again.",
      10,
    );
  }

  /**
   * A body that hands a clip over as its client takes it.
   *
   * @param pieces The clip. It stays as it is.
   * @param client Who takes it, if it can be watched.
   */
  body(
    pieces: readonly Uint8Array[],
    client?: Client,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const chunks = chunksOf(pieces);
    let stall: ReturnType<typeof setTimeout> | undefined;
    this.#bytes += length;
    let forget = () => {};
    const finish = () => {
      clearTimeout(stall);
      forget();
      this.#bytes -= length;
    };
    const expect = (controller: ReadableStreamDefaultController) => {
      clearTimeout(stall);
      stall = setTimeout(() => {
        finish();
        controller.error(new CutOffError("Client cut off: it took nothing"));
      }, this.#stallTimeoutMilliseconds);
    };
    return new ReadableStream({
      start(controller) {
        const cut = () => {
          finish();
          controller.error(new CutOffError("Client cut off"));
        };
        forget = client?.watch({ cut, leave: cut }) ?? forget;
        expect(controller);
      },
      pull(controller) {
        const { value, done } = chunks.next();
        if (!done) {
          controller.enqueue(value);
          return expect(controller);
        }
        finish();
        controller.close();
      },
      cancel: finish,
    }, { highWaterMark: 0 });
  }
}

/** Copies of what lies one behind the other, since much of it is small. */
function* chunksOf(
  pieces: readonly Uint8Array[],
): Generator<Uint8Array<ArrayBuffer>, void> {
  let chunk = new Uint8Array(CHUNK_BYTES), filled = 0;
  for (let piece of pieces) {
    while (piece.length > 0) {
      const fitting = piece.subarray(0, CHUNK_BYTES - filled);
      chunk.set(fitting, filled);
      filled += fitting.length;
      piece = piece.subarray(fitting.length);
      if (filled < CHUNK_BYTES) continue;
      yield chunk;
      chunk = new Uint8Array(CHUNK_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
