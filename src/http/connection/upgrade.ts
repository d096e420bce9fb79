import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "../answer/http_error.ts";
import type { Faults } from "../../log/faults.ts";
import type { SocketAnswer } from "../answer/socket_answer.ts";
import type { Client } from "./client.ts";
import {
  type MessageSocket,
  WebSocketConnection,
} from "./web_socket_connection.ts";

/**
 * Turns a request into a WebSocket, as `Deno.upgradeWebSocket` does.
 *
 * @param request A request that asks for it.
 * @returns The socket, which opens once the response is sent.
 */
export type UpgradeWebSocket = (
  request: Request,
) => { socket: WebSocket; response: Response };

/** RFC 6455, 7.4.1. */
const POLICY_VIOLATION = 1008;
const TOO_BIG = 1009;

/** A socket that is not open by then never will be. */
const OPENING_MILLISECONDS = 10_000;

/** All messages of a viewer together, which nobody reads. */
const MAX_MESSAGE_BYTES = 16 * 1024;

/** What it takes to open WebSockets. */
export interface SocketSettings {
  /** Opens them; undefined where nothing can. */
  upgradeWebSocket: UpgradeWebSocket | undefined;
  /** Counts mistakes, each of which ends one viewer. */
  faults: Faults;
}

/**
 * Opens a WebSocket to a viewer.
 *
 * @throws {HttpError} 501 if there is no way to.
 * @throws {TooManyViewersError} If all places are taken.
 */
export function openSocket(
  request: Request,
  { attach }: SocketAnswer,
  { upgradeWebSocket: upgrade, faults }: SocketSettings,
  client?: Client,
): Response {
  if (upgrade === undefined) {
    throw new HttpError(
      STATUS_CODE.NotImplemented,
      "This server has no WebSocket; the same pictures are at /NAME.mjpeg.",
    );
  }
  const giveBack = client?.beforeUpgrade();
  if (client !== undefined && giveBack === undefined) throw clientGone();
  const connection = new WebSocketConnection(client);
  // Before the answer: afterwards nobody could be turned away.
  const leave = attach(connection);
  try {
    const { socket, response } = upgrade(request);
    follow(socket, connection, { leave, giveBack, client, faults });
    refuseMessages(socket);
    return response;
  } catch (error) {
    leave();
    throw error;
  }
}

/** A viewer by WebSocket. */
interface SocketViewer {
  /** Leaves the channel. */
  leave: () => void;
  /** See {@linkcode Client.beforeUpgrade}. */
  giveBack: (() => void) | undefined;
  client: Client | undefined;
  faults: Faults;
}

/** Lets the connection begin and end with the socket. */
function follow(
  socket: WebSocket,
  connection: WebSocketConnection,
  { leave, giveBack, client, faults }: SocketViewer,
): void {
  const listening = new AbortController();
  const end = () => {
    listening.abort();
    forget?.();
    leave();
  };
  const opening = setTimeout(() => {
    end();
    giveBack?.();
  }, OPENING_MILLISECONDS);
  const listen = (type: string, act: () => void) =>
    socket.addEventListener(type, () => {
      clearTimeout(opening);
      act();
    }, listening);
  const open = () => connection.open(withTerminate(socket, client));
  listen("open", () =>
    faults.guard("viewer", open, () => {
      end();
      socket.close();
    }));
  listen("close", end);
  // A client that has gone by now is told of by this alone, or by nothing.
  listen("error", end);
  const cut = () => {
    leave();
    close(socket, POLICY_VIOLATION, "Viewers have nothing to say");
  };
  const forget = client?.watch({
    cut,
    leave: end,
    lag: () => connection.lag(),
  });
}

function clientGone(): HttpError {
  return new HttpError(STATUS_CODE.BadRequest, "The client has gone.");
}

/** A socket that can be cut, whatever is being sent. */
function withTerminate(socket: WebSocket, client?: Client): MessageSocket {
  return {
    get readyState() {
      return socket.readyState;
    },
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (message) => socket.send(message),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => client?.hangUp(),
  };
}

/** Viewers say nothing that matters; much of it would cost others time. */
function refuseMessages(socket: WebSocket): void {
  let bytes = 0;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }) => {
    bytes += typeof data === "string" ? data.length : data.byteLength;
    if (bytes > MAX_MESSAGE_BYTES) close(socket, TOO_BIG, "Viewers say little");
  });
}

function close(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState <= WebSocket.OPEN) socket.close(code, reason);
}
