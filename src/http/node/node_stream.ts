import type { Socket } from "node:net";
import type { StreamAnswer } from "../answer/stream_answer.ts";
import type { FloodGuard } from "../sockets/flood_guard.ts";
import { SocketConnection } from "./socket_connection.ts";
import { followViewer, viewerAt } from "./watched_viewer.ts";

/** Options of sending a stream. */
export interface SendStreamOptions {
  /** True for a client that understands chunks, as of HTTP/1.1. */
  chunked: boolean;
  /** Looks at the connection. */
  guard: FloodGuard;
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
 * @throws {TooManyViewersError} If all places are taken.
 */
export function sendStream(
  socket: Socket,
  answer: StreamAnswer,
  { chunked: mayChunk, guard, onBegin }: SendStreamOptions,
): void {
  const chunked = mayChunk && !keepsWhenCut(answer);
  const sendHead = () => {
    onBegin?.();
    socket.write(responseHead(answer, chunked));
  };
  const viewer = viewerAt(socket, guard);
  const connection = new SocketConnection(socket, chunked, sendHead, viewer);
  connection.onClose(answer.attach(connection));
  connection.begin();
  followViewer(viewer, socket, () => connection.lag());
  // That the viewer says no more means that it has left.
  if (socket.readableEnded) socket.destroy();
  socket.once("end", destroy).on("data", destroyIfItGoesOn).resume();
}

/** A request, and what may come behind it by mistake. */
const MAX_READ_BYTES = 256 * 1024;

/** Ignores what the viewer still sends, and cuts it off if it is too much. */
function destroyIfItGoesOn(this: Socket): void {
  if (this.bytesRead > MAX_READ_BYTES) this.destroy();
}

/**
 * True for a picture of which browsers keep what they have when the server is
 * killed, unless they learn that there should be more: by a chunk that is
 * missing, they do.
 */
function keepsWhenCut({ headers }: StreamAnswer): boolean {
  return headers["content-type"] === "image/gif";
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
