import { indexOfNeedle } from "@std/bytes/index-of-needle";
import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { ignore } from "./socket_connection.ts";
import type { WaitingConnections } from "./waiting_connections.ts";
import type { WaitingRoom } from "./waiting_room.ts";

/** The end of a request's head (RFC 9112, 2.1). */
const HEAD_END = new TextEncoder().encode("\r\n\r\n");

/** Servers take empty lines in front of a request (RFC 9112, 2.2). */
const LINE_END = [0x0d, 0x0a];

/** Handed on at once, of a body: more than what that costs by itself. */
const MIN_BODY_BYTES = 1024;

const NOTHING = Buffer.alloc(0);

/** A request that was not answered yet. */
interface OpenRequest {
  incoming: IncomingMessage;
  /** Answers it. */
  answer: () => void;
}

/** State that the gates of a server share. */
export interface SharedByGates {
  /** Room for the bytes that wait behind requests. */
  room: WaitingRoom;
  /** The connections that wait for a request. */
  waiting: WaitingConnections;
}

/**
 * A connection as its HTTP server sees it: one request at a time.
 *
 * A server of Node's parses all that comes, and keeps a request of some
 * kilobytes for every twenty bytes, though it can answer only one after the
 * other. Here the next waits in front of it, as bytes, until the answer before
 * is taken by the socket; and of what the client goes on sending, nothing is
 * taken from the system.
 */
export class RequestGate extends Duplex {
  /** The connection itself. */
  readonly socket: Socket;
  readonly #room: WaitingRoom;
  readonly #connections: WaitingConnections;
  readonly #requests: OpenRequest[] = [];
  /** The one that came last; its body may go on behind the answer. */
  #newest: IncomingMessage | undefined;
  /** Bytes that the server has not seen yet. */
  #waiting: Buffer = NOTHING;
  /** The part of them that waits after a request. */
  #counted = 0;
  #ended = false;
  #passing = false;
  #detached = false;

  readonly #take = (bytes: Buffer) => {
    const waiting = this.#waiting;
    this.#waiting = waiting.length > 0
      ? Buffer.concat([waiting, bytes])
      : bytes;
    this.#pass();
  };
  readonly #end = () => {
    this.#ended = true;
    // Who leaves while being answered does not wait for that.
    if (this.#waiting.length === 0) this.push(null);
  };
  readonly #timeout = () => this.emit("timeout");
  readonly #close = () => this.destroy();

  /**
   * @param socket The connection.
   * @param bytes What has come already.
   * @param shared What all connections share.
   */
  constructor(socket: Socket, bytes: Buffer, shared: SharedByGates) {
    super();
    this.socket = socket;
    this.#waiting = bytes;
    this.#room = shared.room;
    this.#connections = shared.waiting;
    this.on("error", ignore).on("resume", () => this.#pass());
    socket.on("error", ignore).on("data", this.#take).on("end", this.#end)
      .on("timeout", this.#timeout).on("close", this.#close);
  }

  /**
   * Answers a request when those before it have been.
   *
   * @param answer Begins that.
   */
  answerInTurn(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    answer: () => void,
  ): void {
    this.#newest = incoming;
    this.#connections.answered(this.socket);
    this.#requests.push({ incoming, answer });
    // Later, or nobody else would be served until the last is answered.
    outgoing.once("close", () => setImmediate(() => this.#leave()));
    if (this.#requests.length === 1) answer();
  }

  /**
   * Takes the connection from the server, for something that goes on.
   *
   * @returns The connection, paused, with what waited in front.
   */
  detach(): Socket {
    const { socket } = this;
    this.#detached = true;
    this.#connections.answered(socket);
    socket.off("data", this.#take).off("end", this.#end)
      .off("timeout", this.#timeout).off("close", this.#close);
    socket.setTimeout(0).pause();
    if (this.#waiting.length > 0) socket.unshift(this.#waiting);
    this.destroy();
    return socket;
  }

  /** As a server expects of a socket. */
  setTimeout(milliseconds: number): this {
    this.socket.setTimeout(milliseconds);
    return this;
  }

  /** As a server expects of a socket: ends it when all is sent. */
  destroySoon(): void {
    this.end(() => this.destroy());
  }

  override _read(): void {
    queueMicrotask(() => this.#pass());
  }

  override _write(bytes: Uint8Array, _: string, done: () => void): void {
    this.socket.write(bytes, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void): void {
    this.socket.end(done);
  }

  override _destroy(error: Error | null, done: (e: Error | null) => void) {
    this.#waiting = NOTHING;
    this.#count(0);
    if (!this.#detached) this.socket.destroy();
    done(error);
  }

  get #isBusy(): boolean {
    // Of one that is not complete the server needs more.
    return this.#requests.length > 0 && this.#requests[0].incoming.complete;
  }

  /** Hands on what the server may see now. */
  #pass(): void {
    // Deno runs microtasks in the middle of a call that loads a module of its
    // own, as a handler's first one does. The server's parser, which called it,
    // would take what is pushed then for a request: the loop below has it next.
    if (this.#passing) return;
    this.#passing = true;
    try {
      while (this.#mayPass()) this.push(this.#next());
    } finally {
      this.#passing = false;
    }
    if (this.destroyed) return;
    if (this.#waiting.length > 0) this.socket.pause();
    else if (!this.#ended) this.socket.resume();
    else if (!this.#isBusy) this.push(null);
    if (!this.#count(this.#isBusy ? this.#waiting.length : 0)) this.destroy();
  }

  #mayPass(): boolean {
    return this.#waiting.length > 0 && !this.#isBusy && !this.destroyed &&
      this.readableFlowing === true && this.readableLength === 0;
  }

  /** As far as the head of the next request goes. */
  #next(): Buffer {
    const waiting = this.#waiting;
    // The body of the one before may be full of what looks like that.
    const least = this.#newest?.complete === false ? MIN_BODY_BYTES : 0;
    const headEnd = indexOfNeedle(waiting, HEAD_END, least);
    let end = headEnd < 0 ? waiting.length : headEnd + HEAD_END.length;
    while (LINE_END.includes(waiting[end])) end++;
    this.#waiting = waiting.subarray(end);
    return waiting.subarray(0, end);
  }

  #leave(): void {
    this.#requests.shift();
    if (this.destroyed) return;
    if (this.#requests.length === 0) this.#connections.add(this.socket);
    this.#requests[0]?.answer();
    this.#pass();
  }

  #count(bytes: number): boolean {
    const fits = this.#room.count(this.#counted, bytes);
    if (fits) this.#counted = bytes;
    return fits;
  }
}
