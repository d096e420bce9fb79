import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, ListenOptions, Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Channel } from "../channel/channel.ts";
import type { Channels } from "../channel/channels.ts";
import type { Answer, HandlerSettings } from "./call.ts";
import {
  answerTo,
  asChannels,
  type HandlerOptions,
  orRefusal,
  settingsOf,
} from "./handler.ts";
import { dropRest, incomingBody } from "./incoming_body.ts";
import { serveSockets } from "./node_upgrade.ts";
import { SocketAnswer } from "./socket_answer.ts";
import { ignore, SocketConnection } from "./socket_connection.ts";
import { StreamAnswer } from "./stream_answer.ts";
import { upgradeRequired } from "./ws.ts";

/** Options of {@linkcode serveByNode}. */
export interface NodeServerOptions extends HandlerOptions {
  /**
   * The address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  hostname?: string;
  /**
   * The port to listen on; 0 takes any free one.
   *
   * @default {8080}
   */
  port?: number;
  /**
   * The path of a Unix socket to listen on, instead of address and port.
   *
   * @default {undefined}
   */
  path?: string;
}

/** A server that listens. */
export interface NodeServer {
  /** Where it listens: of a Unix socket, its path and 0. */
  readonly addr: { hostname: string; port: number };
  /** Takes no more connections, and ends when those that there are have. */
  shutdown(): Promise<void>;
}

/**
 * Serves channels as {@linkcode createHandler} does, over `node:http`, for
 * as many viewers as a machine can take.
 *
 * A stream of `Deno.serve` costs some 70 KB and passes each part through
 * several promises. Here a viewer is a socket and no more, and a part is put
 * into the form in which HTTP/1.1 sends it once, for all of them. It speaks
 * HTTP/1.0 and 1.1 only.
 *
 * @param channels The channels to serve, or the only one.
 * @param options Where to listen, and where mistakes are reported.
 * @returns The server, once it listens.
 * @throws {Error} If it cannot listen; `code` says why, as in `EADDRINUSE`.
 *
 * @example
 * ```ts
 * import { Channel, serveByNode } from "@x/gifstream";
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
  const { hostname = "127.0.0.1", port = 8080, path } = options;
  const site: Site = {
    channels: asChannels(channels),
    settings: settingsOf(options),
  };
  const { faults } = site.settings;
  const server = createServer((request, response) => {
    answer(request, response, site).catch((error) => {
      faults.note("request", error);
      response.destroy();
    });
  });
  const unread = streamFirst(server, site);
  serveSockets(server, {
    find: (incoming) => find(incoming, site),
    send: (found, incoming, outgoing) => send(found, incoming, outgoing, site),
    settings: site.settings,
  });
  await listen(
    server,
    path === undefined ? { port, host: hostname } : { path },
  );
  server.on("error", (error) => faults.note("program", error));
  return {
    addr: addressOf(server),
    shutdown: () => close(server, unread),
  };
}

/** What is served. */
interface Site {
  channels: Channels;
  settings: HandlerSettings;
}

function addressOf(server: Server): NodeServer["addr"] {
  const address = server.address() as AddressInfo | string;
  return typeof address === "string"
    ? { hostname: address, port: 0 }
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

function close(server: Server, unread: Iterable<Socket>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => error ? reject(error) : resolve());
    server.closeIdleConnections();
    for (const socket of unread) socket.destroy();
  });
}

/**
 * Looks at the first bytes of each connection before the HTTP server does:
 * most are a plain request for the stream, and all that the server would keep
 * of it for as long as the viewer watches is for nothing.
 *
 * @returns The connections of which nothing has come yet.
 */
function streamFirst(server: Server, site: Site): ReadonlySet<Socket> {
  const unread = new Set<Socket>();
  const [serve] = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    unread.add(socket);
    const forget = () => unread.delete(socket);
    socket.on("error", ignore).once("close", forget);
    socket.setTimeout(server.headersTimeout, () => socket.destroy());
    const look = () => {
      const bytes: Uint8Array | null = socket.read();
      if (bytes === null) return;
      forget();
      socket.off("close", forget);
      socket.off("readable", look);
      socket.off("error", ignore);
      socket.setTimeout(0).removeAllListeners("timeout");
      if (enterPlainly(socket, bytes, site)) return;
      socket.unshift(bytes);
      serve.call(server, socket);
    };
    socket.on("readable", look);
  });
  return unread;
}

/** A whole request without a body, and nothing behind it. */
const PLAIN_REQUEST = /^GET (\/\S*) HTTP\/1\.([01])\r\n([^]*?\r\n)?\r\n$/;

/** False: it is not plainly a request for a stream that can be granted. */
function enterPlainly(socket: Socket, bytes: Uint8Array, site: Site): boolean {
  const [, url, minor, fields = ""] =
    new TextDecoder("latin1").decode(bytes).match(PLAIN_REQUEST) ?? [];
  if (
    url === undefined || /^(content-length|transfer-encoding):/im.test(fields)
  ) {
    return false;
  }
  const headers = parseFields(fields);
  if (headers === undefined) return false;
  const request = requestOf("GET", url, headers);
  const found = answerTo(request, site.channels, site.settings);
  if (!(found instanceof StreamAnswer)) {
    foundAhead.set(socket, found);
    return false;
  }
  const connection = new SocketConnection(socket, minor !== "0", () => {
    socket.write(responseHead(found, minor !== "0"));
  });
  const refused = orRefusal(site.settings, () => enter(connection, found));
  if (refused instanceof Response) return false;
  // What the viewer may yet say is for nobody; that it says no more means
  // that it has left.
  socket.once("end", destroy).resume();
  return true;
}

/** What was found for a connection's first request, which comes once more. */
const foundAhead = new WeakMap<Socket, Answer | Promise<Answer>>();

/**
 * RFC 9110, 5.5, but no bytes beyond ASCII: what those mean, as of UTF-8, is
 * for the HTTP server to tell. A Request would throw at the others.
 */
const FIELD_LINE = /^([\w!#$%&'*+.^`|~-]+):([\t\x20-\x7e]*)$/;

/** Header fields; undefined if they are not plainly such. */
function parseFields(fields: string): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  for (const line of fields.split("\r\n").slice(0, -1)) {
    const [, name, value] = line.match(FIELD_LINE) ?? [];
    if (name === undefined) return undefined;
    pairs.push([name, value.trim()]);
  }
  return pairs;
}

function destroy(this: Socket): void {
  this.destroy();
}

function responseHead({ headers }: StreamAnswer, chunked: boolean): string {
  const fields = Object.entries(headFields(headers, chunked));
  return "HTTP/1.1 200 OK\r\n" +
    fields.map(([name, value]) => `${name}: ${value}\r\n`).join("") + "\r\n";
}

function headFields(
  headers: Record<string, string>,
  chunked: boolean,
): Record<string, string> {
  const coding = chunked ? { "transfer-encoding": "chunked" } : undefined;
  return { ...headers, ...coding, connection: "close" };
}

/** Sockets of the HTTP server that carry a stream. */
const streaming = new WeakSet<Socket>();

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  site: Site,
): Promise<void> {
  const { socket } = incoming;
  // Nothing can be answered behind a stream, and must not pile up there.
  if (streaming.has(socket)) {
    socket.destroy();
    return;
  }
  await send(await find(incoming, site), incoming, outgoing, site);
  if (hasBody(incoming.method)) dropRest(incoming);
}

async function send(
  found: Answer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { settings }: Site,
): Promise<void> {
  const response = orRefusal(settings, () => {
    // A WebSocket begins with an upgrade, and this is none.
    if (found instanceof SocketAnswer) throw upgradeRequired();
    if (found instanceof Response) return found;
    return enterBehind(incoming, outgoing, found);
  });
  if (response === undefined) return;
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body === null) outgoing.end();
  else await pipe(response.body, outgoing);
}

function find(
  incoming: IncomingMessage,
  { channels, settings }: Site,
): Answer | Promise<Answer> {
  const { method = "GET", url = "/", socket } = incoming;
  const ahead = foundAhead.get(socket);
  foundAhead.delete(socket);
  if (ahead !== undefined) return ahead;
  const request = requestOf(method, url, fieldsOf(incoming), incoming);
  return answerTo(request, channels, settings);
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

function fieldsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const names = rawHeaders.filter((_, i) => i % 2 === 0);
  return names.map((name, i) => [name, rawHeaders[2 * i + 1]]);
}

function requestOf(
  method: string,
  url: string,
  headers: [string, string][],
  incoming?: IncomingMessage,
): Request {
  // RFC 9112, 3.2.2: requests may name the whole address.
  const path = url.startsWith("/") ? url : pathOfAddress(url);
  // What cannot be put into a Request is not allowed anyway.
  if (/^(connect|trace|track)$/i.test(method)) method = "UNKNOWN";
  return new Request(`http://localhost${path}`, {
    method,
    headers,
    body: incoming !== undefined && hasBody(method)
      ? incomingBody(incoming)
      : null,
  });
}

/** A Request of these has none, whatever the client sends. */
function hasBody(method: string = "GET"): boolean {
  return !/^(get|head)$/i.test(method);
}

function pathOfAddress(address: string): string {
  const url = URL.parse(address);
  return url === null ? "/*" : url.pathname + url.search;
}

/** A stream over a connection that has carried other answers before. */
function enterBehind(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: StreamAnswer,
): undefined {
  const { httpVersion, socket } = incoming;
  const chunked = httpVersion !== "1.0";
  const connection = new SocketConnection(socket, chunked, () => {
    outgoing.writeHead(200, headFields(answer.headers, chunked));
    outgoing.flushHeaders();
    streaming.add(socket);
  });
  enter(connection, answer);
}

function enter(connection: SocketConnection, { attach }: StreamAnswer): void {
  connection.onClose(attach(connection));
  connection.begin();
}
