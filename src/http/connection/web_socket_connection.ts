import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";
import type { Client } from "./client.ts";
import { ViewerPace } from "./viewer_pace.ts";

/** A WebSocket of any implementation. */
export interface MessageSocket {
  /** 1 while it is open. */
  readonly readyState: number;
  /** Bytes that it was given and has not sent yet. */
  readonly bufferedAmount: number;
  /** Sends a message. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Says that no more comes, and why. */
  close(code: number, reason: string): void;
  /** Cuts the connection, where that can be done. */
  terminate?(): void;
}

/** One message is being sent and one waits; more would be lag. */
const MAX_QUEUED_MESSAGES = 2;

const OPEN = 1;

/** RFC 6455, 7.4.1. */
const GOING_AWAY = 1001;
/** RFC 6455, 7.4.2, as registered: try again later. */
const TRY_AGAIN_LATER = 1013;

/** A viewer to whom each chunk is a message. */
export class WebSocketConnection implements ViewerConnection {
  readonly #pace: ViewerPace | undefined;
  #socket: MessageSocket | undefined;
  /** The newest messages from before the socket was open. */
  #unsent: Uint8Array[] = [];
  #closing: { code: number; reason: string } | undefined;
  /** Messages sent since the socket had nothing to do. */
  #queuedMessages = 0;

  /** @param client The viewer, where the connection can be looked at. */
  constructor(client?: Client) {
    this.#pace = client && new ViewerPace(client);
  }

  /** The socket is open. */
  open(socket: MessageSocket): void {
    this.#socket = socket;
    for (const message of this.#unsent.splice(0)) this.send(message);
    if (this.#closing !== undefined) this.#close(this.#closing);
  }

  /** What was sent waits all the time. */
  lag(): void {
    this.#pace?.lag();
  }

  get hasRoom(): boolean {
    if (!this.#socket?.bufferedAmount) this.#queuedMessages = 0;
    const isFree = this.#queuedMessages < MAX_QUEUED_MESSAGES;
    return this.#pace?.hasRoom(isFree) ?? isFree;
  }

  send(bytes: Uint8Array): void {
    if (this.#socket === undefined) {
      this.#unsent.push(bytes);
      if (this.#unsent.length > MAX_QUEUED_MESSAGES) this.#unsent.shift();
      return;
    }
    // A viewer who is going says so before it has gone.
    if (this.#socket.readyState !== OPEN) return;
    this.#queuedMessages++;
    this.#pace?.sent();
    this.#socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  end(): void {
    this.#close({ code: GOING_AWAY, reason: "The channel has ended" });
  }

  abort({ message }: Error): void {
    this.#close({ code: TRY_AGAIN_LATER, reason: message });
    this.#socket?.terminate?.();
  }

  #close(closing: { code: number; reason: string }): void {
    this.#closing = closing;
    this.#socket?.close(closing.code, closing.reason);
  }
}
