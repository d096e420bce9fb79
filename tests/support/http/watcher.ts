import type { LogicalScreen } from "../../../src/gif/block.ts";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { streamHeader } from "../../../src/gif/write/stream_header.ts";

/** A viewer that remembers what it saw after each chunk that it was sent. */
export class Watcher {
  /** The pixels after each chunk. */
  readonly pictures: Uint8ClampedArray<ArrayBuffer>[] = [];
  /** Settled when the stream has ended. */
  readonly done: Promise<void>;
  /** While this is pending it takes nothing. */
  held: Promise<void> | undefined;
  #canvas: Canvas;

  /**
   * @param stream What it reads: in chunks as the server made them.
   * @param screen The stream's logical screen.
   */
  constructor(stream: ReadableStream<Uint8Array>, screen: LogicalScreen) {
    this.#canvas = new Canvas(screen);
    this.done = this.#read(stream);
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    let first = true;
    for await (const chunk of stream) {
      const header = first ? streamHeader(this.#canvas.screen).length : 0;
      this.#canvas.drawPart(chunk.subarray(header));
      this.pictures.push(this.#canvas.snapshot());
      first = false;
      await this.held;
    }
  }
}
