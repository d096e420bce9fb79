import { assert, assertEquals, assertGreater } from "@std/assert";
import { exists } from "@std/fs/exists";
import { join } from "@std/path";
import { encode as encodePng } from "fast-png";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { encodeGif } from "../../../src/gif/encoder/encode_gif.ts";
import { until } from "../../support/browser/until.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { scene } from "../../support/gif/pictures.ts";
import { Program } from "../../support/program/program.ts";

const WIDTH = 32, HEIGHT = 24;
const DELAYS = [20, 30, 40];

/** Three pictures of few colors, each shown for its own time. */
function clip(): Uint8Array<ArrayBuffer> {
  const frames = DELAYS.map((delayCentiseconds, i) => {
    const pixels = new Uint8Array(WIDTH * HEIGHT * 3).fill(40);
    pixels.fill(200, 0, (i + 1) * 90);
    return { pixels, delayCentiseconds };
  });
  return encodeGif(frames, { width: WIDTH, height: HEIGHT, quality: 100 });
}

function delaysOf(gif: Uint8Array): number[] {
  return [...decodeGif(gif)].map((frame) => frame.delayCentiseconds);
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b);
}

async function png(path: string, time: number): Promise<void> {
  const data = scene(WIDTH, HEIGHT, time, 1);
  const picture = { width: WIDTH, height: HEIGHT, data, channels: 3 as const };
  await Deno.writeFile(path, encodePng(picture));
}

Deno.test("gifstream - --output writes the GIF that it is sent, in its own time", () =>
  withFolder(async (folder) => {
    const file = join(folder, "copy.gif");
    const args = ["-", "--output", file, "--quality", "100"];
    await using program = new Program({ args, stdin: "piped" });
    const writer = program.process.stdin.getWriter();
    const gif = clip();
    await writer.write(gif);
    await writer.close();
    assertEquals(await program.exitCode(), 0, program.errorText);
    const copy = await Deno.readFile(file);
    const pictures = [...decodeGif(copy)], given = [...decodeGif(gif)];
    assertEquals(pictures.length, given.length);
    for (const [i, { pixels }] of given.entries()) {
      assertEquals(pictures[i].pixels, pixels);
      // A slow machine may take longer to send the next one.
      assert(delaysOf(copy)[i] >= DELAYS[i], `${delaysOf(copy)}`);
    }
  }));

Deno.test({
  name: "gifstream PIPE --output ends with its writer, or by --duration",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const pipe = join(folder, "pipe"), file = join(folder, "copy.gif");
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      for (const end of [[], ["--duration", "0.4"]]) {
        const args = [pipe, "--output", file, ...end];
        await using program = new Program({ args });
        await Deno.writeFile(pipe, clip());
        assertEquals(await program.exitCode(), 0, program.errorText);
        const shown = sum(delaysOf(await Deno.readFile(file)));
        if (end.length > 0) assertEquals(shown, 40);
        else assert(shown >= sum(DELAYS), `${shown}`);
      }
    }),
});

Deno.test("gifstream test: --output records for so long", () =>
  withFolder(async (folder) => {
    const file = join(folder, "test.gif");
    const args = ["test:", "--output", file, "--duration", "1", "--fps", "20"];
    await using program = new Program({ args });
    assertEquals(await program.exitCode(), 0, program.errorText);
    const delays = delaysOf(await Deno.readFile(file));
    assertGreater(delays.length, 1);
    assert(sum(delays) <= 100 && sum(delays) > 90, `${delays}`);
  }));

Deno.test("gifstream - --output --max-bytes makes the best that fits", () =>
  withFolder(async (folder) => {
    const file = join(folder, "small.gif");
    const frames = Array.from(
      { length: 12 },
      (_, i) => ({ pixels: scene(64, 48, i * 3, 1), delayCentiseconds: 5 }),
    );
    const given = encodeGif(frames, { width: 64, height: 48, quality: 100 });
    const args = ["-", "--output", file, "--max-bytes", "6K"];
    await using program = new Program({ args, stdin: "piped" });
    const writer = program.process.stdin.getWriter();
    await writer.write(given);
    await writer.close();
    assertEquals(await program.exitCode(), 0, program.errorText);
    const gif = await Deno.readFile(file);
    assertGreater(given.length, 12_000);
    assert(gif.length <= 6000 && gif.length > 4000, `${gif.length}`);
    assert(sum(delaysOf(gif)) >= 60, `${delaysOf(gif)}`);
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  }));

Deno.test("gifstream FOLDER --output records what comes, until it is stopped", () =>
  withFolder(async (folder) => {
    const frames = join(folder, "frames"), file = join(folder, "live.gif");
    await Deno.mkdir(frames);
    await using program = new Program({ args: [frames, "--output", file] });
    await until(
      "the notice",
      () => program.errorText.includes("Waiting for pictures"),
    );
    // The watch begins soon after; what is there then is taken, too.
    let number = 0;
    await until("several pictures in the file", async () => {
      await png(join(frames, `p${number}.png`), number++);
      return await exists(`${file}.part`) &&
        (await Deno.stat(`${file}.part`)).size > 1500;
    });
    program.process.kill("SIGINT");
    assertEquals(await program.exitCode(), 0, program.errorText);
    assertGreater(delaysOf(await Deno.readFile(file)).length, 1);
  }));

Deno.test("gifstream refuses what a recording cannot heed", async () => {
  const args = ["-", "--output", "x.gif", "--fps", "5"];
  await using program = new Program({ args });
  assertEquals(await program.exitCode(), 2);
  assert(program.errorText.includes("--fps"), program.errorText);
});
