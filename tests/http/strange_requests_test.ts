import { assertEquals } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { Channels } from "../../src/channel/channels.ts";
import { serveByDeno } from "../../src/http/deno/deno_server.ts";
import { serveByNode } from "../../src/http/node/node_server.ts";
import { GIF, taking, TOKEN } from "../support/http/sending.ts";

const SERVERS = { serveByDeno, serveByNode };

/** The status of the answer to a request as it is written. */
async function statusOf(port: number, request: string): Promise<number> {
  using connection = await Deno.connect({ port });
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(4096);
  const length = await connection.read(buffer) ?? 0;
  const text = new TextDecoder().decode(buffer.subarray(0, length));
  return Number(text.match(/^HTTP\/1\.[01] (\d+)/)?.[1]);
}

function get(path: string, ...fields: string[]): string {
  return [`GET ${path} HTTP/1.1`, ...fields, "Connection: close", "", ""]
    .join("\r\n");
}

function socket(key: string): string {
  return [
    ...["GET /live/ws HTTP/1.1", "Host: x", "Connection: Upgrade"],
    ...["Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    ...[`Sec-WebSocket-Key: ${key}`, "", ""],
  ].join("\r\n");
}

for (const [name, serve] of Object.entries(SERVERS)) {
  Deno.test(`${name}() takes a path as it is sent`, async () => {
    const channel = new Channel();
    const server = await serve(channel, { port: 0 });
    const { port } = server.addr;
    assertEquals(await statusOf(port, get("/healthz", "Host: x")), 200);
    // A proxy may let some paths through only, and did not see these.
    for (
      const path of [
        ...["/api/../healthz", "/./healthz", "/api/%2e%2e/healthz"],
        ...["/api/.%2E/healthz", "/healthz/.", "/x/../live.gif"],
      ]
    ) {
      assertEquals(await statusOf(port, get(path, "Host: x")), 404, path);
    }
    assertEquals(await statusOf(port, get("/healthz?a=/../b", "Host: x")), 200);
    channel.close();
    await server.shutdown();
  });

  Deno.test(`${name}() refuses requests that no client sends`, async () => {
    const channel = new Channel();
    const server = await serve(channel, { port: 0 });
    const { port } = server.addr;
    const bad = [
      "GET /healthz HTTP/2.0\r\nHost: x\r\n\r\n",
      get("/healthz", "Host: x", "Host: y"),
      get("/live.gif", "Host: x", "host: x"),
    ];
    for (const request of bad) {
      assertEquals(await statusOf(port, request), 400, request);
    }
    assertEquals(await statusOf(port, "GET /healthz HTTP/1.0\r\n\r\n"), 200);
    assertEquals(await statusOf(port, socket("dGhlIHNhbXBsZSBub25jZQ==")), 101);
    for (const key of ["x", "", "dGhlIHNhbXBsZSBub25jZQ", "=".repeat(24)]) {
      assertEquals(Math.floor(await statusOf(port, socket(key)) / 100), 4, key);
    }
    channel.close();
    await server.shutdown();
  });
}

Deno.test("serveByNode() asks for a body only once it is wanted", async () => {
  const channels = new Channels();
  channels.add(new Channel({ name: "door" }));
  const server = await serveByNode(channels, {
    port: 0,
    ...taking()(channels),
  });
  const { port } = server.addr;
  const answersTo = async (token: string, ...rest: Uint8Array[]) => {
    using connection = await Deno.connect({ port });
    const head = [
      ...[
        "POST /door/frames HTTP/1.1",
        "Host: x",
        `Content-Length: ${GIF.length}`,
      ],
      ...["Expect: 100-continue", "Connection: close"],
      ...[`Authorization: Bearer ${token}`, "", ""],
    ].join("\r\n");
    await connection.write(new TextEncoder().encode(head));
    const buffer = new Uint8Array(4096), statuses: number[] = [];
    for (;;) {
      const length = await connection.read(buffer);
      if (length === null) return statuses;
      const text = new TextDecoder().decode(buffer.subarray(0, length));
      for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d+)/gm)) {
        statuses.push(Number(status));
      }
      for (const bytes of rest.splice(0)) await connection.write(bytes);
    }
  };
  assertEquals(await answersTo("wrong"), [401]);
  assertEquals(await answersTo(TOKEN, GIF), [100, 200]);
  channels.close();
  await server.shutdown();
});
