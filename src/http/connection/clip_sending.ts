import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import { Shares } from "../access/shares.ts";
import type { HttpError } from "../answer/http_error.ts";
import { unavailable } from "../answer/unavailable.ts";
import type { WatchedClient } from "./client.ts";
import { withResolvers } from "../../system/with_resolvers.ts";

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

/** Who is to get a clip. */
export interface ClipReceiver {
  /** The client, if it can be watched. */
  client?: WatchedClient;
  /** Where it is, as `clientNetwork()` says, if that is known. */
  network?: string;
}

/** Bytes that are handed over at once. */
const CHUNK_BYTES = 65536;

/** Clips that wait to be made. */
const MAX_WAITING = 16;

/** One network may take one part in so many. */
const SHARE_PART = 2;

/**
 * Sends clips. Each stays in memory, up to 64 MB of it, until its client has
 * taken it: so there can only be so many, and they are made one by one.
 */
export class ClipSending {
  readonly #maxBytes: number;
  readonly #stallTimeoutMilliseconds: number;
  readonly #shares: { waiting: Shares; bytes: Shares };
  #bytes = 0;
  #waiting = 0;
  /** Fulfilled when the clip before is made. */
  #made: Promise<void> = Promise.resolve();

  /** Sends none yet. */
  constructor(options: ClipSendingOptions = {}) {
    const { maxBytes = 2 ** 28, stallTimeoutMilliseconds = 30_000 } = options;
    this.#maxBytes = maxBytes;
    this.#shares = {
      waiting: new Shares(MAX_WAITING / SHARE_PART),
      bytes: new Shares(maxBytes / SHARE_PART),
    };
    this.#stallTimeoutMilliseconds = stallTimeoutMilliseconds;
  }

  /** Bytes of all clips that are being sent. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Makes a clip, after those before it; none for a client that leaves before
   * its turn comes.
   *
   * @param make Makes it.
   * @param to Who wants it, and where that is.
   * @throws {HttpError} With status 503 if too many are being made or sent, or
   * the client has left, and 429 if the network has too many of them.
   */
  async make<Clip>(
    make: () => Promise<Clip>,
    { client, network }: ClipReceiver = {},
  ): Promise<Clip> {
    if (this.#waiting >= MAX_WAITING) throw noRoom();
    this.#checkRoom(network);
    const giveBack = this.#shares.waiting.take(network);
    const before = this.#made;
    const made = withResolvers<void>();
    this.#made = made.promise;
    this.#waiting++;
    const left = withResolvers<never>();
    const leave = () => left.reject(hasLeft());
    const forget = client?.watch({ cut: leave, leave });
    try {
      await Promise.race([before, left.promise]);
      this.#checkRoom(network);
      return await make();
    } finally {
      forget?.();
      this.#waiting--;
      giveBack();
      // The one before may be made still, for others.
      before.then(made.resolve);
    }
  }

  #checkRoom(network: string | undefined): void {
    if (this.#bytes >= this.#maxBytes) throw noRoom();
    this.#shares.bytes.check(network);
  }

  /**
   * A body that hands a clip over as its client takes it.
   *
   * @param clip The clip. It stays as it is.
   * @param to Who takes it, and where that is.
   */
  body(
    clip: Uint8Array<ArrayBuffer>,
    { client, network }: ClipReceiver = {},
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { length } = clip;
    let sent = 0;
    let stall: ReturnType<typeof setTimeout> | undefined;
    this.#bytes += length;
    const giveBack = this.#shares.bytes.add(network, length);
    let forget = () => {};
    const finish = () => {
      clearTimeout(stall);
      forget();
      giveBack();
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
        if (sent < length) {
          controller.enqueue(clip.subarray(sent, sent += CHUNK_BYTES));
          return expect(controller);
        }
        finish();
        controller.close();
      },
      cancel: finish,
    }, { highWaterMark: 0 });
  }
}

/** Nobody reads it. */
function hasLeft(): HttpError {
  return unavailable("The client has left.", 1);
}

function noRoom(): HttpError {
  return unavailable(
    "So many clips are being sent that there is no room for another one; " +
      "try again.",
    10,
  );
}
