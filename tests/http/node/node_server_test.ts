import { assertEquals } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { serveByNode } from "../../../src/http/node/node_server.ts";
import { until } from "../../support/browser/until.ts";

Deno.test("serveByNode() ends though a browser keeps a connection ready", async () => {
  const server = await serveByNode(new Channel(), { port: 0 });
  const { port } = server.addr;
  using connection = await Deno.connect({ port });
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  assertEquals(await response.text(), "ok\n");
  await server.shutdown();
  assertEquals(await connection.read(new Uint8Array(1)), null);
});

Deno.test("serveByNode() lets go of who leaves without a word", async () => {
  const server = await serveByNode(new Channel(), { port: 0 });
  const { port } = server.addr;
  using connection = await Deno.connect({ port });
  await connection.closeWrite();
  const end = connection.read(new Uint8Array(1));
  let ended = false;
  end.then(() => ended = true);
  await until("the other end to close", () => ended);
  assertEquals(await end, null);
  await server.shutdown();
});

Deno.test("serveByNode() goes on after heads that no Request can be made of", async () => {
  const errors: unknown[] = [];
  const server = await serveByNode(new Channel(), {
    port: 0,
    onError: (error) => errors.push(error),
  });
  const { port } = server.addr;
  const NUL = "\0", EURO = "\x80", NAME = "\xe2\x82\xac";
  const statuses: [head: string, status: string][] = [
    [`GET /healthz HTTP/1.1\r\nHost: x\r\nX: a${NUL}b`, "400"],
    [`GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${EURO}`, "200"],
    [`GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: name=${NAME}`, "200"],
  ];
  for (const [head, status] of statuses) {
    assertEquals(await statusOf(port, head), status, JSON.stringify(head));
  }
  assertEquals(errors, []);
  await server.shutdown();
});

/** The status that a request gets. */
async function statusOf(port: number, head: string): Promise<string> {
  using connection = await Deno.connect({ port });
  const request = `${head}\r\nConnection: close\r\n\r\n`;
  await connection.write(Uint8Array.from(request, (c) => c.charCodeAt(0)));
  const answer = await new Response(connection.readable).text();
  return answer.split(" ", 2)[1];
}
