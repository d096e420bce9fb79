import type { Socket } from "node:net";
import {
  clearInterval,
  clearTimeout,
  setInterval,
  setTimeout,
} from "node:timers";
import {
  REQUEST_LOOK_MILLISECONDS,
  REQUEST_WAIT_MILLISECONDS,
} from "../listening/request_wait.ts";

/** For who has sent a part of a request (RFC 9110, 15.5.9). */
const TIMEOUT = "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n" +
  "content-length: 0\r\n\r\n";

/** A client that does not take that by then is cut off. */
const TAKING_MILLISECONDS = 1000;

interface Waiting {
  sinceMilliseconds: number;
  /** Bytes that had come by then. */
  bytesRead: number;
}

/** Connections that are not being answered, which end if no request comes. */
export class WaitingConnections {
  readonly #waitMilliseconds: number;
  /** Oldest first. */
  readonly #waiting = new Map<Socket, Waiting>();
  readonly #forget: (this: Socket) => void;
  #timer: NodeJS.Timeout | undefined;

  /** @param waitMilliseconds The longest wait for a request. */
  constructor(waitMilliseconds: number = REQUEST_WAIT_MILLISECONDS) {
    this.#waitMilliseconds = waitMilliseconds;
    const answered = this.answered.bind(this);
    this.#forget = function () {
      answered(this);
    };
  }

  /** A connection has come, or its last answer has ended. */
  add(socket: Socket): void {
    if (socket.destroyed || this.#waiting.has(socket)) return;
    const { bytesRead } = socket;
    this.#waiting.set(socket, {
      sinceMilliseconds: performance.now(),
      bytesRead,
    });
    socket.once("close", this.#forget);
    this.#timer ??= setInterval(
      () => this.#look(),
      Math.min(REQUEST_LOOK_MILLISECONDS, this.#waitMilliseconds),
    ).unref();
  }

  /** A request has come, which is being answered. */
  answered(socket: Socket): void {
    if (!this.#waiting.delete(socket)) return;
    socket.off("close", this.#forget);
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Ends all. */
  close(): void {
    for (const socket of [...this.#waiting.keys()]) socket.destroy();
  }

  #look(): void {
    const before = performance.now() - this.#waitMilliseconds;
    for (const [socket, { sinceMilliseconds, bytesRead }] of this.#waiting) {
      if (sinceMilliseconds > before) return;
      this.answered(socket);
      if (socket.bytesRead === bytesRead) socket.destroy();
      else {
        const cut = setTimeout(() => socket.destroy(), TAKING_MILLISECONDS);
        socket.once("close", () => clearTimeout(cut)).end(TIMEOUT);
      }
    }
  }
}
