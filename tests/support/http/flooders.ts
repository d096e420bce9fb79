/**
 * Clients that send what nobody asked for.
 *
 * @module
 */

import { concat } from "@std/bytes/concat";
import { connect } from "node:net";

const encoder = new TextEncoder();
const PIECE = new Uint8Array(2 ** 20);

/** What became of it. */
export interface Flooded {
  /** Bytes that the server, or the system for it, took. */
  bytes: number;
  /** Whether the server hung up. */
  isCut: boolean;
}

/** Asks for something, and then sends pieces until it is cut off. */
export async function flood(
  port: number,
  head: string,
  { piece = PIECE, maxBytes = 8e8, hostname = "127.0.0.1" } = {},
): Promise<Flooded> {
  using client = await Deno.connect({ hostname, port });
  await client.write(encoder.encode(head));
  const answer = drain(client);
  let bytes = 0, isCut = false;
  try {
    while (bytes < maxBytes) bytes += await writeAll(client, piece);
  } catch {
    isCut = true;
  }
  client.close();
  await answer;
  return { bytes, isCut };
}

async function writeAll(client: Deno.Conn, piece: Uint8Array): Promise<number> {
  let at = 0;
  while (at < piece.length) at += await client.write(piece.subarray(at));
  return at;
}

async function drain(client: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(65536);
  try {
    while (await client.read(buffer) !== null);
  } catch {
    // It was cut off, or has hung up.
  }
}

/** A plain request. */
export function getRequest(path: string, ...fields: string[]): string {
  return [`GET ${path} HTTP/1.1`, "Host: x", ...fields, "", ""].join("\r\n");
}

/** A request for a WebSocket. */
export function socketRequest(path: string): string {
  return getRequest(
    path,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  );
}

/** Many chunks of a body (RFC 9112, 7.1). */
export const CHUNKS = concat(
  Array(1000).fill(
    concat([
      encoder.encode("3e8\r\n"),
      new Uint8Array(1000),
      encoder.encode("\r\n"),
    ]),
  ),
);

/** A part of a message that never ends (RFC 6455, 5.4), masked with zeros. */
export const FRAGMENT = concat([
  Uint8Array.of(0x00, 0x80 | 126, 0xea, 0x60, 0, 0, 0, 0),
  new Uint8Array(0xea60),
]);

/** The first part of such a message. */
export const FIRST_FRAGMENT = "\x02\x80\0\0\0\0";

/** Sends a request, and resets the connection at once. */
export function reset(port: number, head: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = connect(port, "127.0.0.1", () => {
    socket.write(head, () => {
      socket.once("close", () => resolve());
      socket.resetAndDestroy();
    });
  });
  return promise;
}
