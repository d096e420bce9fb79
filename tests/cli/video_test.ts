import { assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { decodeGif } from "../../src/gif/decode_gif.ts";
import { Program } from "../support/program.ts";
import { requireTool } from "../support/require.ts";

const ffmpeg = { ignore: !requireTool("ffmpeg") };

Deno.test({
  name: "gifstream plays what ffmpeg can, at the size that it is told",
  ...ffmpeg,
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
  ...ffmpeg,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    try {
      const film = `${folder}/film.mkv`;
      const { success } = await new Deno.Command("ffmpeg", {
        args: [
          ...["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x100:d=1"],
          ...["-c:v", "mjpeg", film],
        ],
      }).output();
      assertEquals(success, true);
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
