import { assert, assertEquals, assertExists } from "@std/assert";
import { delay } from "@std/async/delay";
import { SilentClients } from "../../../src/http/sockets/silent_clients.ts";
import {
  type Address,
  systemSockets,
} from "../../../src/http/sockets/system_sockets.ts";

/** Connections to a port whose silent clients are hung up on. */
async function looked(
  act: (the: {
    connect: () => Promise<{ client: Deno.Conn; server: Deno.Conn }>;
    clients: SilentClients;
    answered: Set<Address>;
  }) => Promise<void>,
  idleMilliseconds = 600,
): Promise<void> {
  const sockets = systemSockets();
  assertExists(sockets);
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const answered = new Set<Address>();
  const clients = new SilentClients({
    sockets,
    port,
    answered: () => answered,
    waitMilliseconds: 300,
    idleMilliseconds,
    restMilliseconds: 20,
  });
  const open: Deno.Conn[] = [];
  const connect = async () => {
    const client = await Deno.connect({ port });
    const server = await listener.accept();
    open.push(client, server);
    return { client, server };
  };
  try {
    await act({ connect, clients, answered });
  } finally {
    clients.close();
    for (const connection of open) connection.close();
    sockets.close();
  }
}

function silentTest(
  name: string,
  fn: (the: Parameters<Parameters<typeof looked>[0]>[0]) => Promise<void>,
  idleMilliseconds?: number,
) {
  Deno.test({
    name: `SilentClients ${name}`,
    ignore: Deno.build.os !== "linux",
    fn: () => looked(fn, idleMilliseconds),
  });
}

/** The end of a connection. */
async function ended(connection: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(1024);
  while (await connection.read(buffer) !== null);
}

silentTest("hangs up on who asks nothing, also bit by bit", async (the) => {
  const silent = await the.connect(), dripping = await the.connect();
  const drip = (async () => {
    try {
      for (;;) {
        await dripping.client.write(Uint8Array.of(65));
        await delay(20);
      }
    } catch {
      return "cut";
    }
  })();
  await ended(silent.client);
  await ended(dripping.client);
  assertEquals(await drip, "cut");
});

silentTest("leaves alone who asks, is answered, or takes", async (the) => {
  const [asking, answered, taking, silent] = await Promise.all(
    Array.from({ length: 4 }, () => the.connect()),
  );
  const addressOf = ({ server }: { server: Deno.Conn }) =>
    server.remoteAddr as Deno.NetAddr;
  the.answered.add(addressOf(answered));
  the.clients.hear(addressOf(taking));
  const buffer = new Uint8Array(10);
  await asking.server.write(Uint8Array.of(65));
  assertEquals(await asking.client.read(buffer), 1);
  const hasEnded = ended(silent.client);
  const until = performance.now() + 1500;
  while (performance.now() < until) {
    the.clients.hear(addressOf(asking));
    await taking.server.write(Uint8Array.of(65));
    assertEquals(await taking.client.read(buffer), 1);
    await delay(50);
  }
  for (const { client, server } of [asking, answered, taking]) {
    await server.write(Uint8Array.of(66));
    assertEquals(await client.read(buffer), 1);
  }
  await hasEnded;
});

silentTest("hangs up later on who has asked before", async (the) => {
  const { client, server } = await the.connect();
  const begin = performance.now();
  await server.write(Uint8Array.of(65));
  the.clients.hear(server.remoteAddr as Deno.NetAddr);
  await ended(client);
  assert(performance.now() - begin > 600);
});

silentTest(
  "takes nobody for the client who had the address before",
  async (the) => {
    const { client, server } = await the.connect();
    the.clients.hear(server.remoteAddr as Deno.NetAddr);
    await ended(client);
  },
  3_600_000,
);
