import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { concat } from "@std/bytes/concat";
import { indexOfNeedle } from "@std/bytes/index-of-needle";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { ffmpeg, psnr, RAW_RGB } from "../../support/program/ffmpeg.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const NEEDS_FFMPEG = { ignore: !requireTool("ffmpeg") };

Deno.test({
  name: "gifstream plays what ffmpeg can, at the size that it is told",
  ...NEEDS_FFMPEG,
  async fn() {
    await using program = new Program({
      args: [
        ...["lavfi:testsrc2=s=320x200:d=60", "--size", "160", "--fps", "20"],
        ...["--mode", "fast", "--port", "0"],
      ],
    });
    const address = await program.address();
    await program.waitFor(/On air: 160x100 pixels/);
    const gif = fetch(`${address}/live.gif`).then((answer) => answer.bytes());
    let frames = 0;
    while (frames < 10) {
      const status = await fetch(`${address}/api/channels`);
      frames = (await status.json()).channels[0].frames;
      await delay(20);
    }
    assertEquals(await program.stop(), 0);
    const pictures = [...decodeGif(await gif)];
    assertEquals(pictures[0].screen, { width: 160, height: 100 });
  },
});

Deno.test({
  name: "gifstream plays a video file to its end, and shows ffmpeg's words",
  ...NEEDS_FFMPEG,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    try {
      const film = `${folder}/film.mkv`;
      await ffmpeg([
        ...["-f", "lavfi", "-i", "testsrc2=s=160x100:d=1", "-c:v", "mjpeg"],
        film,
      ]);
      await using program = new Program({ args: [film, "--port", "0"] });
      await program.waitFor(/The input has ended: the last picture stays/);
      const snapshot = await fetch(`${await program.address()}/snapshot.gif`);
      assertEquals([...decodeGif(await snapshot.bytes())].length > 0, true);
      assertEquals(await program.stop(), 0);

      await Deno.writeTextFile(`${folder}/notes.txt`, "not a film at all");
      await using failing = new Program({
        args: [`${folder}/notes.txt`, "--port", "0"],
      });
      assertEquals(await failing.exitCode(), 1);
      assertMatch(failing.errorText, /Invalid data found/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** Reads until what was read satisfies a condition, or the stream ends. */
async function readUntil(
  stream: ReadableStream<Uint8Array>,
  suffices: (bytes: Uint8Array) => boolean,
): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  for await (const chunk of stream) {
    bytes = concat([bytes, chunk]);
    if (suffices(bytes)) break;
  }
  return bytes;
}

Deno.test({
  name: "gifstream plays JPEG as the recipe of 2012 writes it today, and " +
    "hands the files on",
  ...NEEDS_FFMPEG,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    try {
      await using program = new Program({
        args: [folder, "--port", "0", "--quality", "100"],
      });
      const address = await program.address();
      const gif = fetch(`${address}/live.gif`).then((answer) => answer.bytes());
      const mjpeg = await fetch(`${address}/live.mjpeg`);
      await ffmpeg([
        ...["-re", "-f", "lavfi", "-i", "testsrc=s=160x120:r=5"],
        ...["-frames:v", "6", "-q:v", "2", "-f", "image2"],
        `${folder}/in%d.gif`,
      ]);
      const last = await Deno.readFile(`${folder}/in6.gif`);
      const seen = await readUntil(
        mjpeg.body!,
        (bytes) => indexOfNeedle(bytes, last) >= 0,
      );
      assert(indexOfNeedle(seen, last) >= 0, "no file of ffmpeg's came");
      // Viewers of the GIF see it once it is encoded.
      await delay(1000);
      assertEquals(await program.stop(), 0);
      assert(!program.errorText.includes("warning"), program.errorText);

      const file = `${folder}/in6.gif`;
      const wanted = await ffmpeg(["-f", "jpeg_pipe", "-i", file, ...RAW_RGB]);
      const shown = [...decodeGif(await gif)].at(-1)!.pixels
        .filter((_, i) => i % 4 !== 3);
      const decibels = psnr(shown, wanted);
      assert(decibels > 30, `${decibels} dB`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "gifstream stays within the bitrate that it is told",
  ...NEEDS_FFMPEG,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    stack.defer(() => Deno.remove(folder, { recursive: true }));
    const film = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=30"];
    const writer = new Deno.Command("ffmpeg", {
      args: ["-v", "error", "-re", ...film, `${folder}/in%d.jpg`],
      stdin: "null",
    }).spawn();
    stack.defer(async () => {
      writer.kill();
      await writer.status;
    });
    const video = ["lavfi:testsrc2=s=320x240"];
    const bounded = ["--bitrate", "96K"];
    const programs = [video, [...video, ...bounded], [folder, ...bounded]]
      .map((args) =>
        stack.use(new Program({ args: [...args, "--port", "0"] }))
      );
    const [most, ...within] = await Promise.all(programs.map(bytesASecond));
    for (const rate of within) {
      assert(rate < 1.25 * 96_000 / 8, `${rate} bytes a second`);
      assert(most > 2 * rate, `${most} and ${rate} bytes a second`);
    }
  },
});

/** Over some seconds, and not the first ones: the GIF begins large. */
async function bytesASecond(program: Program): Promise<number> {
  const address = await program.address();
  await program.waitFor(/On air/);
  // Without a viewer no GIF is made.
  const { body } = await fetch(`${address}/live.gif`);
  const seen = body!.pipeTo(new WritableStream());
  const published = async () => {
    const response = await fetch(`${address}/api/channels`);
    const { channels } = await response.json();
    return channels[0].publishedBytes as number;
  };
  await delay(3000);
  const before = await published(), from = performance.now();
  await delay(3000);
  const rate = (await published() - before) / (performance.now() - from) * 1000;
  await program.stop();
  await seen;
  return rate;
}
