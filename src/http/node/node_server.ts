import { createServer, type Server } from "node:http";
import type { AddressInfo, ListenOptions } from "node:net";
import type { Channel } from "../../channel/channel.ts";
import type { Channels } from "../../channel/channels.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";
import { isOutOfDescriptors } from "../../system/spare_descriptors.ts";
import {
  Listening,
  type ListeningOptions,
  type ServerNotices,
} from "../listening/listening.ts";
import { openSocketFile } from "../listening/socket_file.ts";
import { placeOf, type ServerPlace } from "../listening/server_place.ts";
import { answersAbout, type FindAnswer } from "../routing/answer_to.ts";
import {
  asChannels,
  type HandlerOptions,
  settingsOf,
} from "../routing/handler_options.ts";
import { FloodGuard } from "../sockets/flood_guard.ts";
import { answerExpecting, answerInTurn } from "./node_answer.ts";
import { streamFirst } from "./node_connection.ts";
import { serveSockets } from "./node_upgrade.ts";
import type { WaitingConnections } from "./waiting_connections.ts";

/** Options of {@linkcode serveByNode}. */
export interface NodeServerOptions
  extends HandlerOptions, NodeServerPlace, ServerNotices {}

/** The place where a server of Node's listens. */
export interface NodeServerPlace extends ServerPlace {
  /**
   * Gives the descriptor of a socket at which somebody listens already, as
   * systemd does for a service; instead of address, port and path. Called each
   * time the server listens anew; the server closes what it was given.
   *
   * @default {undefined}
   */
  descriptor?: () => number;
}

/** A server that listens. */
export interface NodeServer {
  /** Address and port of the server; path and 0 for a Unix socket. */
  readonly addr: { hostname: string; port: number };
  /** Takes no more connections; resolves once the open ones have ended. */
  shutdown(): Promise<void>;
}

/**
 * Serves channels as {@linkcode createHandler} does, over `node:http`, for
 * as many viewers as a machine can take.
 *
 * A stream of `Deno.serve` costs some 70 KB and passes each part through
 * several promises. Here a viewer is a plain socket, and each part is encoded
 * as an HTTP/1.1 chunk once for all viewers. The server speaks HTTP/1.0 and
 * 1.1 only.
 *
 * @param channels The channels to serve, or the only one.
 * @param options The address to listen on, and options of the handler.
 * @returns The server, once it listens.
 * @throws {Error} If it cannot listen; `code` gives the reason, such as
 * `EADDRINUSE`.
 *
 * @example
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { serveByNode } from "@x/gifstream/node";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel();
 * const server = await serveByNode(channel, { port: 0 });
 * const { hostname, port } = server.addr;
 * const response = await fetch(`http://${hostname}:${port}/api/channels`);
 * assertEquals((await response.json()).channels[0].viewers, 0);
 * channel.close();
 * await server.shutdown();
 * ```
 */
export async function serveByNode(
  channels: Channels | Channel,
  options: NodeServerOptions = {},
): Promise<NodeServer> {
  const settings = settingsOf(options);
  const findAnswer = answersAbout(asChannels(channels), settings);
  return await serveAnswersByNode(findAnswer, settings, options);
}

/**
 * Serves answers of any origin: see {@linkcode serveByNode}.
 *
 * @param findAnswer Finds the answers.
 * @param settings What it takes to send them.
 * @param options The address to listen on.
 * @throws {Error} If it cannot listen.
 */
export async function serveAnswersByNode(
  findAnswer: FindAnswer,
  settings: Pick<HandlerSettings, "faults">,
  options:
    & NodeServerPlace
    & ServerNotices
    & Pick<ListeningOptions, "makeReserve">,
): Promise<NodeServer> {
  const guard = new FloodGuard({
    onCut: (clients) => options.onCutOff?.(clients),
    keepsAll: false,
  });
  const site = { findAnswer, settings, guard };
  // A body of frames may last as long as its channel.
  const server = createServer({ requestTimeout: 0 }, (incoming, outgoing) => {
    answerInTurn(incoming, outgoing, site);
  });
  server.on("checkContinue", (incoming, outgoing) => {
    answerExpecting(incoming, outgoing, site);
  });
  const waiting = streamFirst(server, site);
  serveSockets(server, site);
  const { hostname, port, path } = placeOf(options);
  const { reusePort, descriptor } = options;
  const placeAt = (port: number) =>
    descriptor !== undefined
      ? { fd: descriptor() }
      : path === undefined
      ? { port, host: hostname, reusePort }
      : { path };
  const begin = async (port: number) => {
    await listen(server, placeAt(port));
    if (path === undefined) return;
    try {
      openSocketFile(path, options);
    } catch (error) {
      server.close();
      throw error;
    }
  };
  await begin(port);
  const addr = addressOf(server);
  const listening = keepListening(server, {
    ...options,
    begin: () => begin(addr.port),
    faults: settings.faults,
  });
  return {
    addr,
    shutdown: async () => {
      await listening.close();
      await close(server, waiting);
      guard.close();
    },
  };
}

function addressOf(server: Server): NodeServer["addr"] {
  const address = server.address() as AddressInfo | string | null;
  // Deno tells nothing of a Unix socket that it was given.
  return address === null || typeof address === "string"
    ? { hostname: address ?? "", port: 0 }
    : { hostname: address.address, port: address.port };
}

function listen(server: Server, place: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(place, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Of a server that listens at a place of its own choice, or of ours. */
function keepListening(
  server: Server,
  options: Omit<ListeningOptions, "end">,
): Listening {
  const end = () => {
    server.close();
    listening.refuse();
  };
  const listening = new Listening({ ...options, end });
  // Deno's does not say when it has no descriptor for a connection.
  server.on("connection", () => listening.noticeConnection());
  server.on("error", (error) => {
    // Of an attempt to listen it is told otherwise.
    if (!server.listening) return;
    if (isOutOfDescriptors(error)) end();
    else options.faults.note("program", error);
  });
  return listening;
}

function close(server: Server, waiting: WaitingConnections): Promise<void> {
  return new Promise((resolve) => {
    // An error says no more than that it did not listen.
    server.close(() => resolve());
    server.closeIdleConnections();
    waiting.close();
  });
}
