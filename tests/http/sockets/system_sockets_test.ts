import { assertEquals, assertExists, assertLess } from "@std/assert";
import { delay } from "@std/async/delay";
import { fromFileUrl } from "@std/path";
import {
  type SocketState,
  systemSockets,
} from "../../../src/http/sockets/system_sockets.ts";
import { until } from "../../support/browser/until.ts";

for (const hostname of ["127.0.0.1", "::1"]) {
  Deno.test({
    name: `SystemSockets knows a connection from ${hostname}`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const sockets = systemSockets();
      assertExists(sockets);
      using listener = Deno.listen({ hostname, port: 0 });
      const { port } = listener.addr;
      const client = await Deno.connect({ hostname, port });
      const server = await listener.accept();
      const from = server.remoteAddr as Deno.NetAddr;
      const nobody = { hostname, port: 1 };
      const [none, descriptor] = sockets.find([nobody, from]);
      assertEquals(none, undefined);
      assertExists(descriptor);
      const state = (): SocketState | undefined =>
        sockets.state(descriptor, from);
      assertEquals(state()?.isOpen, true);
      assertEquals(sockets.state(descriptor, nobody), undefined);
      await client.write(new Uint8Array(1234));
      await until("the bytes", () => state()?.receivedBytes === 1234);
      await server.write(new Uint8Array(777));
      await client.read(new Uint8Array(1000));
      await until("the answer", () => state()!.acknowledgedBytes >= 777);
      sockets.hangUp(descriptor);
      assertEquals(await client.read(new Uint8Array(1)), null);
      client.close();
      await until("the end", () => state()?.isOpen !== true);
      server.close();
      assertEquals(state(), undefined);
      sockets.close();
    },
  });
}

Deno.test({
  name: "SystemSockets lets little come to a connection ahead of its reader",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const sockets = systemSockets();
    assertExists(sockets);
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    using client = await Deno.connect({
      port: listener.addr.port,
    });
    using server = await listener.accept();
    const from = server.remoteAddr as Deno.NetAddr;
    const [descriptor] = sockets.find([from]);
    assertExists(descriptor);
    sockets.narrow(descriptor);
    const sending = client.write(new Uint8Array(2 ** 20));
    await delay(200);
    const { receivedBytes } = sockets.state(descriptor, from)!;
    assertLess(receivedBytes, 2 ** 15);
    sockets.hangUp(descriptor);
    await sending.catch(() => {});
    sockets.close();
  },
});

Deno.test({
  name: "SystemSockets knows if a client has taken what was written",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const sockets = systemSockets();
    assertExists(sockets);
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    using client = await Deno.connect({ port: listener.addr.port });
    using server = await listener.accept();
    const from = server.remoteAddr as Deno.NetAddr;
    const [descriptor] = sockets.find([from]);
    assertExists(descriptor);
    assertEquals(sockets.hasDrained(descriptor), true);
    const bytes = new Uint8Array(2 ** 24);
    const written = writeAll(server, bytes);
    const unsent = () => sockets.state(descriptor, from)!.unsentBytes;
    await until("a queue", () => unsent() > 0);
    assertEquals(sockets.hasDrained(descriptor), false);
    const buffer = new Uint8Array(2 ** 16);
    for (let left = bytes.length; left > 0;) {
      left -= (await client.read(buffer))!;
    }
    await written;
    await until("the end", () => sockets.hasDrained(descriptor));
    assertEquals(unsent(), 0);
    sockets.close();
  },
});

Deno.test({
  name: "SystemSockets closes a dead connection only, and no other",
  ignore: Deno.build.os !== "linux",
  async fn() {
    // In a process that ends then: Deno does not know that it is closed.
    const script = fromFileUrl(
      import.meta.resolve("../../support/http/close_dead.ts"),
    );
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--allow-net", "--allow-ffi", script],
      stdin: "null",
    }).output();
    assertEquals(
      new TextDecoder().decode(stdout),
      "open: kept\nanother: kept\ndead: closed\n",
    );
  },
});

Deno.test("systemSockets() asks for no permission that it has not", async () => {
  const module = import.meta.resolve(
    "../../../src/http/sockets/system_sockets.ts",
  );
  const folder = await Deno.makeTempDir();
  try {
    const script = `${folder}/script.ts`;
    await Deno.writeTextFile(
      script,
      `import { systemSockets } from "${module}"; console.log(systemSockets());`,
    );
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--allow-net", script],
      stdin: "null",
    }).output();
    assertEquals(new TextDecoder().decode(stdout), "undefined\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await to.write(bytes.subarray(at));
  }
}
