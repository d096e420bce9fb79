import { delay } from "@std/async/delay";
import { concat } from "@std/bytes/concat";

/** Options of {@linkcode LogQueue}. */
export interface LogQueueOptions {
  /** Writes some of the bytes and returns how many; it may wait for ever. */
  write: (bytes: Uint8Array) => Promise<number>;
  /** Makes the line that says how many lines were dropped. */
  droppedLine: (lines: number) => string;
  /**
   * Most bytes that may wait.
   *
   * @default {1048576}
   */
  maxBytes?: number;
}

/** A text that waits to be written. */
interface Entry {
  bytes: Uint8Array;
  isStatus: boolean;
}

/** A write to a full pipe that does not wait is tried again. */
const RETRY_MILLISECONDS = 50;

/** Bytes that a pipe takes at once or not at all: PIPE_BUF of Linux. */
const WHOLE_BYTES = 4096;

const LINE_END = 10;

const encoder = new TextEncoder();

/**
 * A log that may have no reader: adding a line never waits. A line is written
 * whole or dropped whole. Dropped lines are counted, and a line in their place
 * says how many as soon as the log is read again.
 */
export class LogQueue {
  readonly #options: LogQueueOptions;
  readonly #maxBytes: number;
  #entries: Entry[] = [];
  /** Bytes of all entries. */
  #bytes = 0;
  /** The text that is being written. */
  #piece = new Uint8Array();
  /** The state to write after all entries. */
  #droppedLines = 0;
  #writing: Promise<void> | undefined;

  constructor(options: LogQueueOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? 2 ** 20;
  }

  /** Adds a line, or several that belong together. */
  push(text: string): void {
    this.#add(text, false);
    this.#writing ??= this.#writeAll();
  }

  /** Adds a state, which replaces a state that still waits. */
  pushStatus(lines: string[]): void {
    this.#entries = this.#entries.filter(({ isStatus }) => !isStatus);
    this.#bytes = this.#entries.reduce((sum, it) => sum + it.bytes.length, 0);
    for (const line of lines) this.#add(line, true);
    this.#writing ??= this.#writeAll();
  }

  /** Waits until everything is written, but no longer than this. */
  async drain(milliseconds: number): Promise<void> {
    if (this.#writing === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    await Promise.race([this.#writing, promise]);
    clearTimeout(timer);
  }

  #add(text: string, isStatus: boolean): void {
    const bytes = encoder.encode(text);
    // After a dropped line, more are dropped until there is much room. That
    // makes one gap, and its line stands in it.
    const limit = this.#droppedLines > 0 ? this.#maxBytes / 2 : this.#maxBytes;
    if (this.#bytes + bytes.length <= limit) {
      this.#tellDropped();
      this.#enqueue({ bytes, isStatus });
    } else if (!isStatus) {
      // A dropped state is no loss: the next one comes soon.
      this.#droppedLines += linesIn(bytes);
    }
  }

  #tellDropped(): void {
    if (this.#droppedLines === 0) return;
    const line = this.#options.droppedLine(this.#droppedLines);
    this.#droppedLines = 0;
    this.#enqueue({ bytes: encoder.encode(line), isStatus: false });
  }

  #enqueue(entry: Entry): void {
    this.#entries.push(entry);
    this.#bytes += entry.bytes.length;
  }

  async #writeAll(): Promise<void> {
    // Lines added in the same turn go along.
    await Promise.resolve();
    while (this.#hasMore() && await this.#write());
    this.#writing = undefined;
  }

  #hasMore(): boolean {
    if (this.#piece.length > 0) return true;
    if (this.#entries.length === 0) this.#tellDropped();
    this.#piece = this.#take();
    return this.#piece.length > 0;
  }

  /**
   * The lines that a pipe takes at once, so that a program that ends while it
   * waits for room leaves whole lines. A long line goes alone.
   */
  #take(): Uint8Array<ArrayBuffer> {
    let count = 0, bytes = 0;
    for (const entry of this.#entries) {
      if (count > 0 && bytes + entry.bytes.length > WHOLE_BYTES) break;
      count++;
      bytes += entry.bytes.length;
    }
    this.#bytes -= bytes;
    return concat(this.#entries.splice(0, count).map(({ bytes }) => bytes));
  }

  /** Writes some bytes; true if more can be written at once. */
  async #write(): Promise<boolean> {
    try {
      const written = await this.#options.write(this.#piece);
      this.#piece = this.#piece.subarray(written);
      return true;
    } catch (error) {
      // The reader has gone, or the disk is full. That may be over when the
      // next line comes; a line that was written in part is ended then.
      if (!(error instanceof Deno.errors.WouldBlock)) return false;
      await delay(RETRY_MILLISECONDS);
      return true;
    }
  }
}

function linesIn(bytes: Uint8Array): number {
  return bytes.reduce(
    (lines, byte) => byte === LINE_END ? lines + 1 : lines,
    0,
  );
}
