import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { indexOfNeedle } from "@std/bytes/index-of-needle";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { freePort } from "../../support/http/free_port.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import { OtherProgram } from "../../support/program/other_program.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

/** Waits until gifstream has so many pictures of an address, as JPEG. */
async function takesJpegs(
  address: string,
  frames: number,
  size: [width: number, height: number],
): Promise<void> {
  await using program = new Program({ args: [address, "--port", "0"] });
  const channels = await untilChannels(await program.address(), (all) => {
    const live = all.get("live");
    return live !== undefined && live.frames >= frames;
  });
  const { source, refusedFrames, damagedFrames, width, height } = channels.get(
    "live",
  )!;
  assertEquals(source.format, "JPEG");
  assertEquals([width, height], size);
  assertEquals([refusedFrames, damagedFrames], [0, 0]);
  assertEquals(await program.stop(), 0);
}

Deno.test({
  name: "gifstream hands on what motion streams",
  ignore: !requireTool("motion") || !requireTool("ffmpeg"),
  fn: () =>
    withFolder(async (folder) => {
      const film = `${folder}/film.mp4`, port = freePort();
      await ffmpeg([
        ...["-f", "lavfi", "-i", "testsrc2=s=320x240:r=10:d=60"],
        ...["-c:v", "mpeg4", film],
      ]);
      const settings = {
        log_level: 1,
        netcam_url: `file://${film}`,
        width: 320,
        height: 240,
        framerate: 10,
        stream_port: port,
        stream_maxrate: 10,
        webcontrol_port: 0,
        picture_output: "off",
        movie_output: "off",
        target_dir: folder,
      };
      const lines = Object.entries(settings).map((entry) => entry.join(" "));
      await Deno.writeTextFile(`${folder}/motion.conf`, lines.join("\n"));
      await using _motion = new OtherProgram("motion", [
        ...["-n", "-c", `${folder}/motion.conf`],
      ], "SIGKILL");
      await takesJpegs(`http://127.0.0.1:${port}/`, 10, [320, 240]);
    }),
});

Deno.test({
  name: "gifstream hands on what uStreamer streams, and its snapshots",
  ignore: !requireTool("ustreamer"),
  async fn() {
    const port = freePort();
    // Without a camera it streams a picture that says so.
    await using _streamer = new OtherProgram("ustreamer", [
      ...["--host", "127.0.0.1", "--port", String(port)],
      ...["--device", "/dev/no-such-camera"],
    ], "SIGKILL");
    const address = `http://127.0.0.1:${port}`;
    await takesJpegs(`${address}/stream`, 3, [640, 480]);
    await takesJpegs(`${address}/snapshot`, 2, [640, 480]);
  },
});

Deno.test({
  name: "gifstream has ffmpeg copy the JPEGs of a web camera",
  ignore: !requireTool("ffmpeg"),
  fn: () =>
    withFolder(async (folder) => {
      const film = `${folder}/film.mkv`;
      await ffmpeg([
        ...["-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=60"],
        ...["-c:v", "mjpeg", film],
      ]);
      // There is no camera here: the film stands for it.
      const path = Deno.env.get("PATH")!;
      await Deno.writeTextFile(
        `${folder}/ffmpeg`,
        `#!/bin/sh\necho "$@" > ${folder}/args\nPATH='${path}' exec ffmpeg ` +
          `-nostdin -v error -re -i ${film} -c copy -f mjpeg -`,
        { mode: 0o755 },
      );
      await using program = new Program({
        args: [
          ...["/dev/video9", "--input-args=-input_format mjpeg"],
          ...["--port", "0"],
        ],
        env: { PATH: `${folder}:${path}` },
      });
      const address = await program.address();
      const channels = await untilChannels(
        address,
        (all) => all.get("live")!.frames > 5,
      );
      const { source, width } = channels.get("live")!;
      assertEquals([source.format, width], ["JPEG", 160]);
      const args = await Deno.readTextFile(`${folder}/args`);
      assertStringIncludes(
        args,
        "-f v4l2 -input_format mjpeg -i /dev/video9 -map 0:v:0 -c:v copy",
      );
      const snapshot = await fetch(`${address}/live/snapshot.jpg`);
      const jpeg = await snapshot.bytes();
      assert(indexOfNeedle(await Deno.readFile(film), jpeg) > 0);
      assertEquals(await program.stop(), 0);
    }),
});

Deno.test({
  name: "gifstream hands on what ffmpeg serves",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const port = freePort();
    const address = `http://127.0.0.1:${port}/`;
    await using _server = new OtherProgram("ffmpeg", [
      ...["-nostdin", "-v", "error", "-re", "-f", "lavfi"],
      ...["-i", "testsrc2=s=160x120:r=10", "-f", "mpjpeg"],
      ...["-listen", "1", address],
    ], "SIGKILL");
    await takesJpegs(address, 10, [160, 120]);
  },
});
