import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { ffmpegFrames } from "../../../src/source/ffmpeg/ffmpeg_frames.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";
import { requireTool } from "../../support/require.ts";

const PICTURES = 60;
const INTERVAL_MILLISECONDS = 100;
/** Early and late in turn, as cameras and networks are. */
const JITTER_MILLISECONDS = [0, 45, -40, 20, -45, 40, -20];

/** A camera by HTTP whose pictures come when they come. */
function serveCamera(): Deno.HttpServer<Deno.NetAddr> {
  const type = { "content-type": "multipart/x-mixed-replace;boundary=x" };
  const encoder = new TextEncoder();
  async function* parts() {
    const from = performance.now();
    for (let i = 0; i < PICTURES; i++) {
      const jitter = JITTER_MILLISECONDS[i % JITTER_MILLISECONDS.length];
      const due = from + i * INTERVAL_MILLISECONDS + jitter;
      await delay(Math.max(0, due - performance.now()));
      const jpeg = await plainJpeg(64, 48, [4 * i, 255 - 4 * i, 128]);
      yield encoder.encode(
        "--x\r\nContent-Type: image/jpeg\r\n" +
          `Content-Length: ${jpeg.length}\r\n\r\n`,
      );
      yield jpeg;
      yield encoder.encode("\r\n");
    }
  }
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(ReadableStream.from(parts()), { headers: type }),
  );
}

Deno.test({
  name: "ffmpegFrames() loses no picture of a camera that is not quite regular",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await using server = serveCamera();
    const address = `http://127.0.0.1:${server.addr.port}/camera`;
    const reds: number[] = [];
    for await (
      const { pixels } of ffmpegFrames(address, { framesPerSecond: 10 })
    ) {
      reds.push(Math.round(pixels[0] / 4));
      if (reds.at(-1)! >= PICTURES - 2) break;
    }
    const distinct = new Set(reds).size;
    assertEquals(reds.length, distinct, "pictures were made twice");
    // ffmpeg looks at the first ones to learn what comes.
    const since = PICTURES - reds[0] - 1;
    assert(distinct > 0.85 * since, `${distinct} of ${since}`);
  },
});
