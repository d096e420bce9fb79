import type { EventEmitter } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { loadModule } from "../../system/load_module.ts";
import { SocketAnswer } from "../answer/socket_answer.ts";
import { StreamAnswer } from "../answer/stream_answer.ts";
import {
  type MessageSocket,
  WebSocketConnection,
} from "../connection/web_socket_connection.ts";
import type { Client } from "../connection/client.ts";
import { orRefusal } from "../routing/refusal.ts";
import { findAnswer, gateOf, sendAnswer, type Site } from "./node_answer.ts";
import { ignore } from "./socket_connection.ts";
import { followViewer, viewerAt } from "./watched_viewer.ts";

/** Viewers say nothing that matters. */
const MAX_MESSAGE_BYTES = 1024;

/** Time after which a socket that does not answer its close is cut off. */
const CLOSE_TIMEOUT_MILLISECONDS = 5000;

/** The part of the package that is used; it has no types. */
interface SocketServer {
  handleUpgrade(
    incoming: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    opened: (socket: MessageSocket & EventEmitter) => void,
  ): void;
}

/** Opens WebSockets to those who ask for one, over a server of Node's. */
export function serveSockets(server: Server, site: Site): void {
  let loaded: Promise<SocketServer> | undefined;
  const sockets = () =>
    loaded ??= loadSocketServer().catch((error) => {
      // As when no file can be opened, which passes.
      loaded = undefined;
      throw error;
    });
  server.on("upgrade", (incoming, socket, head) => {
    upgrade(sockets, incoming, head, site).catch((error) => {
      site.settings.faults.note("request", error);
      socket.destroy();
    });
  });
}

/** The package reads the environment, which programs may not be allowed to. */
async function loadSocketServer(): Promise<SocketServer> {
  const { WebSocketServer } = await loadModule(() => import("ws"));
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
  head: Uint8Array,
  site: Site,
): Promise<void> {
  const gate = gateOf(incoming);
  const found = await findAnswer(incoming, site);
  const socketServer = await sockets();
  // Nobody would be told any more that the viewer has left.
  if (gate.destroyed) return;
  const viewer = viewerAt(gate.socket, site.guard);
  const entered = found instanceof SocketAnswer
    ? orRefusal(site.settings, () => enter(found, viewer))
    : found;
  if (entered instanceof Response || entered instanceof StreamAnswer) {
    // RFC 9110, 7.8: a server may go on as if it had not been asked.
    return await sendAnswer(entered, incoming, responseTo(incoming), site);
  }
  const { connection, leave } = entered;
  const socket = gate.detach().once("close", leave);
  followViewer(viewer, socket, () => connection.lag());
  socketServer.handleUpgrade(incoming, socket, head, (opened) => {
    opened.on("error", ignore);
    connection.open(opened);
  });
  socket.resume();
}

function responseTo(incoming: IncomingMessage): ServerResponse {
  const outgoing = new ServerResponse(incoming);
  outgoing.shouldKeepAlive = false;
  outgoing.assignSocket(incoming.socket);
  outgoing.on("finish", () => incoming.socket.end());
  return outgoing;
}

/** Before the answer: afterwards nobody could be turned away. */
function enter({ attach }: SocketAnswer, viewer: Client | undefined) {
  const connection = new WebSocketConnection(viewer);
  return { connection, leave: attach(connection) };
}
