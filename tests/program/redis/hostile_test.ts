import { assert, assertEquals } from "@std/assert";
import { numberedFrame } from "../../support/browser/numbered_frame.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { MemoryPeak } from "../../support/program/process_memory.ts";
import { Program } from "../../support/program/program.ts";
import { Published } from "../../support/redis/published.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("redis-server");
const PARTS = "{gifstream}:parts:live";

Deno.test({
  name: "an edge stays whole, whatever stands in Redis",
  ignore,
  async fn() {
    await using all = await Published.start();
    const { redis, far } = all;
    const session = new TextDecoder().decode(
      await redis.command(
        "HGET",
        "{gifstream}:state:live",
        "session",
      ) as Uint8Array,
    );
    const junk = crypto.getRandomValues(new Uint8Array(5000));
    // Channels that are none, and keys of another type.
    for (const name of ["a b", "../x", "api", "x".repeat(99), "<b>"]) {
      await redis.command("ZADD", "{gifstream}:channels", 9e15, name);
    }
    for (const name of ["text", "list"]) {
      await redis.command("ZADD", "{gifstream}:channels", 9e15, name);
    }
    await redis.command("SET", "{gifstream}:parts:text", "no stream");
    await redis.command("SET", "{gifstream}:keyframe:text", "no hash");
    await redis.command("RPUSH", "{gifstream}:state:list", "no hash");
    // Entries that are none, and those of the origin with other bytes.
    for (
      const fields of [
        ["m", "what"],
        ["x", junk],
        ["m", junk, "b", junk],
        ["m", `begin ${session} 99999x1`],
        ["m", `jpeg ${session} 8x8 -`, "b", junk],
        ["m", `part ${session} 900000000 1 0 -`, "b", junk],
        ["m", `part ${session} 900000001 1 0 -`, "b", Uint8Array.of(0x3b)],
      ]
    ) {
      await redis.command("XADD", PARTS, "*", ...fields);
    }
    await all.untilEdge(({ source }) => source.message !== null);
    // The origin knows nothing of it; its next session makes that void.
    await redis.command("DEL", "{gifstream}:owner:live");
    await all.moves();
    await all.untilEdge(({ refusedFrames }) => refusedFrames === 0);
    assertEquals(far.isLost, false);
    const names = await untilChannels(all.address, (all) => all.has("list"));
    assertEquals([...names.keys()].sort(), ["list", "live", "text"]);
    assertEquals(/Fault/.test(all.edge.errorText), false, all.edge.errorText);
  },
});

Deno.test({
  name: "memory is bounded while Redis takes nothing",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    await using origin = new Program({
      args: [
        ...["live=-", "--port", "0", "--keep", "0"],
        ...["--publish", redis.address],
      ],
      stdin: "piped",
    });
    const address = await origin.address();
    const input = origin.process.stdin.getWriter();
    await origin.waitFor(/^Publishing at/m);
    await redis.command("CLIENT", "PAUSE", 60_000, "WRITE");
    const frames = Array.from(
      { length: 8 },
      (_, i) => numberedFrame(i, { blockPixels: 60, noisy: true }),
    );
    let bytes = 0;
    const write = async (most: number) => {
      for (let number = 0; bytes < most; number++) {
        const frame = frames[number % frames.length];
        bytes += frame.length;
        await input.write(frame);
      }
    };
    await write(2 ** 23);
    {
      using memory = new MemoryPeak(origin.process.pid);
      await write(2 ** 27);
      const dropped = /^gifstream_place_dropped_total\{.*\} [1-9]/m;
      while (!dropped.test(await (await fetch(`${address}/metrics`)).text())) {
        await write(bytes + 2 ** 22);
      }
      // Of 128 MB, 32 wait at most.
      assert(memory.growth < 110, `${memory.growth} MB`);
    }
    await origin.stop();
    await input.close().catch(() => {});
  },
});
