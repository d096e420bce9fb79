import type { IncomingMessage, Server } from "node:http";
import { ServerResponse } from "node:http";
import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import type { Answer, HandlerSettings } from "./call.ts";
import { orRefusal } from "./handler.ts";
import { SocketAnswer } from "./socket_answer.ts";
import { ignore } from "./socket_connection.ts";
import { StreamAnswer } from "./stream_answer.ts";
import {
  type MessageSocket,
  WebSocketConnection,
} from "./web_socket_connection.ts";

/** What a server of Node's answers with, besides WebSockets. */
export interface UpgradeOptions {
  /** What is to be answered. */
  find(incoming: IncomingMessage): Answer | Promise<Answer>;
  /** Sends an answer that is no WebSocket. */
  send(
    found: Answer,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void>;
  settings: HandlerSettings;
}

/** Viewers say nothing that matters. */
const MAX_MESSAGE_BYTES = 1024;

/** One that does not answer to its end for so long is cut off. */
const CLOSE_TIMEOUT_MILLISECONDS = 5000;

/** What is used of the package, which comes without types. */
interface SocketServer {
  handleUpgrade(
    incoming: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    opened: (socket: MessageSocket & EventEmitter) => void,
  ): void;
}

/** Opens WebSockets to those who ask for one, over a server of Node's. */
export function serveSockets(server: Server, options: UpgradeOptions): void {
  let loaded: Promise<SocketServer> | undefined;
  const sockets = () => loaded ??= loadSocketServer();
  server.on("upgrade", (incoming, socket, head) => {
    upgrade(sockets, incoming, socket, head, options).catch((error) => {
      options.settings.faults.note("request", error);
      socket.destroy();
    });
  });
}

/** The package reads the environment, which programs may not be allowed to. */
async function loadSocketServer(): Promise<SocketServer> {
  const { WebSocketServer } = await import("ws");
  return new WebSocketServer({
    noServer: true,
    // Pictures are compressed.
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MILLISECONDS,
  });
}

async function upgrade(
  sockets: () => Promise<SocketServer>,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Uint8Array,
  { find, send, settings }: UpgradeOptions,
): Promise<void> {
  socket.on("error", ignore);
  const found = await find(incoming);
  const socketServer = await sockets();
  const entered = found instanceof SocketAnswer
    ? orRefusal(settings, () => enter(found))
    : found;
  if (entered instanceof Response || entered instanceof StreamAnswer) {
    // RFC 9110, 7.8: a server may go on as if it had not been asked.
    await send(entered, incoming, responseTo(incoming, socket));
    return;
  }
  const { connection, leave } = entered;
  socket.once("close", leave);
  socketServer.handleUpgrade(incoming, socket, head, (opened) => {
    opened.on("error", ignore);
    connection.open(opened);
  });
}

function responseTo(incoming: IncomingMessage, socket: Duplex) {
  const outgoing = new ServerResponse(incoming);
  outgoing.shouldKeepAlive = false;
  outgoing.assignSocket(socket as Socket);
  outgoing.on("finish", () => socket.end());
  return outgoing;
}

/** Before the answer: afterwards nobody could be turned away. */
function enter({ attach }: SocketAnswer) {
  const connection = new WebSocketConnection();
  return { connection, leave: attach(connection) };
}
