import { assert, assertEquals, assertMatch } from "@std/assert";
import { deadline } from "@std/async/deadline";
import { delay } from "@std/async/delay";
import { dirname, fromFileUrl } from "@std/path";
import { ffmpegFrames } from "../../../src/source/ffmpeg/ffmpeg_frames.ts";
import type { FfmpegOptions } from "../../../src/source/ffmpeg/ffmpeg_options.ts";
import { ffmpegMajorVersion } from "../../../src/source/ffmpeg/ffmpeg_version.ts";
import { ffmpeg, run } from "../../support/program/ffmpeg.ts";
import {
  inFfmpegTurn,
  processesNaming,
} from "../../support/program/ffmpeg_children.ts";
import { freePort } from "../../support/http/free_port.ts";
import { RtspServer } from "../../support/program/rtsp_server.ts";
import { requireTool } from "../../support/require.ts";

const PATIENCE_MILLISECONDS = 120_000;
const ROOT = new URL("../../../", import.meta.url);

function test(
  name: string,
  run: (folder: string) => Promise<void>,
  tool = "ffmpeg",
): void {
  Deno.test({
    name,
    ignore: !requireTool("ffmpeg") || !requireTool(tool),
    fn: async () => {
      const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
      try {
        await inFfmpegTurn(() => deadline(run(folder), PATIENCE_MILLISECONDS));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** Brightness of the first pixel of each picture, until there are enough. */
async function brightness(
  input: string,
  options: FfmpegOptions,
  count = Infinity,
): Promise<number[]> {
  const found: number[] = [];
  for await (const { pixels } of ffmpegFrames(input, options)) {
    found.push(pixels[0]);
    if (found.length >= count) break;
  }
  return found;
}

/** Pictures of one gray each, as a graph of ffmpeg's. */
function grays(framesPerSecond: number, seconds: number): string[] {
  const rate = `r=${framesPerSecond}:d=${seconds}`;
  const gray = "format=gray,geq=lum='mod(N*50,250)',format=yuvj420p";
  return ["-f", "lavfi", "-i", `color=s=64x48:${rate},${gray}`];
}

test("ffmpegFrames() gives each picture of a slide show once, the first at once", async (folder) => {
  const show = `${folder}/show.mp4`;
  await ffmpeg([...grays(0.5, 8), "-c:v", "libx264", show]);
  let restarted = 0;
  const found = await brightness(show, {
    // The second one comes later than that.
    stallTimeoutMilliseconds: 1000,
    onWarning: () => restarted++,
  });
  assertEquals(found.map((value) => Math.round(value / 50)), [0, 1, 2, 3]);
  assertEquals(restarted, 0);
});

test("ffmpegFrames() gives the one picture of a still", async (folder) => {
  for (const extension of ["bmp", "webp", "tiff"]) {
    const still = `${folder}/still.${extension}`;
    const source = ["-f", "lavfi", "-i", "color=white:s=64x48"];
    await ffmpeg([...source, "-frames:v", "1", still]);
    const [value, ...more] = await brightness(still, {});
    assert(value > 240, `${value}`);
    assertEquals(more, [], extension);
  }
});

test("ffmpegFrames() recognizes a camera by one picture if they come slowly", async (folder) => {
  const film = `${folder}/film.flv`;
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=s=320x240:r=0.5:d=40"],
    ...["-c:v", "libx264", "-tune", "zerolatency"],
    ...["-g", "1", "-pix_fmt", "yuv420p", film],
  ]);
  const bytes = await Deno.readFile(film);
  const chunk = Math.ceil(bytes.length / 20);
  const stop = new AbortController();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const sending: Promise<void>[] = [];
  const send = async (connection: Deno.Conn) => {
    try {
      for (let at = 0; at < bytes.length; at += chunk) {
        await connection.write(bytes.subarray(at, at + chunk));
        await delay(2000, stop);
      }
    } catch {
      // The reader has left, or the test.
    }
    connection.close();
  };
  const accepting = (async () => {
    for await (const connection of listener) sending.push(send(connection));
  })();
  const warnings: string[] = [];
  const found = await brightness(
    `tcp://127.0.0.1:${listener.addr.port}`,
    {
      stallTimeoutMilliseconds: 1000,
      onWarning: (message) => warnings.push(message),
    },
    3,
  );
  assertEquals(found.length, 3);
  for (const warning of warnings) assertMatch(warning, /no picture for \d+ s/);
  stop.abort();
  listener.close();
  await accepting;
  await Promise.all(sending);
});

test(
  "ffmpegFrames() asks an RTSP server for UDP that refuses TCP",
  async (folder) => {
    await Deno.chmod(folder, 0o755);
    const film = `${folder}/film.mp4`;
    await ffmpeg([...grays(10, 10), "-c:v", "mpeg4", "-g", "5", film]);
    await using server = await RtspServer.start(film);
    const notices: string[] = [];
    const frames = ffmpegFrames(server.address, {
      onNotice: (message) => notices.push(message),
    });
    assertEquals((await frames.next()).value!.width, 64);
    await frames.return();
    assertMatch(notices[0], /refuses TCP: trying UDP/);
    const refused = Promise.withResolvers<string>();
    const byTcp = ffmpegFrames(server.address, {
      rtspTransport: "tcp",
      onWarning: refused.resolve,
    });
    const none = byTcp.next();
    assertMatch(await refused.promise, /--rtsp-transport udp; trying again/);
    await byTcp.return();
    await none;
  },
  "vlc",
);

/** A folder with a script that is found for ffmpeg. */
async function fakeFfmpeg(folder: string, script: string): Promise<string> {
  await Deno.writeTextFile(`${folder}/ffmpeg`, `#!/bin/sh\n${script}\n`);
  await Deno.chmod(`${folder}/ffmpeg`, 0o755);
  return `${folder}:${Deno.env.get("PATH")}`;
}

/** Runs a program of its own with another search path. */
function script(code: string, PATH: string): Deno.ChildProcess {
  const module = new URL("src/source/ffmpeg/ffmpeg_frames.ts", ROOT);
  const version = new URL("src/source/ffmpeg/ffmpeg_version.ts", ROOT);
  const imports = `import { ffmpegFrames } from "${module}";
    import { ffmpegMajorVersion } from "${version}";\n`;
  const config = fromFileUrl(new URL("deno.json", ROOT));
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", config, imports + code],
    stdout: "piped",
    env: { PATH },
  }).spawn();
}

test("ffmpegFrames() leaves no ffmpeg behind a wrapper, nor one that listens", async (folder) => {
  const which = await run("sh", ["-c", "command -v ffmpeg"]);
  const real = new TextDecoder().decode(which).trim();
  const PATH = await fakeFfmpeg(folder, `"${real}" "$@"\nexit $?`);
  const graph = `lavfi:testsrc2=s=64x48:d=${freePort()}.25`;
  const waits = `tcp://127.0.0.1:${freePort()}?listen=1`;
  for (const input of [graph, waits]) {
    const name = input.slice(input.indexOf(":") + 1);
    const child = script(
      `for await (const { width } of ffmpegFrames("${input}")) {
        console.log(width);
      }`,
      PATH,
    );
    const output = child.stdout.getReader();
    if (input === graph) assertEquals((await output.read()).done, false);
    const isRunning = async () =>
      (await processesNaming(`${real}\0`)).length > 0 &&
      (await processesNaming(name)).length > 2;
    while (!await isRunning()) await delay(50);
    child.kill("SIGKILL");
    await child.status;
    await output.cancel();
    while ((await processesNaming(name)).length > 0) await delay(50);
  }
});

test("ffmpegMajorVersion() gives up an ffmpeg that hangs, or floods", async (folder) => {
  assertEquals(typeof await ffmpegMajorVersion(), "number");
  const scripts = ["sleep 86400", "yes 'ffmpeg version 5.1 Copyright'"];
  for (const what of scripts) {
    const PATH = await fakeFfmpeg(folder, what);
    const { stdout } = await script(
      "console.log(String(await ffmpegMajorVersion()))",
      PATH,
    ).output();
    const said = new TextDecoder().decode(stdout).trim();
    assertEquals(said, what.startsWith("yes") ? "5" : "undefined");
    while ((await processesNaming(dirname(`${folder}/ffmpeg`))).length > 0) {
      await delay(20);
    }
  }
});
