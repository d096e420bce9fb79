import { delay } from "@std/async/delay";
import { concat } from "@std/bytes/concat";

/** Options of {@linkcode LogQueue}. */
export interface LogQueueOptions {
  /** Writes some of the bytes, and tells how many; it may take for ever. */
  write: (bytes: Uint8Array) => Promise<number>;
  /** The line that says how many were dropped. */
  droppedLine: (lines: number) => string;
  /**
   * Most bytes that wait.
   *
   * @default {1048576}
   */
  maxBytes?: number;
}

/** Some text that waits to be written. */
interface Entry {
  bytes: Uint8Array;
  isStatus: boolean;
}

/** Writing to a pipe that is full, and set not to wait, is tried again. */
const RETRY_MILLISECONDS = 50;

const LINE_END = 10;

const encoder = new TextEncoder();

/**
 * Writes a log that nobody may be reading: whoever adds to it never waits.
 * Each line is written whole or dropped whole; those dropped are counted, and
 * the log says so as soon as it is read again.
 */
export class LogQueue {
  readonly #options: LogQueueOptions;
  readonly #maxBytes: number;
  #entries: Entry[] = [];
  #bytes = 0;
  #droppedLines = 0;
  #writing: Promise<void> | undefined;

  constructor(options: LogQueueOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? 2 ** 20;
  }

  /** Adds a line. */
  push(line: string): void {
    this.#add({ bytes: encoder.encode(line), isStatus: false });
  }

  /** Adds a state, which takes the place of one that waits right before. */
  pushStatus(text: string): void {
    if (this.#entries.at(-1)?.isStatus) {
      this.#bytes -= this.#entries.pop()!.bytes.length;
    }
    this.#add({ bytes: encoder.encode(text), isStatus: true });
  }

  /** Waits until all is written, but no longer than this. */
  async drain(milliseconds: number): Promise<void> {
    if (this.#writing === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    await Promise.race([this.#writing, promise]);
    clearTimeout(timer);
  }

  #add(entry: Entry): void {
    if (this.#bytes + entry.bytes.length > this.#maxBytes) {
      // That a state was dropped is no loss: another one comes.
      if (!entry.isStatus) this.#droppedLines++;
      return;
    }
    this.#entries.push(entry);
    this.#bytes += entry.bytes.length;
    this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    // What is added in the same turn goes along.
    await Promise.resolve();
    while (this.#entries.length > 0) await this.#write(this.#take());
    this.#writing = undefined;
  }

  /** All that waits, as one piece. */
  #take(): Uint8Array {
    const pieces = this.#entries.map(({ bytes }) => bytes);
    if (this.#droppedLines > 0) {
      const line = this.#options.droppedLine(this.#droppedLines);
      pieces.push(encoder.encode(line));
    }
    this.#entries = [];
    this.#bytes = this.#droppedLines = 0;
    return concat(pieces);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      try {
        at += await this.#options.write(bytes.subarray(at));
      } catch (error) {
        if (!(error instanceof Deno.errors.WouldBlock)) {
          // Who read it has gone, or its disk is full: should there be room
          // again, it is said what is missing.
          this.#droppedLines += linesIn(bytes.subarray(at));
          return;
        }
        await delay(RETRY_MILLISECONDS);
      }
    }
  }
}

function linesIn(bytes: Uint8Array): number {
  return bytes.reduce(
    (lines, byte) => byte === LINE_END ? lines + 1 : lines,
    0,
  );
}
