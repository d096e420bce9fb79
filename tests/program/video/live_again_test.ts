import { assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { freePort } from "../../support/http/free_port.ts";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import { OtherProgram } from "../../support/program/other_program.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("ffmpeg");
const SOURCE = [
  ...["-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=600"],
  ...["-c:v", "libx264", "-tune", "zerolatency", "-pix_fmt", "yuv420p"],
  ...["-g", "5"],
];

/** ffmpeg, which sends until it is told to end, or has nobody to send to. */
function sender(args: string[]): OtherProgram {
  const all = ["-v", "error", "-nostdin", "-re", ...args];
  return new OtherProgram("ffmpeg", all, "SIGTERM");
}

interface Told {
  frames: number;
  source: { state: string; message: string | null };
}

/** Waits until the API says so of the only channel. */
async function until(
  program: Program,
  holds: (channel: Told) => boolean,
): Promise<Told> {
  const address = await program.address();
  for (;;) {
    const response = await fetch(`${address}/api/channels`);
    const { channels: [channel] } = await response.json();
    if (holds(channel)) return channel;
    await delay(100);
  }
}

const isLive = ({ source }: Told) => source.state === "live";

/** Lets a file of a folder be had by HTTP. */
function serveFolder(folder: string) {
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      try {
        return new Response(await Deno.readFile(`${folder}${pathname}`));
      } catch {
        return new Response("no such file", { status: 404 });
      }
    },
  );
}

Deno.test({
  name: "gifstream looks at a playlist again when its packager is back",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    const server = serveFolder(folder);
    const hls = [
      ...[...SOURCE, "-f", "hls", "-hls_time", "1", "-hls_list_size", "3"],
      ...["-hls_flags", "delete_segments", `${folder}/cam.m3u8`],
    ];
    const address = `http://127.0.0.1:${server.addr.port}/cam.m3u8`;
    try {
      for (const input of [address, `${folder}/cam.m3u8`]) {
        await using before = sender(hls);
        while (!await Deno.stat(`${folder}/cam.m3u8`).catch(() => null)) {
          await delay(50);
        }
        await using program = new Program({ args: [input, "--port", "0"] });
        await until(program, isLive);
        // It ends its playlist.
        await before[Symbol.asyncDispose]();
        await program.waitFor(/ended: .* until the file is written again/);
        const { frames } = await until(
          program,
          ({ source }) => source.state === "ended",
        );
        await using after = sender(hls);
        await until(
          program,
          (channel) => isLive(channel) && channel.frames > frames + 10,
        );
        assertEquals(await program.stop(), 0);
        await after[Symbol.asyncDispose]();
        await Deno.remove(`${folder}/cam.m3u8`);
      }
    } finally {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "gifstream says when the sender of SRT is away, and plays on when it " +
    "is back",
  ignore,
  async fn() {
    const port = freePort();
    const srt = [...SOURCE, "-f", "mpegts"];
    const send = () =>
      sender([...srt, `srt://127.0.0.1:${port}?mode=listener`]);
    await using program = new Program({
      args: [`srt://127.0.0.1:${port}`, "--port", "0"],
    });
    const away = await until(
      program,
      ({ source }) => source.state === "no signal",
    );
    assertMatch(away.source.message!, /: nobody sends.*; trying again$/);
    {
      await using _sender = send();
      await until(program, isLive);
    }
    const { frames } = await until(
      program,
      ({ source }) => source.state === "no signal",
    );
    await using _sender = send();
    const back = await until(
      program,
      (channel) => isLive(channel) && channel.frames > frames,
    );
    assertEquals(back.source.message, null);
    assertEquals(await program.stop(), 0);
  },
});

Deno.test({
  name: "gifstream shows a file again when it is written again",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    const film = (color: string, name: string) =>
      ffmpeg([
        ...["-f", "lavfi", "-i", `color=${color}:s=64x48:r=5:d=0.6`],
        ...(/mp4|gif/.test(name) ? [] : ["-frames:v", "1"]),
        ...(/mp4/.test(name) ? ["-pix_fmt", "yuv420p"] : []),
        `${folder}/${name}`,
      ]);
    try {
      for (const name of ["a.jpg", "a.png", "a.gif", "a.webp", "a.mp4"]) {
        await film("red", name);
        await using program = new Program({
          args: [`${folder}/${name}`, "--port", "0"],
        });
        const address = await program.address();
        const red = async () => {
          const response = await fetch(`${address}/snapshot.png`);
          if (!response.ok) {
            await response.body?.cancel();
            return undefined;
          }
          const picture = `${folder}/snapshot.png`;
          await Deno.writeFile(picture, await response.bytes());
          const size = ["-vf", "scale=1:1", "-f", "rawvideo"];
          const rgb = await ffmpeg([
            ...["-i", picture, ...size, "-pix_fmt", "rgb24", "-"],
          ]);
          return rgb[0] > rgb[2];
        };
        while (await red() !== true) await delay(100);
        if (!/jpg|png/.test(name)) {
          await program.waitFor(/ended: .* until the file is written again/);
        }
        // In place, as a script does, or by a new file.
        await film("blue", name);
        while (await red() !== false) await delay(100);
        await film("red", `new-${name}`);
        await Deno.rename(`${folder}/new-${name}`, `${folder}/${name}`);
        while (await red() !== true) await delay(100);
        assertEquals(await program.stop(), 0, name);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
