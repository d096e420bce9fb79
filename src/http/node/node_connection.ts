import type { Buffer } from "node:buffer";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "../answer/answer.ts";
import { StreamAnswer } from "../answer/stream_answer.ts";
import { orRefusal } from "../routing/refusal.ts";
import { leavingClient } from "./leaving_client.ts";
import { foundAhead, type Site } from "./node_answer.ts";
import { type PlainRequest, plainRequest } from "./node_request.ts";
import { sendStream } from "./node_stream.ts";
import { RequestGate } from "./request_gate.ts";
import { ignore } from "./socket_connection.ts";
import { WaitingConnections } from "./waiting_connections.ts";
import { WaitingRoom } from "./waiting_room.ts";

/** Of requests that wait behind others; a connection has 64 KB at most. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/**
 * Looks at the first bytes of each connection before the HTTP server does:
 * most are a plain request for the stream, and all that the server would keep
 * of it for as long as the viewer watches is for nothing. The others it gets
 * behind a {@linkcode RequestGate}.
 *
 * @returns The connections that wait for a request.
 */
export function streamFirst(server: Server, site: Site): WaitingConnections {
  const waiting = new WaitingConnections();
  const room = new WaitingRoom(MAX_WAITING_BYTES);
  const [serve] = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    waiting.add(socket);
    const leave = () => socket.destroy();
    socket.on("error", ignore).once("end", leave);
    const begin = (bytes: Buffer, ahead?: Answer) => {
      socket.off("error", ignore);
      const gate = new RequestGate(socket, bytes, { room, waiting });
      if (ahead !== undefined) foundAhead.set(gate, ahead);
      serve.call(server, gate);
    };
    const look = () => {
      const bytes: Buffer | null = socket.read();
      if (bytes === null) return;
      socket.off("end", leave).off("readable", look);
      const plain = plainRequest(bytes);
      if (plain === undefined) return begin(bytes);
      waiting.answered(socket);
      const answer = (found: Answer) => {
        socket.off("error", ignore);
        // Nobody would be told any more that the client has left.
        if (socket.destroyed) return;
        const ahead = streamPlainly(socket, found, plain, site);
        if (ahead !== "begun") begin(bytes, ahead);
      };
      const found = site.findAnswer(plain.request, {
        address: socket.remoteAddress,
        client: leavingClient(socket),
      });
      if (found instanceof Promise) found.then(answer);
      else answer(found);
    };
    socket.on("readable", look);
  });
  return waiting;
}

/**
 * Begins a stream, if that is the answer and can be granted.
 *
 * @returns The answer otherwise.
 */
function streamPlainly(
  socket: Socket,
  found: Answer,
  { chunked }: PlainRequest,
  { settings, guard }: Site,
): "begun" | Answer {
  if (!(found instanceof StreamAnswer)) return found;
  const refused = orRefusal(
    settings,
    () => sendStream(socket, found, { chunked, guard }),
  );
  return refused instanceof Response ? refused : "begun";
}
