import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { deadline } from "@std/async/deadline";
import { delay } from "@std/async/delay";
import { fromFileUrl } from "@std/path";
import type { PixelFrame } from "../../../src/encoding/pixel_frame.ts";
import { ffmpegFrames } from "../../../src/source/ffmpeg/ffmpeg_frames.ts";
import type { FfmpegOptions } from "../../../src/source/ffmpeg/ffmpeg_options.ts";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import {
  ffmpegChildren,
  inFfmpegTurn,
  waitForEnd,
} from "../../support/program/ffmpeg_children.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("ffmpeg");
/** However busy the machine is. */
const PATIENCE_MILLISECONDS = 60_000;
const ROOT = new URL("../../../", import.meta.url);

/** A test that ends, and leaves no ffmpeg behind. */
function test(name: string, run: () => Promise<void>): void {
  Deno.test({
    name,
    ignore,
    fn: () =>
      inFfmpegTurn(async () => {
        await deadline(run(), PATIENCE_MILLISECONDS);
        assertEquals(await ffmpegChildren(), []);
      }),
  });
}

/** The first pictures of an input, or all. */
async function take(
  input: string,
  options: FfmpegOptions & { count?: number } = {},
): Promise<PixelFrame[]> {
  const { count = Infinity, ...rest } = options;
  const frames: PixelFrame[] = [];
  for await (const frame of ffmpegFrames(input, rest)) {
    frames.push(frame);
    if (frames.length >= count) break;
  }
  return frames;
}

/** A file made by ffmpeg, and where it lies. */
async function withFile(
  name: string,
  args: string[],
  use: (path: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
  try {
    await ffmpeg([...args, `file:${folder}/${name}`]);
    await use(`${folder}/${name}`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A program of its own; folder and environment are those of all tests here. */
function script(
  code: string,
  options: Deno.CommandOptions = {},
): Deno.Command {
  const module = new URL("src/source/ffmpeg/ffmpeg_frames.ts", ROOT);
  const config = fromFileUrl(new URL("deno.json", ROOT));
  const imports = `import { ffmpegFrames } from "${module}";\n`;
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", config, imports + code],
    stdout: "piped",
    ...options,
  });
}

async function outputOf(
  code: string,
  options: Deno.CommandOptions,
): Promise<string> {
  const { stdout } = await script(code, options).output();
  return new TextDecoder().decode(stdout);
}

/** Bytes as a camera sends them: over some time. */
async function* live(
  bytes: Uint8Array,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 8000) {
    yield bytes.slice(at, at + 8000);
    await delay(50, { signal }).catch(() => {});
    if (signal.aborted) return;
  }
}

const FILM = ["-f", "lavfi", "-i", "testsrc2=d=0.5:s=640x360:r=20"];

test("ffmpegFrames() gives raw pictures of a lavfi graph", async () => {
  const graph = "lavfi:color=c=0xff8000:s=64x48:d=0.5";
  const frames = await take(graph, { framesPerSecond: 20 });
  assert(frames.length > 0 && frames.length <= 10);
  for (const { pixels, width, height, timestampMilliseconds } of frames) {
    assertEquals([width, height, pixels.length], [64, 48, 64 * 48 * 3]);
    assert(Math.abs(timestampMilliseconds - Date.now()) < 86_400_000);
    for (const [i, value] of [255, 128, 0].entries()) {
      assert(Math.abs(pixels[i] - value) <= 3, `${pixels[i]} for ${value}`);
    }
  }
});

test("ffmpegFrames() chooses the size as its options say", async () => {
  const cases: [string, FfmpegOptions, number, number][] = [
    ["s=1280x720", {}, 480, 270],
    ["s=720x1280", {}, 480, 853],
    ["s=100x60", {}, 100, 60],
    ["s=640x360", { width: 320 }, 320, 180],
    ["s=640x360", { height: 90 }, 160, 90],
    ["s=640x360", { width: 100, height: 100 }, 100, 100],
    ["s=4000x2", { width: 16 }, 16, 1],
    // Pixels that are wider than high.
    ["s=100x60,setsar=2", {}, 200, 60],
  ];
  for (const [size, options, width, height] of cases) {
    const input = `lavfi:testsrc2=d=5:${size}`;
    const [frame] = await take(input, { ...options, count: 1 });
    assertEquals([frame.width, frame.height], [width, height], size);
  }
});

test("ffmpegFrames() fills what the aspect leaves with black bars", async () => {
  const input = "lavfi:color=white:s=64x32:d=5";
  const options = { width: 40, height: 40, count: 1 };
  const [{ pixels }] = await take(input, options);
  const rowOf = (y: number) => pixels[3 * (y * 40 + 20)];
  assertEquals([rowOf(5), rowOf(35)], [0, 0]);
  assert(rowOf(20) > 250, `${rowOf(20)}`);
});

test("ffmpegFrames() ends with a file, unless it loops", () =>
  withFile("-i film.mkv", FILM, async (path, folder) => {
    const once = await take(path, { framesPerSecond: 20 });
    assert(once.length <= 10);
    const looped = { loop: true, framesPerSecond: 20, count: 15 };
    assertEquals((await take(path, looped)).length, 15);
    // A name that begins as an option does is one of a file still.
    const output = await outputOf(
      `for await (const { width } of ffmpegFrames("-i film.mkv")) {
        console.log(width);
        break;
      }`,
      { cwd: folder },
    );
    assertEquals(output, "480\n");
  }));

test("ffmpegFrames() passes options through to the input", () =>
  withFile("film.mkv", FILM, async (path) => {
    const inputArguments = ["-t", "0.2"];
    const frames = await take(path, { inputArguments, framesPerSecond: 20 });
    assert(frames.length >= 1 && frames.length <= 4, `${frames.length}`);
  }));

test("ffmpegFrames() throws ffmpeg's own words", async () => {
  const here = new URL(import.meta.url).pathname;
  const cases: [string, FfmpegOptions, RegExp][] = [
    ["/no/such.mp4", {}, /^Cannot play \/no\/such.mp4: ffmpeg: .*No such file/],
    ["/dev/video987", {}, /ffmpeg: .*Cannot open video device/],
    ["lavfi:nosuchfilter", {}, /ffmpeg: .*No such filter: 'nosuchfilter'/],
    [here, {}, /ffmpeg: .*Invalid data found/],
    ["lavfi:sine=d=1", {}, /ffmpeg: .*matches no streams/],
    ["lavfi:nullsrc", { inputArguments: ["-nosuch", "1"] }, /nosuch/],
    // A file's name can not make ffmpeg open two, or an address.
    ["concat:a|b", {}, /No such file/],
  ];
  for (const [input, options, words] of cases) {
    const error = await assertRejects(() => take(input, options), Error);
    assertMatch(error.message, words);
  }
});

test("ffmpegFrames() shows no secrets of its input", async () => {
  const cameras: [string, RegExp][] = [
    ["rtsp://me:secret@127.0.0.1:1/secret/1?secret", /^rtsp:\/\/127.0.0.1:1\//],
    ["rtsp://me:sec/ret@127.0.0.1:1/1", /^rtsp:\/\/\.\.\.: .*; trying again/],
    ["http://127.0.0.1:1/user=me&password=secret", /^http:\/\/127.0.0.1:1\//],
    ["rtmp://127.0.0.1:1/app/x token=secret", /^rtmp:\/\/127.0.0.1:1\//],
  ];
  for (const [camera, begin] of cameras) {
    const warned = Promise.withResolvers<string>();
    const frames = ffmpegFrames(camera, { onWarning: warned.resolve });
    const ended = frames.next();
    const warning = await warned.promise;
    await frames.return();
    await ended;
    assertMatch(warning, begin);
    assert(!/\b(me|sec|ret|secret)\b/.test(warning), warning);
  }
  const failing: [string, FfmpegOptions][] = [
    ["lavfi:movie=rtsp\\\\://me\\\\:secret@127.0.0.1\\\\:1/secret", {}],
    ["lavfi:movie='rtsp://me:secret@127.0.0.1:1/secret'", {}],
    ["rtsp:me:secret@cam", {}],
    ["lavfi:nullsrc", { inputArguments: ["-nosuch", "secret:me"] }],
    ["lavfi:nullsrc", {
      inputArguments: ['-headers "Authorization:', "Basic", 'secret"'],
    }],
  ];
  for (const [input, options] of failing) {
    const error = await assertRejects(() => take(input, options), Error);
    assertMatch(error.message, /^Cannot play .*: ffmpeg: ./);
    assert(!/\b(me|secret)\b/.test(error.stack!), error.stack);
  }
});

test("ffmpegFrames() tells how to install ffmpeg", async () => {
  const output = await outputOf(
    `await ffmpegFrames("lavfi:testsrc2=d=1").next()
      .catch(({ message }) => console.log(message));`,
    { env: { PATH: "/nowhere" } },
  );
  assertMatch(output, /^Cannot start ffmpeg: .* install it: sudo apt install/);
});

test("ffmpegFrames() starts ffmpeg again when it was killed", async () => {
  const warning = Promise.withResolvers<string>();
  const frames = ffmpegFrames("lavfi:testsrc2=d=60:s=64x48", {
    onWarning: warning.resolve,
  });
  assertEquals((await frames.next()).done, false);
  const [first] = await ffmpegChildren();
  Deno.kill(first, "SIGKILL");
  let second: number | undefined;
  while (second === undefined || second === first) {
    assertEquals((await frames.next()).done, false);
    [second] = await ffmpegChildren();
  }
  assertMatch(await warning.promise, /ffmpeg: .*SIGKILL; trying again/);
  await frames.return();
});

test("ffmpegFrames() plays a web camera again when it comes back", () =>
  withFile("film.mjpeg", [...FILM, "-f", "mpjpeg"], async (path) => {
    const body = await Deno.readFile(path);
    const stop = new AbortController();
    let requests = 0;
    const type = "multipart/x-mixed-replace;boundary=ffmpeg";
    const server = Deno.serve({ port: 0, onListen: () => {} }, () => {
      // Away at first, and every other time after that.
      return requests++ % 2 === 0
        ? new Response("away", { status: 503 })
        : new Response(ReadableStream.from(live(body, stop.signal)), {
          headers: { "content-type": type },
        });
    });
    const warnings: string[] = [];
    const frames = ffmpegFrames(
      `http://me:secret@127.0.0.1:${server.addr.port}/camera`,
      { onWarning: (message) => warnings.push(message) },
    );
    while (requests < 4) assertEquals((await frames.next()).done, false);
    await frames.return();
    stop.abort();
    await server.shutdown();
    assert(warnings.length >= 2);
    assertMatch(
      warnings[0],
      /^http:\/\/127.*: the server has an error of its own .*; trying again/,
    );
    assert(!warnings.join().includes("secret"), warnings.join("\n"));
  }));

test("ffmpegFrames() starts ffmpeg again when no picture comes", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const warning = Promise.withResolvers<string>();
  const frames = ffmpegFrames(`tcp://127.0.0.1:${listener.addr.port}`, {
    stallTimeoutMilliseconds: 100,
    onWarning: warning.resolve,
  });
  const next = frames.next();
  const silent = await listener.accept();
  assertMatch(await warning.promise, /no picture for 1.5 s; trying again/);
  await frames.return();
  assertEquals((await next).done, true);
  silent.close();
  listener.close();
});

test("ffmpegFrames() drops the oldest pictures that nobody takes", async () => {
  const enough = Promise.withResolvers<void>();
  let dropped = 0;
  const frames = ffmpegFrames("lavfi:testsrc2=d=60:s=64x48", {
    framesPerSecond: 50,
    onDrop: (count) => {
      dropped += count;
      if (dropped >= 20) enough.resolve();
    },
  });
  const first = (await frames.next()).value!;
  await enough.promise;
  const second = (await frames.next()).value!;
  const gap = second.timestampMilliseconds - first.timestampMilliseconds;
  assert(gap > 0, "the oldest ones were kept");
  await frames.return();
});

test("ffmpegFrames() leaves no ffmpeg behind when it is aborted", async () => {
  for (const input of ["lavfi:testsrc2=d=60", "tcp://127.0.0.1:9"]) {
    const stop = new AbortController();
    const frames = ffmpegFrames(input, { signal: stop.signal });
    const next = frames.next();
    if (input.startsWith("lavfi")) await next;
    stop.abort();
    while (!(await frames.next()).done);
    await next;
    assertEquals(await ffmpegChildren(), []);
  }
});

test("ffmpegFrames() makes an ffmpeg end that does not want to", async () => {
  const frames = ffmpegFrames("lavfi:testsrc2=d=60:s=64x48");
  await frames.next();
  const [pid] = await ffmpegChildren();
  // It hears of nothing but SIGKILL.
  Deno.kill(pid, "SIGSTOP");
  await frames.return();
  await waitForEnd(pid);
});

test("ffmpegFrames() leaves no ffmpeg behind when its program is killed", async () => {
  const program = script(
    `for await (const _ of ffmpegFrames("lavfi:testsrc2=d=60:s=64x48")) {
      console.log("picture");
    }`,
  ).spawn();
  const output = program.stdout.getReader();
  assertEquals((await output.read()).done, false);
  const [pid] = await ffmpegChildren(program.pid);
  assert(pid > 0);
  program.kill("SIGKILL");
  await program.status;
  await output.cancel();
  await waitForEnd(pid);
});

Deno.test("ffmpegFrames() throws when an option is out of range", () => {
  const cases: FfmpegOptions[] = [
    { framesPerSecond: 0 },
    { framesPerSecond: 51 },
    { framesPerSecond: NaN },
    { width: 0 },
    { width: 1.5 },
    { height: 65536 },
  ];
  for (const options of cases) {
    assertThrows(() => ffmpegFrames("film.mp4", options), RangeError);
  }
  assertThrows(() => ffmpegFrames("gopher://x"), Error, "Cannot play gopher");
});

test("ffmpegFrames() gives up cameras that accept and say nothing", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const accepted: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const connection of listener) accepted.push(connection);
  })();
  const cameras: [string, string][] = [
    [`http://127.0.0.1:${port}/camera`, "-rw_timeout"],
    [`rtmp://127.0.0.1:${port}/live/camera`, "-rw_timeout"],
    [`tcp://127.0.0.1:${port}`, "-rw_timeout"],
    [`rtsp://127.0.0.1:${port}/camera`, "-timeout"],
  ];
  await Promise.all(cameras.map(async ([camera, option]) => {
    const warned = Promise.withResolvers<string>();
    const frames = ffmpegFrames(camera, {
      // The default is long for a test.
      inputArguments: [option, "300000"],
      onWarning: warned.resolve,
    });
    const ended = frames.next();
    assertMatch(await warned.promise, /; trying again/);
    await frames.return();
    assertEquals((await ended).done, true);
  }));
  for (const connection of accepted) connection.close();
  listener.close();
  await accepting;
});
