import { assert, assertEquals, assertMatch } from "@std/assert";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { CountingOrigin } from "../../support/redis/counting_origin.ts";
import { Published } from "../../support/redis/published.ts";
import { StrictViewer } from "../../support/redis/strict_viewer.ts";
import { requireTool } from "../../support/require.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { firstPicture } from "../../support/redis/counted_scene.ts";

const ignore = !requireTool("redis-server");

Deno.test({
  name:
    "viewers of an edge stay, and go on, when the origin is killed and started again",
  ignore,
  async fn() {
    await using all = await Published.start();
    await all.origin.stop("SIGKILL");
    await all.untilEdge(({ source: { state, message } }) =>
      state === "no signal" && /origin .* is away/.test(message ?? "")
    );
    await all.origin.restart();
    await all.moves();
    await all.untilEdge(({ source }) => source.state === "live");
  },
});

Deno.test({
  name:
    "viewers of an edge stay, and go on, when the origin ends in order and comes back",
  ignore,
  async fn() {
    await using all = await Published.start();
    await all.origin.stop("SIGTERM");
    await all.untilEdge(({ source: { state } }) => state === "no signal");
    await all.origin.restart();
    await all.moves();
  },
});

Deno.test({
  name: "of two origins for a channel one waits, says so, and takes over",
  ignore,
  async fn() {
    await using all = await Published.start();
    const { origin: first, far, redis } = all;
    await using second = new CountingOrigin("--publish", redis.address);
    await second.program.waitFor(
      /^error: Another origin publishes live: this one takes over when that is gone$/m,
    );
    // Its pictures are later than all of the first one.
    second.newest = 10_000;
    const address = await second.program.address();
    const ready = await (await fetch(`${address}/readyz`)).text();
    assertMatch(ready, /; another process publishes 1 of the channels$/m);
    const metrics = await (await fetch(`${address}/metrics`)).text();
    assert(/gifstream_place_standby_channels\{.*\} 1/.test(metrics), metrics);
    await all.moves();
    assert(far.newest < 10_000);
    await first.stop("SIGKILL");
    await far.sees(10_000);
    await second.program.waitFor(/^Publishing live at redis:/m);
    await all.untilEdge(({ source }) => source.state === "live");
    // The first one waits now. Later pictures come only from who publishes.
    first.newest = 20_000;
    await first.restart();
    await first.program.waitFor(/Another origin publishes live/);
    await far.sees(second.newest + 5);
  },
});

Deno.test({
  name: "viewers of other edges notice nothing when one is killed",
  ignore,
  async fn() {
    await using all = await Published.start();
    const { far, near, origin, redis } = all;
    await using other = new Program({ args: [redis.address, "--port", "0"] });
    const address = await other.address();
    await untilChannels(address, (all) => (all.get("live")?.frames ?? 0) > 0);
    await using viewer = new StrictViewer(`${address}/live.gif`);
    await viewer.sees(origin.newest);
    await other.stop("SIGKILL");
    await viewer.done;
    assert(viewer.isLost);
    await all.moves();
    await all.originMoves();
    assertEquals([far.gaps, far.repeats], [0, 0]);
    assertEquals([near.gaps, near.repeats], [0, 0]);
  },
});

Deno.test({
  name: "an edge has channels as they come and go at the origin",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await using all = await Published.start();
      const { redis, address } = all;
      for (const name of ["door", "yard"]) {
        await Deno.mkdir(`${folder}/${name}`);
        await Deno.writeFile(`${folder}/${name}/1.gif`, firstPicture(7));
      }
      await using _origin = new Program({
        args: [`${folder}/*`, "--publish", redis.address, "--port", "0"],
      });
      await untilChannels(address, (all) =>
        ["door", "yard"].every((name) => all.get(name)?.width === 8));
      await using viewer = new StrictViewer(`${address}/yard.gif`);
      await viewer.sees(7);
      await Deno.remove(`${folder}/yard`, { recursive: true });
      await untilChannels(address, (all) =>
        !all.has("yard"));
      await viewer.done;
      await all.moves();
    }),
});

Deno.test({
  name: "what is sent to an edge goes to all edges",
  ignore,
  async fn() {
    await using all = await Published.start();
    const { redis } = all;
    await using edge = new Program({
      args: [
        ...[redis.address, "--publish", redis.address],
        ...["--ingest", "--port", "0"],
      ],
      env: { GIFSTREAM_TOKEN: "sesame" },
    });
    const sender = await edge.address();
    const sent = await fetch(`${sender}/hall/frames`, {
      method: "POST",
      headers: { Authorization: "Bearer sesame", "content-type": "image/gif" },
      body: new Uint8Array(firstPicture(9)),
    });
    assertEquals(sent.status, 200, await sent.text());
    await untilChannels(all.address, (all) => all.get("hall")?.width === 8);
    await using viewer = new StrictViewer(`${all.address}/hall.gif`);
    await viewer.sees(9);
    // It has the channels of others, and publishes only its own.
    const there = await untilChannels(sender, (all) => all.has("live"));
    assertEquals(there.get("live")?.source.kind, "redis");
    assertEquals(/^(warning|error):/m.test(edge.errorText), false);
  },
});
