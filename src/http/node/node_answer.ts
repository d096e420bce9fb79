import { STATUS_CODE } from "@std/http/status";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer } from "../answer/answer.ts";
import { plainText } from "../answer/plain_text.ts";
import { SocketAnswer } from "../answer/socket_answer.ts";
import type { StreamAnswer } from "../answer/stream_answer.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";
import { upgradeRequired } from "../resources/live/ws.ts";
import type { FindAnswer } from "../routing/answer_to.ts";
import { orRefusal } from "../routing/refusal.ts";
import type { FloodGuard } from "../sockets/flood_guard.ts";
import { dropRest } from "./incoming_body.ts";
import { leavingClient } from "./leaving_client.ts";
import { hasBody, incomingRequest, isBadRequest } from "./node_request.ts";
import { sendStream } from "./node_stream.ts";
import type { RequestGate } from "./request_gate.ts";

/** The source of a server's answers, and what it takes to send them. */
export interface Site {
  findAnswer: FindAnswer;
  settings: Pick<HandlerSettings, "faults">;
  /** Looks at the connections of viewers. */
  guard: FloodGuard;
}

/** Answers found for a connection's first request, which comes once more. */
export const foundAhead = new WeakMap<RequestGate, Answer>();

/**
 * Asks the clients that wait for that to send the body; each is asked once its
 * body is wanted, and one that is refused sends none (RFC 9110, 10.1.1).
 */
const goOn = new WeakMap<IncomingMessage, () => void>();

/** The connection of a request. */
export function gateOf({ socket }: IncomingMessage): RequestGate {
  // All connections are handed to the server so.
  return socket as unknown as RequestGate;
}

/** Answers a request when those before it have been. */
export function answerInTurn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  site: Site,
): void {
  const gate = gateOf(incoming);
  gate.answerInTurn(incoming, outgoing, () => {
    answer(incoming, outgoing, site).catch((error) => {
      site.settings.faults.note("request", error);
      gate.destroy();
    });
  });
}

/** Answers a request whose client waits before it sends the body. */
export function answerExpecting(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  site: Site,
): void {
  goOn.set(incoming, () => outgoing.writeContinue());
  answerInTurn(incoming, outgoing, site);
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  site: Site,
): Promise<void> {
  await sendAnswer(await findAnswer(incoming, site), incoming, outgoing, site);
  if (hasBody(incoming)) dropRest(incoming);
}

/** Finds the answer to a request. */
export function findAnswer(
  incoming: IncomingMessage,
  { findAnswer: find }: Site,
): Answer | Promise<Answer> {
  const gate = gateOf(incoming);
  const ahead = foundAhead.get(gate);
  foundAhead.delete(gate);
  if (ahead !== undefined) return ahead;
  if (isBadRequest(incoming)) {
    return plainText(
      STATUS_CODE.BadRequest,
      "Expected HTTP/1.0 or HTTP/1.1, with one Host header.",
      { connection: "close" },
    );
  }
  const { socket } = gate;
  const request = incomingRequest(incoming, () => goOn.get(incoming)?.());
  const client = leavingClient(socket);
  return find(request, { address: socket.remoteAddress, client });
}

/** Sends an answer. */
export async function sendAnswer(
  found: Answer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { settings, guard }: Site,
): Promise<void> {
  const response = orRefusal(settings, () => {
    // A WebSocket begins with an upgrade, and this is none.
    if (found instanceof SocketAnswer) throw upgradeRequired();
    return found instanceof Response
      ? found
      : beginStream(incoming, found, guard);
  });
  if (response === undefined) return;
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body === null) outgoing.end();
  else await pipe(response.body, outgoing);
}

/** A stream over a connection that may have carried other answers before. */
function beginStream(
  incoming: IncomingMessage,
  found: StreamAnswer,
  guard: FloodGuard,
): undefined {
  const gate = gateOf(incoming);
  // It would never be told that the viewer has left.
  if (gate.destroyed) return;
  const chunked = incoming.httpVersion !== "1.0";
  const onBegin = () => gate.detach();
  sendStream(gate.socket, found, { chunked, guard, onBegin });
}

/** Sends a body of any length; that the client leaves ends it, no more. */
async function pipe(
  body: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
) {
  try {
    await pipeline(Readable.fromWeb(body), outgoing);
  } catch (error) {
    if (!outgoing.destroyed) throw error;
  }
}
