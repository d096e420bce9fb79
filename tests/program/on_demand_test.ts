import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { channelsOf } from "../support/program/cli_channels.ts";
import {
  ffmpegChildren,
  waitForEnd,
} from "../support/program/ffmpeg_children.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

/** Waits for the one ffmpeg of a program, and tells its process id. */
async function untilPlaying(program: Program): Promise<number> {
  for (;;) {
    const [player] = await ffmpegChildren(program.process.pid);
    if (player !== undefined) return player;
    await delay(20);
  }
}

// The first 15 pictures are black, all others white.
const CAMERA = "lavfi:color=black:s=16x16:r=10,format=gray," +
  "geq=lum='255*gte(N,15)'";

for (const [warmUp, color] of [["0", 0], ["20", 255]] as const) {
  Deno.test({
    name:
      `gifstream --on-demand --warm-up ${warmUp} shows a camera from then on`,
    ignore: !requireTool("ffmpeg"),
    async fn() {
      await using program = new Program({
        args: [
          ...[CAMERA, "--on-demand", "--warm-up", warmUp],
          ...["--mode", "fast", "--port", "0"],
        ],
      });
      const address = await program.address();
      const response = await untilThere(`${address}/snapshot.gif`);
      const [{ pixels }] = decodeGif(await response.bytes());
      assertEquals(Math.round(pixels[0] / 255), Math.round(color / 255));
      assertEquals(await program.stop(), 0);
    },
  });
}

/** An answer that is there, however long a busy machine takes. */
async function untilThere(address: string): Promise<Response> {
  for (;;) {
    const response = await fetch(address);
    if (response.status !== 503) return response;
    await response.body?.cancel();
  }
}

// It takes the 10 s for which a source outlives its last viewer.
Deno.test({
  name: "gifstream --on-demand runs ffmpeg while somebody watches",
  ignore: Deno.build.os !== "linux" || !requireTool("ffmpeg"),
  async fn() {
    await using program = new Program({
      args: [
        ...["a=lavfi:testsrc2=s=64x48", "b=test:", "--on-demand"],
        ...["--size", "64", "--mode", "fast", "--port", "0"],
      ],
    });
    const address = await program.address();
    const stateOfA = async () =>
      (await channelsOf(address)).get("a")!.source.state;
    const publishedByA = async () =>
      (await channelsOf(address)).get("a")!.publishedBytes;
    assertEquals(await ffmpegChildren(program.process.pid), []);
    assertEquals(await stateOfA(), "idle");

    // One picture is enough to wake it, and is waited for.
    const snapshot = await fetch(`${address}/a/snapshot.gif`);
    assertEquals(snapshot.status, 200);
    assertEquals([...decodeGif(await snapshot.bytes())].length, 1);
    const player = await untilPlaying(program);
    assertEquals(await stateOfA(), "live");

    // Whoever comes within the 10 s keeps it running.
    const first = await fetch(`${address}/a.gif`);
    const second = await fetch(`${address}/a.gif`);
    await first.body?.cancel();
    assertEquals(await ffmpegChildren(program.process.pid), [player]);
    await second.body?.cancel();
    await program.waitFor(
      /^a: Nobody has watched for 10 s: the source is stopped$/m,
    );
    await waitForEnd(player);
    assertEquals(await stateOfA(), "idle");
    assertEquals((await channelsOf(address)).get("b")?.frames, 0);

    const before = await publishedByA();
    const again = fetch(`${address}/a.gif`).then((answer) => answer.bytes());
    const next = await untilPlaying(program);
    // It is live by its first JPEG, and a moment later there is a GIF.
    while (await publishedByA() === before) await delay(20);
    assertEquals(await program.stop(), 0);
    await waitForEnd(next);
    assertEquals((await again).at(-1), 0x3b);
  },
});
