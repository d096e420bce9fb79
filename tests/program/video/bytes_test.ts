import { assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import { processesNaming } from "../../support/program/ffmpeg_children.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("ffmpeg");
const FILM = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=2"];
/** What programs write, as arguments of ffmpeg. */
const FORMATS: Record<string, string[]> = {
  "GIF": ["-f", "gif"],
  "JPEG files": ["-c:v", "mjpeg", "-f", "image2pipe"],
  "PNG files": ["-c:v", "png", "-f", "image2pipe"],
  "multipart": ["-f", "mpjpeg"],
  "MPEG-TS": ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-f", "mpegts"],
  "H.264": ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-f", "h264"],
};

/** What the API says of the only channel. */
async function channelOf(program: Program) {
  const response = await fetch(`${await program.address()}/api/channels`);
  const { channels: [channel] } = await response.json();
  return channel;
}

/** Writes bytes to the program, and leaves its input open. */
async function write(program: Program, bytes: Uint8Array) {
  const writer = program.process.stdin.getWriter();
  await writer.write(bytes);
  return writer;
}

for (const [format, args] of Object.entries(FORMATS)) {
  Deno.test({
    name: `gifstream plays ${format} on standard input`,
    ignore,
    async fn() {
      const bytes = await ffmpeg([...FILM, ...args, "-"]);
      await using program = new Program({
        args: ["-", "--port", "0"],
        stdin: "piped",
      });
      await program.address();
      const writer = await write(program, bytes);
      // Raw pictures have no end before the next one begins.
      if (format === "H.264") await writer.close();
      await program.waitFor(/On air: 64x48 pixels/);
      if (format !== "H.264") await writer.close();
      await program.waitFor(/The input has ended: the last picture stays/);
      assertEquals(await program.stop(), 0);
    },
  });
}

Deno.test("gifstream says what it expects of standard input", async () => {
  const cases: [string, RegExp][] = [
    ["", /Cannot read standard input: nothing came/],
    ["a text\n", /expected GIF, JPEG or PNG, .* found 61 20 74 65/],
  ];
  for (const [text, words] of cases) {
    await using program = new Program({
      args: ["-", "--port", "0"],
      stdin: "piped",
    });
    const writer = await write(program, new TextEncoder().encode(text));
    await writer.close();
    assertEquals(await program.exitCode(), 1);
    assertMatch(program.errorText, words);
  }
});

Deno.test({
  name: "gifstream starts a command again, hands its JPEGs on, and ends it " +
    "with all that it has started",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    try {
      const path = `${folder}/film.mjpeg`;
      await ffmpeg([...FILM, "-f", "mjpeg", path]);
      const command = `cat ${path}; echo "token=hunter22 is over" >&2; ` +
        `sleep 86400 & sleep 1; exit 3`;
      await using program = new Program({
        args: [`camera=exec:${command}`, "test:", "--port", "0"],
      });
      await program.waitFor(/camera: On air: 64x48 pixels/);
      const mjpeg = await fetch(`${await program.address()}/camera.mjpeg`);
      const reader = mjpeg.body!.getReader();
      assertEquals((await reader.read()).done, false);
      await program.waitFor(
        /exec:cat\.\.\.: token=\*\*\* is over; starting it again/,
      );
      await reader.cancel();
      assertEquals((await channelOf(program)).name, "camera");
      await program.process.kill("SIGKILL");
      await program.exitCode();
      while ((await processesNaming(folder)).length > 0) await delay(20);
      assertEquals(program.errorText.includes("hunter22"), false);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("gifstream ends when its only command cannot be run", async () => {
  await using program = new Program({
    args: ["exec:no-such-program --password=hunter22", "--port", "0"],
  });
  assertEquals(await program.exitCode(), 1);
  assertMatch(
    program.errorText,
    /Cannot play exec:no-such-program\.\.\.: .*no-such-program: not found/,
  );
  assertEquals(program.errorText.includes("hunter22"), false);
});
