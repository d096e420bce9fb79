import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { assertEquals } from "@std/assert";
import { leavingClient } from "../../../src/http/node/leaving_client.ts";
import { withResolvers } from "../../../src/system/with_resolvers.ts";

Deno.test("leavingClient() tells when a client has reset its connection", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const client = connect(port, "127.0.0.1");
  const [socket] = await once(server, "connection") as [Socket];
  socket.on("error", () => {}).resume();
  const left = withResolvers<string>();
  const { watch } = leavingClient(socket);
  const answering = { cut: () => {} };
  watch({ ...answering, leave: () => left.resolve("left") });
  watch({ ...answering, leave: () => left.resolve("forgotten") })();
  client.resetAndDestroy();
  assertEquals(await left.promise, "left");
  server.close();
  await once(server, "close");
});
