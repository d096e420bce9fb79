import { assertEquals, assertMatch } from "@std/assert";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { WaitingConnections } from "../../../src/http/node/waiting_connections.ts";

/** A server whose connections wait, unless they are said to be answered. */
async function waitingServer(
  act: (socket: Socket, waiting: WaitingConnections) => void = () => {},
) {
  const waiting = new WaitingConnections(100);
  const server = createServer((socket) => {
    waiting.add(socket);
    act(socket, waiting);
    socket.on("error", () => {}).resume();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const end = () =>
    new Promise<void>((resolve) => server.close(() => resolve()));
  return { port, waiting, end };
}

async function textOf(connection: Deno.Conn): Promise<string> {
  return await new Response(connection.readable).text();
}

Deno.test("WaitingConnections ends one that sends nothing", async () => {
  const { port, end } = await waitingServer();
  assertEquals(await textOf(await Deno.connect({ port })), "");
  await end();
});

Deno.test("WaitingConnections tells one that sends half a request", async () => {
  const { port, end } = await waitingServer();
  const connection = await Deno.connect({ port });
  await connection.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost"));
  assertMatch(await textOf(connection), /^HTTP\/1\.1 408 Request Timeout\r\n/);
  await end();
});

Deno.test("WaitingConnections leaves alone who is answered", async () => {
  const { port, end } = await waitingServer((socket, waiting) => {
    waiting.answered(socket);
    setTimeout(() => {
      socket.write("late");
      waiting.add(socket);
    }, 300);
  });
  assertEquals(await textOf(await Deno.connect({ port })), "late");
  await end();
});

Deno.test("WaitingConnections ends all when it is closed", async () => {
  const { port, waiting, end } = await waitingServer();
  const connection = await Deno.connect({ port });
  await connection.write(new Uint8Array(1));
  const text = textOf(connection);
  waiting.close();
  assertEquals(await text.catch(() => ""), "");
  await end();
});
