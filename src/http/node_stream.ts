import type { Socket } from "node:net";
import { SocketConnection } from "./socket_connection.ts";
import type { StreamAnswer } from "./stream_answer.ts";

/** How a stream is sent. */
export interface SendStreamOptions {
  /** Whether in chunks, as HTTP/1.1 does. */
  chunked: boolean;
  /**
   * Called once the viewer has a place, before anything is sent.
   *
   * @default {() => {}}
   */
  onBegin?: () => void;
}

/**
 * Sends a stream over a connection that carries nothing else from then on.
 *
 * @throws {TooManySubscribersError} If all places are taken.
 */
export function sendStream(
  socket: Socket,
  answer: StreamAnswer,
  { chunked, onBegin }: SendStreamOptions,
): void {
  const connection = new SocketConnection(socket, chunked, () => {
    onBegin?.();
    socket.write(responseHead(answer, chunked));
  });
  connection.onClose(answer.attach(connection));
  connection.begin();
  // What the viewer may yet say is for nobody; that it says no more means
  // that it has left.
  if (socket.readableEnded) socket.destroy();
  socket.once("end", destroy).resume();
}

function responseHead({ headers }: StreamAnswer, chunked: boolean): string {
  const coding = chunked ? { "transfer-encoding": "chunked" } : undefined;
  const fields = { ...headers, ...coding, connection: "close" };
  return "HTTP/1.1 200 OK\r\n" +
    Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
      .join("") +
    "\r\n";
}

function destroy(this: Socket): void {
  this.destroy();
}
