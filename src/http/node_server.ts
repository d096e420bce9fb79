import { concat } from "@std/bytes/concat";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Channel } from "../channel/channel.ts";
import type { ViewerConnection } from "../channel/viewer_connection.ts";
import { answerTo, type HandlerOptions } from "./handler.ts";
import { internalError } from "./respond.ts";
import { admit } from "./stream.ts";

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
}

/** A server that listens. */
export interface NodeServer {
  /** Where it listens. */
  readonly addr: { hostname: string; port: number };
  /** Takes no more connections, and ends when those that there are have. */
  shutdown(): Promise<void>;
}

/**
 * Serves a channel as {@linkcode createHandler} does, over `node:http`, for
 * as many viewers as a machine can take.
 *
 * A stream of `Deno.serve` costs some 70 KB and passes each part through
 * several promises. Here a viewer is a socket, and a part is put into the
 * form in which HTTP/1.1 sends it once, for all of them. It speaks HTTP/1.0
 * and 1.1 only.
 *
 * @param channel The channel to serve.
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
  channel: Channel,
  options: NodeServerOptions = {},
): Promise<NodeServer> {
  const { hostname = "127.0.0.1", port = 8080, onError = console.error } =
    options;
  const server = createServer((request, response) => {
    answer(request, response, channel, onError).catch((error) => {
      onError(error);
      response.destroy();
    });
  });
  await listen(server, port, hostname);
  server.on("error", onError);
  const { address, port: taken } = server.address() as AddressInfo;
  return {
    addr: { hostname: address, port: taken },
    shutdown: () => close(server),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => error ? reject(error) : resolve());
    server.closeIdleConnections();
  });
}

/** Sockets that carry a stream. */
const streaming = new WeakSet<Socket>();

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  channel: Channel,
  onError: (error: unknown) => void,
): Promise<void> {
  // Nothing can be answered behind a stream, and must not pile up there.
  if (streaming.has(incoming.socket)) {
    incoming.socket.destroy();
    return;
  }
  let response: Response | SocketConnection;
  try {
    const found = answerTo(requestOf(incoming), channel);
    response = found instanceof Response
      ? found
      : admit(() => enter(incoming, outgoing, found.headers, channel));
  } catch (error) {
    onError(error);
    response = internalError();
  }
  if (!(response instanceof Response)) return;
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(await response.bytes());
}

function requestOf({ method, url = "/", headers }: IncomingMessage): Request {
  const { accept } = headers;
  return new Request(`http://localhost${url.startsWith("/") ? url : "/*"}`, {
    method,
    headers: accept === undefined ? {} : { accept },
  });
}

function enter(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  headers: Record<string, string>,
  channel: Channel,
): SocketConnection {
  const chunked = incoming.httpVersion !== "1.0";
  const connection = new SocketConnection(outgoing, headers, chunked);
  const leave = channel.attach(connection);
  connection.begin().once("close", leave);
  return connection;
}

/** One that is being sent and one that waits; more would be lag. */
const MAX_QUEUED_CHUNKS = 2;

/** A viewer whose socket is written to without anything in between. */
class SocketConnection implements ViewerConnection {
  readonly #chunked: boolean;
  #headers: Record<string, string>;
  /** Until the response has begun. */
  #outgoing: ServerResponse | undefined;
  readonly #socket: Socket;
  /** Chunks sent since the socket had nothing to do. */
  #queuedChunks = 0;

  constructor(
    outgoing: ServerResponse,
    headers: Record<string, string>,
    chunked: boolean,
  ) {
    this.#outgoing = outgoing;
    this.#socket = outgoing.socket!;
    this.#headers = headers;
    this.#chunked = chunked;
  }

  get hasRoom(): boolean {
    if (this.#socket.writableLength === 0) this.#queuedChunks = 0;
    return this.#queuedChunks < MAX_QUEUED_CHUNKS;
  }

  /** Sends the head of the response, if that was not done yet. */
  begin(): Socket {
    const outgoing = this.#outgoing, socket = this.#socket;
    if (outgoing === undefined) return socket;
    this.#outgoing = undefined;
    outgoing.writeHead(200, {
      ...this.#headers,
      ...(this.#chunked ? { "transfer-encoding": "chunked" } : {}),
      connection: "close",
    });
    outgoing.flushHeaders();
    this.#headers = {};
    streaming.add(socket);
    // That a viewer leaves is no error; its socket closes then.
    return socket.on("error", () => {}).setNoDelay(true).setTimeout(0);
  }

  send(bytes: Uint8Array): void {
    this.#queuedChunks++;
    if (this.#outgoing !== undefined) this.begin();
    this.#socket.write(this.#chunked ? chunkOf(bytes) : bytes);
  }

  end(): void {
    this.begin().end(this.#chunked ? LAST_CHUNK : NO_BYTES);
  }

  abort(): void {
    this.#socket.destroy();
  }
}

const encoder = new TextEncoder();
const LINE_END = encoder.encode("\r\n");
const NO_BYTES = new Uint8Array(0);
const LAST_CHUNK = encoder.encode("0\r\n\r\n");

/** The chunk made last: each part is sent to all viewers in one go. */
let lastChunk = { of: new Uint8Array(0), chunk: LAST_CHUNK };

/** The bytes as a chunk of HTTP/1.1's chunked transfer coding (RFC 9112 7.1). */
function chunkOf(bytes: Uint8Array): Uint8Array {
  if (lastChunk.of !== bytes) {
    const length = encoder.encode(bytes.length.toString(16));
    const chunk = concat([length, LINE_END, bytes, LINE_END]);
    lastChunk = { of: bytes as Uint8Array<ArrayBuffer>, chunk };
  }
  return lastChunk.chunk;
}
