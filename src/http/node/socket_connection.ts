import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";
import type { Client } from "../connection/client.ts";
import { ViewerPace } from "../connection/viewer_pace.ts";

/** One chunk is being sent and one waits; more would be lag. */
const MAX_QUEUED_CHUNKS = 2;

const encoder = new TextEncoder();
const LINE_END = encoder.encode("\r\n");
const LAST_CHUNK = encoder.encode("0\r\n\r\n");
const NO_BYTES = new Uint8Array(0);

/** Ignores the error of a viewer who leaves: the socket closes then. */
export function ignore(): void {}

/** A viewer whose socket is written to without anything in between. */
export class SocketConnection implements ViewerConnection {
  readonly #socket: Socket;
  readonly #chunked: boolean;
  readonly #pace: ViewerPace | undefined;
  #sendHead: (() => void) | undefined;
  /** Chunks sent since the socket had nothing to do. */
  #queuedChunks = 0;

  /**
   * @param socket The connection.
   * @param chunked Whether the body is sent in chunks, as HTTP/1.1 does.
   * @param sendHead Sends the head of the response.
   * @param viewer The viewer, where the connection can be looked at.
   */
  constructor(
    socket: Socket,
    chunked: boolean,
    sendHead: () => void,
    viewer?: Client,
  ) {
    this.#socket = socket.on("error", ignore).setTimeout(0);
    this.#chunked = chunked;
    this.#sendHead = sendHead;
    this.#pace = viewer && new ViewerPace(viewer);
  }

  /** Sends the head of the response, if that was not done yet. */
  begin(): void {
    const sendHead = this.#sendHead;
    this.#sendHead = undefined;
    sendHead?.();
  }

  /** Calls back when the connection is no more. */
  onClose(leave: () => void): void {
    this.#socket.once("close", leave);
  }

  /** What was sent waits all the time. */
  lag(): void {
    this.#pace?.lag();
  }

  get hasRoom(): boolean {
    if (this.#socket.writableLength === 0) this.#queuedChunks = 0;
    const isFree = this.#queuedChunks < MAX_QUEUED_CHUNKS;
    return this.#pace?.hasRoom(isFree) ?? isFree;
  }

  send(bytes: Uint8Array): void {
    this.#queuedChunks++;
    this.#pace?.sent();
    if (this.#sendHead !== undefined) this.begin();
    this.#socket.write(this.#chunked ? chunkOf(bytes) : bufferOf(bytes));
  }

  sendFirst(chunks: readonly Uint8Array[]): void {
    this.begin();
    this.#queuedChunks++;
    for (const chunk of chunks) {
      if (this.#chunked) this.#writeChunk(chunk);
      else this.#socket.write(chunk);
    }
  }

  end(): void {
    this.begin();
    this.#socket.end(this.#chunked ? LAST_CHUNK : NO_BYTES);
  }

  abort(): void {
    this.#socket.destroy();
  }

  /** Without a copy: few are sent the same at the same time. */
  #writeChunk(bytes: Uint8Array): void {
    this.#socket.write(`${bytes.length.toString(16)}\r\n`);
    this.#socket.write(bytes);
    this.#socket.write(LINE_END);
  }
}

/** Made last: each part is sent to all viewers in one go. */
let lastChunk: { of: Uint8Array; chunk: Buffer } | undefined;
let lastBuffer: Buffer = Buffer.alloc(0);

/**
 * Bytes as a chunk of HTTP/1.1's chunked transfer coding (RFC 9112, 7.1), in a
 * Buffer: see {@linkcode bufferOf}.
 */
function chunkOf(bytes: Uint8Array): Buffer {
  if (lastChunk?.of !== bytes) {
    const length = encoder.encode(bytes.length.toString(16));
    const chunk = Buffer.concat([length, LINE_END, bytes, LINE_END]);
    lastChunk = { of: bytes, chunk };
  }
  return lastChunk.chunk;
}

/** A socket would make a Buffer of anything else at each write. */
function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  const isLast = lastBuffer.buffer === buffer &&
    lastBuffer.byteOffset === byteOffset && lastBuffer.length === length;
  if (!isLast) lastBuffer = Buffer.from(buffer, byteOffset, length);
  return lastBuffer;
}
