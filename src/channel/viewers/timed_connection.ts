import { concat } from "@std/bytes/concat";
import { TRAILER_BYTES } from "../../gif/markers.ts";
import { Faults } from "../../log/faults.ts";
import { CutOffError } from "./cut_off_error.ts";
import { sendFirst } from "./fanout.ts";
import type { ViewerConnection } from "./viewer_connection.ts";

/** Interval of attempts to end the GIF of a viewer that has no room. */
const RETRY_MILLISECONDS = 50;

/** Options of {@linkcode TimedConnection}. */
export interface TimedConnectionOptions {
  /**
   * Listener for unexpected errors, which cut the viewer off.
   *
   * @default {new Faults()}
   */
  faults?: Faults;
  /**
   * The last bytes of the stream.
   *
   * @default the trailer of a GIF
   */
  trailer?: Uint8Array;
}

/** A viewer whose copy of an endless stream ends after a given time. */
export class TimedConnection implements ViewerConnection {
  readonly #connection: ViewerConnection;
  readonly #milliseconds: number;
  readonly #faults: Faults;
  readonly #trailer: Uint8Array;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave = () => {};
  #left = false;
  #hasBegun = false;
  /**
   * Makes the bytes to send before the trailer; none by default. If the viewer
   * was sent nothing so far, they are the beginning of its GIF, too.
   */
  lastWord: (
    hasBegun: boolean,
  ) => Promise<Uint8Array | undefined> | undefined = () => undefined;

  /**
   * @param connection The connection to the viewer.
   * @param milliseconds Time until the end, from the first bytes sent or from
   * {@linkcode TimedConnection.start}.
   */
  constructor(
    connection: ViewerConnection,
    milliseconds: number,
    { faults = new Faults(), trailer = TRAILER_BYTES }: TimedConnectionOptions =
      {},
  ) {
    this.#connection = connection;
    this.#milliseconds = milliseconds;
    this.#faults = faults;
    this.#trailer = trailer;
  }

  get hasRoom(): boolean {
    return this.#connection.hasRoom;
  }

  /**
   * Attaches this connection to a stream.
   *
   * @param attach Attaches a connection, and returns a function that ends the
   * attachment.
   * @returns A function to call when the viewer leaves by itself.
   */
  attach(attach: (connection: ViewerConnection) => () => void): () => void {
    const leave = attach(this);
    this.#leave = () => {
      this.#left = true;
      clearTimeout(this.#timer);
      leave();
    };
    return this.#leave;
  }

  /** Starts the time, unless it has started already. */
  start(): void {
    if (this.#timer === undefined) this.#finishAfter(this.#milliseconds);
  }

  send(bytes: Uint8Array): void {
    this.start();
    this.#hasBegun = true;
    this.#connection.send(bytes);
  }

  sendFirst(chunks: readonly Uint8Array[]): void {
    this.start();
    this.#hasBegun = true;
    sendFirst(this.#connection, chunks);
  }

  end(): void {
    this.#left = true;
    clearTimeout(this.#timer);
    this.#connection.end();
  }

  abort(reason: Error): void {
    this.#left = true;
    clearTimeout(this.#timer);
    this.#connection.abort(reason);
  }

  #finishAfter(milliseconds: number): void {
    this.#timer = setTimeout(
      () => this.#guard(() => this.#finishIfRoom()),
      milliseconds,
    );
  }

  /** Calls a function; a fault in it cuts the viewer off. */
  #guard(act: () => void): void {
    this.#faults.guard("timer", act, () => {
      this.#leave();
      this.#connection.abort(new CutOffError("Viewer cut off: cannot end"));
    });
  }

  /** Until it ends, the viewer counts, and is cut off if it stalls. */
  #finishIfRoom(): void {
    if (!this.hasRoom) return this.#finishAfter(RETRY_MILLISECONDS);
    const lastWord = this.lastWord(this.#hasBegun);
    if (lastWord === undefined) return this.#finish();
    // The stream may end meanwhile, or the viewer leave.
    lastWord.catch(() => undefined)
      .then((bytes) => this.#guard(() => this.#left || this.#finish(bytes)));
  }

  #finish(lastWord?: Uint8Array): void {
    this.#leave();
    // A trailer alone would be no file.
    if (this.#hasBegun || lastWord !== undefined) {
      const words = lastWord === undefined ? [] : [lastWord];
      this.#connection.send(concat([...words, this.#trailer]));
    }
    this.#connection.end();
  }
}
