import { assert } from "@std/assert";
import { channelsOf } from "../../support/program/cli_channels.ts";
import { Published } from "../../support/redis/published.ts";
import { requireTool } from "../../support/require.ts";

/** How far the clock of the edge is off, as faketime takes it. */
const CLOCKS = ["+3h", "-3h"];
/** Much less than that, and more than anything takes. */
const MAX_MILLISECONDS = 600_000;

for (const clock of CLOCKS) {
  Deno.test({
    name: `nothing is amiss at an edge whose clock is ${clock} off`,
    ignore: !requireTool("redis-server") || !requireTool("faketime"),
    async fn() {
      await using all = await Published.start({
        edgeEnv: {
          LD_PRELOAD: "/usr/$LIB/faketime/libfaketimeMT.so.1",
          FAKETIME: clock,
          FAKETIME_DONT_FAKE_MONOTONIC: "1",
        },
      });
      const off = Date.parse(
        await fetch(`${all.address}/live/snapshot.gif`)
          .then(async (answer) => {
            await answer.body?.cancel();
            return answer.headers.get("last-modified") ??
              answer.headers.get("date")!;
          }),
      ) - Date.now();
      assert(Math.abs(off) > MAX_MILLISECONDS, `${off} ms`);
      await all.moves();
      const { latencyMilliseconds, source } = (await channelsOf(all.address))
        .get("live")!;
      assert(latencyMilliseconds! < MAX_MILLISECONDS);
      assert(source.state === "live");
    },
  });
}
