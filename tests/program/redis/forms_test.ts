import { assertEquals } from "@std/assert";
import { StrictGif } from "../../../tools/fuzz/live/strict_gif.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";
import {
  channelsOf,
  untilChannels,
} from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("redis-server");
/** A red that JPEG and the encoder leave as it is, or nearly so. */
const RED = [200, 30, 40] as const, BLUE = [30, 40, 200] as const;

/** The first pixel of a GIF once it is of a kind. */
async function pixelOf(
  address: string,
  isIt: (pixel: number[]) => boolean,
): Promise<number[]> {
  const response = await fetch(address);
  const found = Promise.withResolvers<number[]>();
  const gif: StrictGif = new StrictGif(() => {
    const [pixel] = gif.pixels;
    const color = [pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255];
    if (isIt(color)) found.resolve(color);
  });
  const reader = response.body!.getReader();
  const read = async () => {
    for (;;) {
      const { value } = await reader.read();
      if (value === undefined) return;
      gif.push(value);
    }
  };
  const reading = read();
  reading.catch(found.reject);
  const color = await found.promise;
  await reader.cancel();
  await reading;
  return color;
}

const isRed = ([red, , blue]: number[]) => red > blue;
const isBlue = ([red, , blue]: number[]) => blue > red;

Deno.test({
  name:
    "an edge hands JPEGs on as they came, and has the GIF made when it is watched",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await using redis = await RedisServer.start();
      const red = plainJpeg(32, 24, [...RED]);
      const blue = plainJpeg(32, 24, [...BLUE]);
      await Deno.writeFile(`${folder}/1.jpg`, red);
      await using origin = new Program({
        args: [`cam=${folder}`, "--publish", redis.address, "--port", "0"],
      });
      await using edge = new Program({
        args: [redis.address, "--port", "0"],
      });
      const address = await edge.address();
      // It came to Redis before the edge did, and stays.
      await untilChannels(address, (all) => all.get("cam")?.width === 32);
      const still = await fetch(`${address}/cam/snapshot.jpg`);
      assertEquals(await still.bytes(), red);
      const state = (await channelsOf(address)).get("cam");
      assertEquals(state?.source.state, "live");

      await pixelOf(`${address}/cam.gif`, isRed);
      const watching = pixelOf(`${address}/cam.gif`, isBlue);
      await untilChannels(address, (all) => all.get("cam")?.viewers === 1);
      await Deno.writeFile(`${folder}/2.jpg`, blue);
      await watching;
      assertEquals(
        await (await fetch(`${address}/cam/snapshot.jpg`)).bytes(),
        blue,
      );
      // Another edge finds the GIF that is made already.
      await using other = new Program({ args: [redis.address, "--port", "0"] });
      const there = await other.address();
      await untilChannels(there, (all) => all.get("cam")?.width === 32);
      await pixelOf(`${there}/cam.gif`, isBlue);
      assertEquals(
        await (await fetch(`${there}/cam/snapshot.jpg`)).bytes(),
        blue,
      );
      for (const program of [origin, edge, other]) {
        assertEquals(/error|Fault/.test(program.errorText), false);
      }
    }),
});

Deno.test({
  name: "a JPEG that stays is there for edges after Redis was emptied",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await using redis = await RedisServer.start();
      const red = plainJpeg(32, 24, [...RED]);
      await Deno.writeFile(`${folder}/1.jpg`, red);
      await using origin = new Program({
        args: [`cam=${folder}`, "--publish", redis.address, "--port", "0"],
      });
      await origin.waitFor(/^Publishing at/m);
      await redis.stop();
      await redis.restart();
      await using edge = new Program({ args: [redis.address, "--port", "0"] });
      const address = await edge.address();
      await untilChannels(address, (all) => all.get("cam")?.width === 32);
      const still = await fetch(`${address}/cam/snapshot.jpg`);
      assertEquals(await still.bytes(), red);
    }),
});

Deno.test({
  name: "a JPEG that came while Redis was away is there for edges that wait",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await using redis = await RedisServer.start();
      const red = plainJpeg(32, 24, [...RED]);
      const blue = plainJpeg(24, 16, [...BLUE]);
      await Deno.writeFile(`${folder}/1.jpg`, red);
      await using _origin = new Program({
        args: [`cam=${folder}`, "--publish", redis.address, "--port", "0"],
      });
      await using edge = new Program({ args: [redis.address, "--port", "0"] });
      const address = await edge.address();
      await untilChannels(address, (all) => all.get("cam")?.width === 32);
      await redis.stop();
      await Deno.writeFile(`${folder}/2.jpg`, blue);
      await redis.restart();
      // The edge is there before anything lies beside the stream.
      await untilChannels(address, (all) => all.get("cam")?.width === 24);
      const still = await fetch(`${address}/cam/snapshot.jpg`);
      assertEquals(await still.bytes(), blue);
    }),
});

Deno.test({
  name: "who watches an edge lets a source run that waits for viewers",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    await using origin = new Program({
      args: [
        ...["t=test:", "--on-demand", "--port", "0"],
        ...["--publish", redis.address],
      ],
    });
    await using edge = new Program({ args: [redis.address, "--port", "0"] });
    const address = await edge.address();
    await untilChannels(
      address,
      (all) => all.get("t")?.source.state === "idle",
    );
    await pixelOf(`${address}/t.gif`, () => true);
    await origin.waitFor(/Somebody is watching: the source starts/);
    await origin.waitFor(/Nobody has watched for 10 s: the source is stopped/);
    await untilChannels(
      address,
      (all) => all.get("t")?.source.state === "idle",
    );
    const still = await fetch(`${address}/t/snapshot.gif`);
    assertEquals((await still.bytes()).at(-1), 0x3b);
  },
});
