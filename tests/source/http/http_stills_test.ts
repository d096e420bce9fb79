import { assert, assertEquals, assertMatch } from "@std/assert";
import { decodePicture } from "../../../src/image/decode_picture.ts";
import { HttpFrames } from "../../../src/source/http/http_frames.ts";
import { bytes } from "../../support/gif/gif_bytes.ts";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import { requireTool } from "../../support/require.ts";

Deno.test({
  name: "HttpFrames asks again for a single picture that only ffmpeg reads",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const stills = await Promise.all(
      [["red", "webp"], ["red", "webp"], ["blue", "webp"], ["red", "bmp"]]
        .map(async ([color, format]) => {
          const film = ["-f", "lavfi", "-i", `color=${color}:s=16x8`];
          const codec = ["-c:v", format, "-frames:v", "1"];
          const body = await ffmpeg([
            ...film,
            ...codec,
            "-f",
            "image2pipe",
            "-",
          ]);
          return { body, type: `image/${format}` };
        }),
    );
    const answers = [...stills, { body: bytes("RIFF"), type: "image/webp" }];
    let asked = 0;
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => {
        const { body, type } = answers[asked++ % answers.length];
        return new Response(body.slice(), {
          headers: { "content-type": type },
        });
      },
    );
    const address = `http://127.0.0.1:${server.addr.port}/snapshot`;
    const stop = new AbortController(), told: string[] = [];
    let unchanged = 0;
    const frames = new HttpFrames(address, {
      framesPerSecond: 50,
      onWarning: (message) => void told.push(message),
      onUnchanged: () => void unchanged++,
      signal: stop.signal,
    });
    const first = await frames.open(), colors: string[] = [];
    assert(first !== undefined);
    for await (const frame of frames.frames(first)) {
      assert("picture" in frame);
      const [red, , blue] = decodePicture(frame.picture.bytes).pixels;
      colors.push(red > blue ? "red" : "blue");
      if (colors.length === 4) break;
    }
    stop.abort();
    assertEquals(colors, ["red", "blue", "red", "red"]);
    assertEquals(unchanged, 1);
    assertMatch(told.join(), /Cannot read picture: ffmpeg: .*again/);
  },
});
