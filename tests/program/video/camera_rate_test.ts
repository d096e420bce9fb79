import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { plainJpeg } from "../../support/image/jpeg_files.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const PICTURES = 60;
/** While ffmpeg looks what comes, several become one. */
const FIRST_PICTURES = 15;
const INTERVAL_MILLISECONDS = 100;
/** Early and late in turn, as cameras and networks are. */
const JITTER_MILLISECONDS = [0, 45, -40, 20, -45, 40, -20];

/** A camera by HTTP whose pictures come when they come. */
class Camera implements AsyncDisposable {
  readonly sent = Promise.withResolvers<void>();
  readonly #left = Promise.withResolvers<void>();
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () =>
      new Response(ReadableStream.from(this.#parts()), {
        headers: { "content-type": "multipart/x-mixed-replace;boundary=x" },
      }),
  );

  get address(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/camera`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#left.resolve();
    await this.#server.shutdown();
  }

  async *#parts(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder(), from = performance.now();
    for (let i = 0; i < PICTURES; i++) {
      const jitter = JITTER_MILLISECONDS[i % JITTER_MILLISECONDS.length];
      const due = from + i * INTERVAL_MILLISECONDS + jitter;
      await delay(Math.max(0, due - performance.now()));
      const jpeg = plainJpeg(64, 48, [4 * i, 255 - 4 * i, 128]);
      yield encoder.encode(
        "--x\r\nContent-Type: image/jpeg\r\n" +
          `Content-Length: ${jpeg.length}\r\n\r\n`,
      );
      yield jpeg;
      yield encoder.encode("\r\n");
    }
    this.sent.resolve();
    await this.#left.promise;
  }
}

Deno.test({
  name: "gifstream loses no picture of a camera that is not quite regular",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await using camera = new Camera();
    await using program = new Program({
      args: [camera.address, "--fps", "10", "--port", "0"],
    });
    const address = await program.address();
    await camera.sent.promise;
    await delay(1000);
    const { channels: [{ frames, unchangedFrames }] } =
      await (await fetch(`${address}/api/channels`)).json();
    assertEquals(unchangedFrames, 0, "pictures were made twice");
    const least = 0.85 * (PICTURES - FIRST_PICTURES);
    assert(frames > least, `${frames} of ${PICTURES}`);
    assertEquals(await program.stop(), 0);
  },
});
