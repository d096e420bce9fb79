import type { IncomingMessage } from "node:http";
import { ALLOWED_REST_BYTES } from "../sockets/flood_guard.ts";
import { ignore } from "./socket_connection.ts";

/**
 * The body of a request to Node's server, read on demand. A client may go on
 * sending when nobody wants the rest: `Readable.toWeb` then throws where
 * nobody can catch it, which would end the program.
 *
 * @param onRead Called before the first bytes are waited for.
 */
export function incomingBody(
  incoming: IncomingMessage,
  onRead: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  // That its client leaves is told by the end of the stream.
  incoming.on("error", ignore);
  // Of what is never asked for nothing is taken, so that the server drops it.
  let begun = false;
  let ended = false;
  const begin = (controller: ReadableStreamDefaultController) => {
    const end = (act: () => void) => {
      if (!ended) act();
      ended = true;
    };
    incoming.on("data", (bytes: Uint8Array) => {
      if (ended) return;
      // A copy, since it lies in memory that Node's server shares out.
      controller.enqueue(new Uint8Array(bytes));
      incoming.pause();
    });
    incoming.on("end", () => end(() => controller.close()));
    incoming.on("error", (error) => end(() => controller.error(error)));
    incoming.on("close", () => {
      end(() => controller.error(new Error("the connection was closed")));
    });
  };
  return new ReadableStream({
    pull(controller) {
      if (!begun) {
        onRead();
        begin(controller);
      }
      begun = true;
      incoming.resume();
    },
    cancel() {
      ended = true;
    },
  }, { highWaterMark: 0 });
}

/** Long enough for a client to get the answer, which a cut might destroy. */
const REST_MILLISECONDS = 1000;

/**
 * To be called behind an answer: takes what little its client may yet have
 * sent, and cuts it off if it goes on and on.
 */
export function dropRest(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return;
  const { socket } = incoming;
  const cut = setTimeout(() => socket.destroy(), REST_MILLISECONDS);
  const leave = () => clearTimeout(cut);
  incoming.once("end", leave);
  socket.once("close", leave);
  let bytes = 0;
  incoming.on("data", ({ length }: Uint8Array) => {
    bytes += length;
    if (bytes > ALLOWED_REST_BYTES) socket.destroy();
  });
  incoming.resume();
}
