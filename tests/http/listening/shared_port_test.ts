import { assertEquals } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { serveByDeno } from "../../../src/http/deno/deno_server.ts";
import { serveByNode } from "../../../src/http/node/node_server.ts";

for (const serve of [serveByDeno, serveByNode]) {
  Deno.test({
    name: `${serve.name}() shares a port with another server`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const channels = [new Channel(), new Channel()];
      const first = await serve(channels[0], { port: 0, reusePort: true });
      const { port } = first.addr;
      const second = await serve(channels[1], { port, reusePort: true });
      const isAlive = async () => {
        using client = Deno.createHttpClient({});
        const address = `http://127.0.0.1:${port}/healthz`;
        const response = await fetch(address, { client });
        return await response.text() === "ok\n";
      };
      for (let i = 0; i < 4; i++) assertEquals(await isAlive(), true);
      await first.shutdown();
      for (let i = 0; i < 4; i++) assertEquals(await isAlive(), true);
      await second.shutdown();
      for (const channel of channels) channel.close();
    },
  });
}
