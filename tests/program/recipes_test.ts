import { assert, assertEquals, assertGreater } from "@std/assert";
import { delay } from "@std/async/delay";
import { ffmpeg, RAW_RGB, run } from "../support/program/ffmpeg.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

const WIDTH = 160, HEIGHT = 120, FRAMES = 15;
const SOURCE = ["-f", "lavfi", "-i", `testsrc2=s=${WIDTH}x${HEIGHT}:r=10`];
const FRAME_BYTES = WIDTH * HEIGHT * 3;
const RAW = ["-vsync", "0", ...RAW_RGB];

/** What docs/operation.md says works today: options, and where it writes to. */
const RECIPES: Record<string, string[]> = {
  "whole files": ["-f", "image2", "-c:v", "gif", "-gifimage", "1"],
  "bare files": ["-f", "image2", "-c:v", "gif"],
  "full bare files": [
    ...["-f", "image2", "-c:v", "gif"],
    ...["-gifflags", "-offsetting-transdiff"],
  ],
  "one growing file": ["-flush_packets", "1"],
  "one file written again": [
    ...["-f", "image2", "-update", "1", "-c:v", "gif", "-gifimage", "1"],
  ],
};

/** The pictures of raw video, as text that can be compared and looked up. */
function pictures(raw: Uint8Array): string[] {
  assertEquals(raw.length % FRAME_BYTES, 0);
  return Array.from(
    { length: raw.length / FRAME_BYTES },
    (_, i) => raw.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES).toBase64(),
  );
}

/** What a viewer of the program gets while ffmpeg writes by a recipe. */
async function watch(folder: string, recipe: string[]): Promise<Uint8Array> {
  await using program = new Program({ args: [folder, "--port", "0"] });
  const address = await program.address();
  const response = await fetch(`${address}/live.gif`);
  const gif = response.bytes();
  await ffmpeg([
    ...["-re", ...SOURCE, "-frames:v", String(FRAMES), ...recipe],
    `${folder}/in%d.gif`,
  ]);
  await untilQuiet(address);
  assertEquals(await program.stop(), 0);
  assertEquals(program.errorText.includes("warning"), false, program.errorText);
  return await gif;
}

/** Waits until no more frames come. */
async function untilQuiet(address: string): Promise<void> {
  for (let before = -1, frames = 0; frames !== before;) {
    await delay(500);
    const response = await fetch(`${address}/api/channels`);
    before = frames;
    frames = (await response.json()).channels[0].frames;
  }
}

/**
 * Makes sure that what was seen is true, in order, and to the end. On a busy
 * machine pictures may be left out, but none may be wrong.
 */
function assertTrue(seen: string[], truth: string[]): void {
  let last = -1;
  for (const [i, picture] of seen.entries()) {
    const found = truth.indexOf(picture, last + 1);
    assert(found >= 0, `picture ${i} is none that ffmpeg wrote after ${last}`);
    last = found;
  }
  assertEquals(last, truth.length - 1);
  assertGreater(seen.length, truth.length / 2);
}

for (const [name, recipe] of Object.entries(RECIPES)) {
  Deno.test({
    name: `gifstream shows each pixel that ffmpeg writes into ${name}`,
    ignore: !requireTool("ffmpeg") || !requireTool("gifsicle"),
    async fn() {
      const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
      try {
        const gif = await watch(`${folder}/input`, recipe);
        const seenFile = `${folder}/seen.gif`;
        await Deno.writeFile(seenFile, gif);
        const seen = pictures(await ffmpeg(["-i", seenFile, ...RAW]));

        // The same frames, as ffmpeg itself reads what it wrote.
        const truthFile = `${folder}/truth.gif`;
        const frames = ["-frames:v", String(FRAMES)];
        await ffmpeg([...SOURCE, ...frames, truthFile]);
        const truth = pictures(await ffmpeg(["-i", truthFile, ...RAW]));
        assertEquals(truth.length, FRAMES);
        assertTrue(seen, truth);

        // gifsicle sees the same, told to make each frame whole.
        const wholeFile = `${folder}/whole.gif`;
        await run("gifsicle", ["--unoptimize", seenFile, "-o", wholeFile]);
        const whole = pictures(await ffmpeg(["-i", wholeFile, ...RAW]));
        assertEquals(whole, seen);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
