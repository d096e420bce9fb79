import type { Buffer } from "node:buffer";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "../answer/answer.ts";
import { StreamAnswer } from "../answer/stream_answer.ts";
import { answerTo } from "../routing/answer_to.ts";
import { orRefusal } from "../routing/refusal.ts";
import { foundAhead, type Site } from "./node_answer.ts";
import { plainRequest } from "./node_request.ts";
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
    const look = () => {
      const bytes: Buffer | null = socket.read();
      if (bytes === null) return;
      socket.off("end", leave).off("readable", look).off("error", ignore);
      const ahead = streamPlainly(socket, bytes, site);
      if (ahead === "begun") return waiting.answered(socket);
      const gate = new RequestGate(socket, bytes, { room, waiting });
      if (ahead !== undefined) foundAhead.set(gate, ahead);
      serve.call(server, gate);
    };
    socket.on("readable", look);
  });
  return waiting;
}

/**
 * Begins a stream, if that is plainly asked for and can be granted.
 *
 * @returns What else was found for the request, if it was read.
 */
function streamPlainly(
  socket: Socket,
  bytes: Uint8Array,
  { channels, settings }: Site,
): "begun" | Answer | Promise<Answer> | undefined {
  const plain = plainRequest(bytes);
  if (plain === undefined) return undefined;
  const found = answerTo(plain.request, channels, settings, {
    address: socket.remoteAddress,
  });
  if (!(found instanceof StreamAnswer)) return found;
  const refused = orRefusal(
    settings,
    () => sendStream(socket, found, { chunked: plain.chunked }),
  );
  return refused instanceof Response ? refused : "begun";
}
