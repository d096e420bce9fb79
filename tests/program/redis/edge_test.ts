import {
  assert,
  assertEquals,
  assertMatch,
  assertObjectMatch,
} from "@std/assert";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { CountingOrigin } from "../../support/redis/counting_origin.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { StrictViewer } from "../../support/redis/strict_viewer.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("redis-server");

/** An edge of a Redis. */
function startEdge(address: string, ...args: string[]): Program {
  return new Program({ args: [address, "--port", "0", ...args] });
}

Deno.test({
  name: "an edge serves what an origin publishes, in every form",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    await using origin = new CountingOrigin("--publish", redis.address);
    await using edge = startEdge(redis.address);
    const address = await edge.address();
    await untilChannels(address, (all) => (all.get("live")?.frames ?? 0) > 20);
    await using viewer = new StrictViewer(`${address}/live.gif`);
    await viewer.sees(origin.newest + 5);
    await using late = new StrictViewer(`${address}/live.gif`);
    await late.sees(origin.newest + 5);
    assertEquals([viewer.gaps, viewer.repeats], [0, 0]);
    assertEquals([late.gaps, late.repeats], [0, 0]);

    const state = await (await fetch(`${address}/api/channels/live`)).json();
    assertObjectMatch(state.source, {
      ...{ kind: "redis", state: "live", message: null },
    });
    assertEquals([state.width, state.height], [8, 8]);
    assertEquals(state.refusedFrames, 0);
    const clip = await (await fetch(`${address}/live/clip.gif?seconds=1`))
      .bytes();
    assert([...decodeGif(clip)].length > 1);
    const still = await (await fetch(`${address}/live/snapshot.gif`)).bytes();
    assertEquals([...decodeGif(still)].length, 1);
    const png = await fetch(`${address}/live/snapshot.png`);
    assertEquals(png.headers.get("content-type"), "image/png");
    await png.body?.cancel();
    const mjpeg = await fetch(`${address}/live.mjpeg`);
    assertMatch(mjpeg.headers.get("content-type")!, /^multipart\//);
    const reader = mjpeg.body!.getReader();
    assert((await reader.read()).value);
    await reader.cancel();
    const metrics = await (await fetch(`${address}/metrics`)).text();
    assertMatch(
      metrics,
      /gifstream_source_state\{channel="live",state="live"\} 1/,
    );
    assertEquals(await (await fetch(`${address}/readyz`)).text(), "ready\n");

    const source = await origin.program.address();
    const ready = await (await fetch(`${source}/readyz`)).text();
    assertEquals(ready, `ready\npublishing at ${redis.address}: publishing\n`);
    const published = await (await fetch(`${source}/metrics`)).text();
    assertMatch(
      published,
      /gifstream_place_state\{place="redis:[^"]*",state="publishing"\} 1/,
    );
  },
});
