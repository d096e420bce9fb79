/**
 * Orders to viewers' connections in another thread. Each chunk of bytes
 * crosses once for all viewers that are sent it, and the orders are numbers:
 *
 * - `SEND`, chunk, count, viewers: sends the chunk to so many viewers.
 * - `SEND_FIRST`, viewer, count, chunks: sends the first chunks together.
 * - `END`, viewer: ends the stream after what was sent.
 * - `ABORT`, viewer, reason: cuts the connection.
 *
 * @module
 */

const SEND = 0;
const SEND_FIRST = 1;
const END = 2;
const ABORT = 3;

/** Chunks that the other thread still has from earlier batches. */
const KNOWN_CHUNKS = 4;

/** Up to here, to copy a buffer is cheaper than to move it. */
const COPIED_BYTES = 4096;

/** A batch of orders, for another thread. */
export interface OrderBatch {
  /** Number of batches before it. */
  number: number;
  /** Chunks that the other thread does not have yet. */
  chunks: Uint8Array[];
  /** The orders, as numbers. */
  orders: Int32Array<ArrayBuffer>;
  /** Reasons of those that cut a connection. */
  reasons: string[];
}

/** Receiver of orders. */
export interface OrderTaker {
  send(viewer: number, bytes: Uint8Array): void;
  sendFirst(viewer: number, chunks: readonly Uint8Array[]): void;
  end(viewer: number): void;
  abort(viewer: number, reason: string): void;
}

/** The newest chunks, which both threads have, by their numbers. */
class KnownChunks {
  readonly #chunks: (Uint8Array | undefined)[] = [];
  #count = 0;

  /** Number of chunks so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds a chunk, and returns its number. */
  add(bytes: Uint8Array): number {
    this.#chunks[this.#count % KNOWN_CHUNKS] = bytes;
    return this.#count++;
  }

  /** The chunk of a number, which must be one of the newest. */
  get(number: number): Uint8Array {
    return this.#chunks[number % KNOWN_CHUNKS]!;
  }

  /** The number of a chunk; undefined if it is none of the newest. */
  numberOf(bytes: Uint8Array): number | undefined {
    const first = Math.max(0, this.#count - KNOWN_CHUNKS);
    for (let number = this.#count - 1; number >= first; number--) {
      if (this.get(number) === bytes) return number;
    }
    return undefined;
  }
}

/** Collects the orders of a turn of the event loop, and hands them over. */
export class OrderWriter implements OrderTaker {
  readonly #post: (batch: OrderBatch, owned: ArrayBuffer[]) => void;
  readonly #known = new KnownChunks();
  #number = 0;
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #orders: number[] = [];
  #reasons: string[] = [];
  /** The `SEND` that more viewers can be added to: its chunk, and its count. */
  #open: { bytes: Uint8Array; countAt: number } | undefined;

  /** @param post Hands a batch over, with the buffers that are to be moved. */
  constructor(post: (batch: OrderBatch, owned: ArrayBuffer[]) => void) {
    this.#post = post;
  }

  /** The number of the batch that is being collected. */
  get number(): number {
    return this.#number;
  }

  send(viewer: number, bytes: Uint8Array): void {
    const orders = this.#orders;
    if (this.#open?.bytes !== bytes) {
      this.#add(SEND, this.#numberOf(bytes), 0);
      this.#open = { bytes, countAt: orders.length - 1 };
    }
    orders[this.#open.countAt]++;
    orders.push(viewer);
  }

  sendFirst(viewer: number, chunks: readonly Uint8Array[]): void {
    const numbers = chunks.map((bytes) => this.#numberOf(bytes));
    this.#add(SEND_FIRST, viewer, numbers.length, ...numbers);
  }

  end(viewer: number): void {
    this.#add(END, viewer);
  }

  abort(viewer: number, reason: string): void {
    this.#add(ABORT, viewer, this.#reasons.push(reason) - 1);
  }

  #add(...order: number[]): void {
    // A fan-out hands a part to all its viewers in one go.
    if (this.#orders.length === 0) queueMicrotask(() => this.#handOver());
    this.#open = undefined;
    this.#orders.push(...order);
  }

  #numberOf(bytes: Uint8Array): number {
    const known = this.#known.numberOf(bytes);
    if (known !== undefined) return known;
    // Others have the same bytes, and a view would take its buffer along.
    this.#chunks.push(new Uint8Array(bytes));
    return this.#known.add(bytes);
  }

  #handOver(): void {
    const number = this.#number++;
    const orders = Int32Array.from(this.#orders);
    const chunks = this.#chunks, reasons = this.#reasons;
    this.#chunks = [];
    this.#orders = [];
    this.#reasons = [];
    this.#open = undefined;
    const owned = [orders, ...chunks].map(({ buffer }) => buffer)
      .filter(({ byteLength }) => byteLength > COPIED_BYTES);
    this.#post({ number, chunks, orders, reasons }, owned);
  }
}

/** Carries batches of orders out, in the other thread. */
export class OrderReader {
  readonly #taker: OrderTaker;
  readonly #known = new KnownChunks();

  /** @param taker Receiver of the orders. */
  constructor(taker: OrderTaker) {
    this.#taker = taker;
  }

  /** Carries a batch out; those before it must have been. */
  carryOut({ chunks, orders, reasons }: OrderBatch): void {
    const taker = this.#taker, known = this.#known, first = known.count;
    const chunkOf = (number: number) =>
      number < first ? known.get(number) : chunks[number - first];
    for (let at = 0; at < orders.length;) {
      const code = orders[at++];
      if (code === SEND) {
        const bytes = chunkOf(orders[at++]), end = orders[at++] + at;
        while (at < end) taker.send(orders[at++], bytes);
      } else if (code === SEND_FIRST) {
        const viewer = orders[at++], count = orders[at++];
        const numbers = [...orders.subarray(at, at += count)];
        taker.sendFirst(viewer, numbers.map(chunkOf));
      } else if (code === END) taker.end(orders[at++]);
      else taker.abort(orders[at++], reasons[orders[at++]]);
    }
    for (const bytes of chunks) known.add(bytes);
  }
}
