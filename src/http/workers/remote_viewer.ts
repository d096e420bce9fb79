import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";
import type { OrderWriter } from "./orders.ts";

/** The way to another thread, as its viewers share it. */
export interface ViewerLink {
  /** Orders to the thread. */
  readonly orders: OrderWriter;
  /** Number of the newest batch of orders that the thread has carried out. */
  readonly takenBatch: number;
  /** Bytes on their way to the thread, which it has not taken. */
  readonly waitingBytes: number;
  /** Called when a stream has ended: its viewer is no more. */
  forget(viewer: number): void;
}

/**
 * Chunks on their way to the thread: as many as a connection takes at a
 * stretch, of which it sends one and lets two wait.
 */
const MAX_SENT_CHUNKS = 3;

/** The same for a thread that is held up for a moment. More would be lag. */
const MAX_LATE_CHUNKS = 16;
const MAX_LATE_BYTES = 2 ** 23;

/** A viewer whose connection another thread has. */
export class RemoteViewer implements ViewerConnection {
  /** Called when the viewer has left. */
  leave: () => void = () => {};
  /** True while its connection has no room, as its thread says. */
  isFull: boolean = false;
  readonly #link: ViewerLink;
  readonly #id: number;
  /** Chunks sent since the thread had carried out all orders. */
  #sentChunks = 0;
  /** Number of the newest batch with an order for this viewer. */
  #newestBatch = -1;

  /**
   * @param link The way to the thread.
   * @param id The number of its request.
   */
  constructor(link: ViewerLink, id: number) {
    this.#link = link;
    this.#id = id;
  }

  get hasRoom(): boolean {
    if (this.isFull) return false;
    if (this.#sentChunks < MAX_SENT_CHUNKS || this.#isUpToDate) return true;
    return this.#sentChunks < MAX_LATE_CHUNKS &&
      this.#link.waitingBytes < MAX_LATE_BYTES;
  }

  send(bytes: Uint8Array): void {
    this.#count();
    this.#link.orders.send(this.#id, bytes);
  }

  sendFirst(chunks: readonly Uint8Array[]): void {
    this.#count();
    this.#link.orders.sendFirst(this.#id, chunks);
  }

  end(): void {
    this.#link.orders.end(this.#id);
    this.#link.forget(this.#id);
  }

  abort({ message }: Error): void {
    this.#link.orders.abort(this.#id, message);
    this.#link.forget(this.#id);
  }

  get #isUpToDate(): boolean {
    return this.#newestBatch <= this.#link.takenBatch;
  }

  #count(): void {
    if (this.#isUpToDate) this.#sentChunks = 0;
    this.#sentChunks++;
    this.#newestBatch = this.#link.orders.number;
  }
}
