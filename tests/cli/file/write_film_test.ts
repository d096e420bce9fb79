import { assert, assertEquals, assertRejects } from "@std/assert";
import { exists } from "@std/fs/exists";
import { join } from "@std/path";
import { encode as encodePng } from "fast-png";
import {
  type FilmReport,
  writeFilm,
} from "../../../src/cli/file/write_film.ts";
import type { InputKind } from "../../../src/cli/source/source_kind.ts";
import { parseOptions } from "../../support/program/parse_options.ts";
import { UsageError } from "../../../src/cli/options/usage_error.ts";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { scene } from "../../support/gif/pictures.ts";
import { requireTool } from "../../support/require.ts";

const WIDTH = 64, HEIGHT = 48;

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Pictures whose numbers have one digit, and two. */
async function fill(folder: string): Promise<void> {
  for (let i = 1; i <= 12; i++) {
    const data = scene(WIDTH, HEIGHT, i * 3, 1);
    const png = encodePng({ width: WIDTH, height: HEIGHT, data, channels: 3 });
    await Deno.writeFile(join(folder, `p${i}.png`), png);
  }
}

async function write(input: string, kind: InputKind, ...args: string[]) {
  const options = parseOptions([input, ...args]);
  assert(typeof options === "object");
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const report: FilmReport = {
    info: say,
    warn: say,
    error: say,
    progress: () => {},
  };
  const code = await writeFilm(
    input,
    kind,
    options,
    report,
    new AbortController().signal,
  );
  return { code, said: said.join("\n") };
}

Deno.test("writeFilm() makes a file of a folder, by the order of names", async () => {
  await inFolder(async (folder) => {
    await fill(folder);
    await Deno.writeTextFile(join(folder, "p7.png"), "no picture");
    const file = join(folder, "film.gif");
    const { code, said } = await write(folder, "folder", "--output", file);
    assertEquals(code, 0, said);
    assert(said.includes("p7.png"), said);
    const frames = [...decodeGif(await Deno.readFile(file))];
    assertEquals(frames.length, 11);
    assertEquals(
      frames.map((each) => each.delayCentiseconds),
      Array(11).fill(10),
    );
    assert(!await exists(`${file}.part`));
  });
});

Deno.test("writeFilm() stays within the bytes that are given", async () => {
  await inFolder(async (folder) => {
    await fill(folder);
    const file = join(folder, "film.gif");
    const args = ["--output", file, "--max-bytes", "6K", "--mode", "fast"];
    const { code, said } = await write(folder, "folder", ...args);
    assertEquals(code, 0, said);
    const { size } = await Deno.stat(file);
    assert(size <= 6000 && size > 4000, `${size}`);
  });
});

Deno.test("writeFilm() makes what fits of a recording that is stopped", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "film.gif");
    const args = ["--output", file, "--max-bytes", "8K", "--size", "64x48"];
    const options = parseOptions(["test:", ...args]);
    assert(typeof options === "object");
    const stop = new AbortController();
    const said: string[] = [], passes = new Set<string>();
    const say = (message: string) => void said.push(message);
    const report: FilmReport = {
      info: say,
      warn: say,
      error: say,
      progress(line) {
        passes.add(line.split("  ")[0]);
        stop.abort();
      },
    };
    const { signal } = stop;
    const code = await writeFilm("test:", "test", options, report, signal);
    assertEquals(code, 0, said.join("\n"));
    assertEquals([...passes].slice(0, 2), ["recording", "pass 1"]);
    assert(said[0].includes("Ctrl-C"), said[0]);
    const { size } = await Deno.stat(file);
    assert(size <= 8000, `${size}`);
    assertEquals([...decodeGif(await Deno.readFile(file))].length > 0, true);
  });
});

Deno.test("writeFilm() leaves no file where nothing fits", async () => {
  await inFolder(async (folder) => {
    await fill(folder);
    const file = join(folder, "film.gif");
    const args = ["--output", file, "--max-bytes", "100"];
    const { code, said } = await write(folder, "folder", ...args);
    assertEquals(code, 1);
    assert(said.includes("quality 1"), said);
    assert(!await exists(file) && !await exists(`${file}.part`));
  });
});

Deno.test("writeFilm() refuses what files are not made of", async () => {
  await assertRejects(
    () => write("folder/*", "folders", "--output", "film.gif"),
    UsageError,
    "--output takes",
  );
});

Deno.test({
  name: "writeFilm() encodes a video, as long as it is told to",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await inFolder(async (folder) => {
      const file = join(folder, "film.gif");
      const { code, said } = await write(
        "lavfi:testsrc2=size=64x48",
        "video",
        ...["--output", file, "--duration", "1.5", "--fps", "8"],
      );
      assertEquals(code, 0, said);
      const frames = [...decodeGif(await Deno.readFile(file))];
      const shown = frames.map((each) => each.delayCentiseconds);
      assertEquals(shown.reduce((a, b) => a + b), 150);
    });
  },
});

Deno.test({
  name: "writeFilm() makes of a video the best that fits, up to a quality",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await inFolder(async (folder) => {
      const input = "lavfi:mandelbrot=size=96x72";
      const file = join(folder, "film.gif");
      const args = ["--output", file, "--duration", "1", "--max-bytes", "30K"];
      const { code, said } = await write(input, "video", ...args);
      assertEquals(code, 0, said);
      const { size } = await Deno.stat(file);
      assert(size <= 30_000 && size > 24_000, `${size}`);
      const poor = [...args, "--quality", "20"];
      const { said: saidOfPoor } = await write(input, "video", ...poor);
      assert(saidOfPoor.includes("quality 20"), saidOfPoor);
      assert((await Deno.stat(file)).size < size);
    });
  },
});

Deno.test({
  name: "writeFilm() tells what ffmpeg says of what it cannot play",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await inFolder(async (folder) => {
      const input = join(folder, "film.mp4"), file = join(folder, "film.gif");
      await Deno.writeTextFile(input, "no film");
      const { code, said } = await write(input, "video", "--output", file);
      assertEquals(code, 1);
      assert(said.includes("Cannot play"), said);
      assert(!await exists(file));
    });
  },
});
