import { concat } from "@std/bytes/concat";
import { TRAILER_BYTES } from "../../gif/markers.ts";
import { Faults } from "../../log/faults.ts";
import { CutOffError } from "./cut_off_error.ts";
import { sendFirst } from "./fanout.ts";
import type { ViewerConnection } from "./viewer_connection.ts";

/** How often one is looked after that has no room for the end. */
const RETRY_MILLISECONDS = 50;

/**
 * A viewer of an endless GIF that ends for it after a while, as if that were
 * its end.
 */
export class TimedConnection implements ViewerConnection {
  readonly #connection: ViewerConnection;
  readonly #milliseconds: number;
  readonly #faults: Faults;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave = () => {};
  /** What is sent before the trailer. */
  lastWord: () => Uint8Array | undefined = () => undefined;

  /**
   * @param connection The way to the viewer.
   * @param milliseconds When it ends, from the first bytes that are sent, or
   * from {@linkcode TimedConnection.start}.
   */
  constructor(
    connection: ViewerConnection,
    milliseconds: number,
    faults: Faults = new Faults(),
  ) {
    this.#connection = connection;
    this.#milliseconds = milliseconds;
    this.#faults = faults;
  }

  get hasRoom(): boolean {
    return this.#connection.hasRoom;
  }

  /**
   * Begins to send.
   *
   * @param attach Attaches a connection; answers with what ends that.
   * @returns What to call when the viewer goes away by itself.
   */
  attach(attach: (connection: ViewerConnection) => () => void): () => void {
    const leave = attach(this);
    this.#leave = () => {
      clearTimeout(this.#timer);
      leave();
    };
    return this.#leave;
  }

  /** Begins to count the time, if that was not done yet. */
  start(): void {
    if (this.#timer === undefined) this.#finishAfter(this.#milliseconds);
  }

  send(bytes: Uint8Array): void {
    this.start();
    this.#connection.send(bytes);
  }

  sendFirst(chunks: readonly Uint8Array[]): void {
    this.start();
    sendFirst(this.#connection, chunks);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#connection.end();
  }

  abort(reason: Error): void {
    clearTimeout(this.#timer);
    this.#connection.abort(reason);
  }

  #finishAfter(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#faults.guard("timer", () => this.#finishIfRoom(), () => {
        this.#leave();
        this.#connection.abort(new CutOffError("Viewer cut off: cannot end"));
      });
    }, milliseconds);
  }

  /** Until then it is a viewer, that counts, and is cut off if it stalls. */
  #finishIfRoom(): void {
    if (this.hasRoom) this.#finish();
    else this.#finishAfter(RETRY_MILLISECONDS);
  }

  #finish(): void {
    const lastWord = this.lastWord();
    this.#leave();
    this.#connection.send(
      lastWord === undefined
        ? TRAILER_BYTES
        : concat([lastWord, TRAILER_BYTES]),
    );
    this.#connection.end();
  }
}
