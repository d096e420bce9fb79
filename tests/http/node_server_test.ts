import { assertEquals } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { serveByNode } from "../../src/http/node_server.ts";

Deno.test("serveByNode() ends though a browser keeps a connection ready", async () => {
  const server = await serveByNode(new Channel(), { port: 0 });
  const { port } = server.addr;
  using connection = await Deno.connect({ port });
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  assertEquals(await response.text(), "ok\n");
  await server.shutdown();
  assertEquals(await connection.read(new Uint8Array(1)), null);
});
