/** Sentinel and Cluster: refused, by a line that says what to give instead. */
import { assertMatch } from "@std/assert";
import { until } from "../../support/browser/until.ts";
import { freePort } from "../../support/http/free_port.ts";
import { Program } from "../../support/program/program.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("redis-server");

/** Expects the program to say so, both as an origin and as an edge. */
async function says(address: string, words: string): Promise<void> {
  for (const args of [["test:", "--publish", address], [address]]) {
    await using gifstream = new Program({ args: [...args, "--port", "0"] });
    const [line] = await gifstream.waitFor(
      /^.*This (is a Sentinel|Redis is).*$/m,
    );
    assertMatch(
      line,
      new RegExp(words.replace(/[()./]/g, "\\$&") + "(; trying again)?$"),
    );
    await gifstream.stop();
  }
}

Deno.test({
  name: "gifstream says which Redis to give instead of a Sentinel",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    await using sentinel = await RedisServer.startSentinel(redis, "cams");
    await says(
      sentinel.address,
      `give the address of redis://127.0.0.1:${redis.port} (cams)`,
    );
  },
});

Deno.test({
  name: "gifstream says which node of a Cluster has the channels",
  ignore,
  async fn() {
    const options = ["--cluster-enabled", "yes", "--cluster-port"];
    const start = () => RedisServer.start(...options, String(freePort()));
    await using first = await start();
    await using second = await start();
    await second.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    const bus = await second.command("CLUSTER", "NODES");
    const [, busPort] = new TextDecoder().decode(bus as Uint8Array)
      .match(/@(\d+)/)!;
    await first.command("CLUSTER", "MEET", "127.0.0.1", second.port, busPort);
    await until("the cluster", async () => {
      const info = await first.command("CLUSTER", "INFO");
      return new TextDecoder().decode(info as Uint8Array)
        .includes("cluster_state:ok");
    });
    await says(first.address, `give redis://127.0.0.1:${second.port}`);
    // The node that has them is a Redis like any other.
    await using origin = new Program({
      args: ["test:", "--publish", second.address, "--port", "0"],
    });
    await using edge = new Program({ args: [second.address, "--port", "0"] });
    const address = await edge.address();
    await until("a picture", async () => {
      const response = await fetch(`${address}/live/snapshot.gif`);
      await response.body?.cancel();
      return response.ok;
    });
    await origin.stop();
  },
});
