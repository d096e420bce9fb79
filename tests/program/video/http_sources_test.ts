import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import { concat } from "@std/bytes/concat";
import { equals } from "@std/bytes/equals";
import { indexOfNeedle } from "@std/bytes/index-of-needle";
import type { ChannelStatus } from "../../../src/channel/channel_status.ts";
import { pause } from "../../../src/timing/pause.ts";
import { makeCertificate } from "../../support/http/certificate.ts";
import { freePort } from "../../support/http/free_port.ts";
import { MultipartReader } from "../../support/http/multipart_reader.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";
import { seen } from "../../support/http/watch.ts";

/** It needs neither ffmpeg nor files for what it reads itself. */
const FEW_PERMISSIONS = [
  "--allow-net",
  "--allow-env=GIFSTREAM_TOKEN,GIFSTREAM_VIEWER_TOKEN",
  "--no-prompt",
];

const JPEGS = Array.from(
  { length: 20 },
  (_, i) => plainJpeg(64, 48, [12 * i, 255 - 12 * i, 90]),
);

/** A camera of ten pictures a second. */
class Camera implements AsyncDisposable {
  /** The number of pictures that were sent. */
  sent = 0;
  readonly #stop = new AbortController();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(port = 0) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port, onListen() {} },
      () =>
        new Response(ReadableStream.from(this.#parts()), {
          headers: { "content-type": "multipart/x-mixed-replace;boundary=x" },
        }),
    );
  }

  get port(): number {
    return this.#server.addr.port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/camera`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#server.shutdown();
  }

  async *#parts(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    while (!this.#stop.signal.aborted) {
      const jpeg = JPEGS[this.sent++ % JPEGS.length];
      const head = "--x\r\nContent-Type: image/jpeg\r\n" +
        `Content-Length: ${jpeg.length}\r\n\r\n`;
      yield concat([encoder.encode(head), jpeg, encoder.encode("\r\n")]);
      await pause(100, this.#stop.signal);
    }
  }
}

function isSent(jpeg: Uint8Array): boolean {
  return JPEGS.some((sent) => equals(sent, jpeg));
}

/** Waits until the channel `live` suits. */
async function untilLive(
  address: string,
  suits: (channel: ChannelStatus) => boolean,
) {
  const channels = await untilChannels(address, (all) => {
    const live = all.get("live");
    return live !== undefined && suits(live);
  });
  return channels.get("live")!;
}

/** So many bytes of a stream. */
async function someBytes(
  address: string,
  count: number,
): Promise<Uint8Array> {
  const response = await fetch(address);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body!) {
    chunks.push(chunk);
    if ((length += chunk.length) >= count) break;
  }
  return concat(chunks);
}

Deno.test("gifstream hands on each JPEG of a camera by HTTP, byte for byte, without ffmpeg", async () => {
  await using camera = new Camera();
  await using program = new Program({
    args: [camera.address, "--port", "0"],
    permissions: FEW_PERMISSIONS,
  });
  const address = await program.address();
  const response = await fetch(`${address}/live.mjpeg`);
  const reader = new MultipartReader(response);
  for (let i = 0; i < 12; i++) {
    const part = await reader.next();
    assert(isSent(part!.body), `picture ${i}`);
  }
  await reader.cancel();
  const snapshot = await fetch(`${address}/live/snapshot.jpg`);
  assert(isSent(await snapshot.bytes()));
  const picture = await seen(`${address}/live.gif`);
  assertEquals([picture.width, picture.height], [64, 48]);
  const { source, refusedFrames } = await untilLive(address, () => true);
  assertEquals([source.format, refusedFrames], ["JPEG", 0]);
  assertEquals(await program.stop(), 0);
});

Deno.test("gifstream shows that a camera by HTTP is away, and when it is back", async () => {
  const port = freePort();
  let camera = new Camera(port);
  await using program = new Program({
    args: [camera.address, "--port", "0"],
    permissions: FEW_PERMISSIONS,
  });
  const address = await program.address();
  await untilLive(address, ({ source }) => source.state === "live");
  await camera[Symbol.asyncDispose]();
  const away = await untilLive(
    address,
    ({ source }) => source.state === "no signal",
  );
  assertMatch(away.source.message ?? "", /Connection refused|has ended/);
  for (let isDimmed = false; !isDimmed;) {
    const snapshot = await fetch(`${address}/live/snapshot.jpg`);
    isDimmed = !isSent(await snapshot.bytes());
  }
  camera = new Camera(port);
  const back = await untilLive(
    address,
    ({ source, frames }) => source.state === "live" && frames > away.frames,
  );
  assertEquals(back.source.message, null);
  await camera[Symbol.asyncDispose]();
  assertEquals(await program.stop(), 0);
});

Deno.test("gifstream scales a camera by HTTP itself", async () => {
  await using camera = new Camera();
  await using program = new Program({
    args: [camera.address, "--size", "32", "--rotate", "90", "--port", "0"],
    permissions: [...FEW_PERMISSIONS, "--allow-read"],
  });
  const address = await program.address();
  const picture = await seen(`${address}/live.gif`);
  assertEquals([picture.width, picture.height], [32, 43]);
  assertEquals(await program.stop(), 0);
});

Deno.test({
  name: "gifstream has ffmpeg play an address for which an option needs it",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await using camera = new Camera();
    await using program = new Program({
      args: [camera.address, "--filter", "scale=32:24", "--port", "0"],
    });
    await program.waitFor(/On air: 32x24 pixels/);
    assertEquals(await program.stop(), 0);
  },
});

Deno.test("gifstream is an edge of another one, part by part", async () => {
  await using upstream = new Program({ args: ["test:", "--port", "0"] });
  const from = await upstream.address();
  await using edge = new Program({
    args: [`${from}/live.gif`, "--port", "0"],
    permissions: FEW_PERMISSIONS,
  });
  const address = await edge.address();
  await untilLive(address, ({ frames }) => frames > 3);
  const all = someBytes(`${from}/live.gif`, 150_000);
  const part = (await someBytes(`${address}/live.gif`, 60_000)).slice(-2000);
  assert(indexOfNeedle(await all, part) > 0);
  const { source } = await untilLive(address, () => true);
  assertEquals([source.kind, source.format], ["video", "GIF"]);
  assertEquals(await edge.stop(), 0);
});

Deno.test("gifstream scales a GIF by HTTP itself, if it is told to", async () => {
  await using upstream = new Program({ args: ["test:", "--port", "0"] });
  const from = await upstream.address();
  await using edge = new Program({
    args: [`${from}/live.gif`, "--size", "160", "--port", "0"],
    permissions: [...FEW_PERMISSIONS, "--allow-read"],
  });
  const picture = await seen(`${await edge.address()}/live.gif`);
  assertEquals([picture.width, picture.height], [160, 90]);
  assertEquals(await edge.stop(), 0);
});

Deno.test("gifstream as an edge comes back when its upstream does", async () => {
  const port = String(freePort());
  const upstream = () => new Program({ args: ["test:", "--port", port] });
  let from = upstream();
  await using edge = new Program({
    args: [`${await from.address()}/live.gif`, "--port", "0"],
    permissions: FEW_PERMISSIONS,
  });
  const address = await edge.address();
  const before = await untilLive(address, ({ frames }) => frames > 3);
  assertEquals(before.source.state, "live");
  assertEquals(await from.stop(), 0);
  await untilLive(address, ({ source }) => source.state === "no signal");
  from = upstream();
  await untilLive(address, ({ source }) => source.state === "live");
  const picture = await seen(`${address}/live.gif`);
  assertEquals([picture.width, picture.height], [320, 180]);
  assertEquals(await edge.stop(), 0);
  assertEquals(await from.stop(), 0);
});

Deno.test("gifstream tells when edges lead in a circle", async () => {
  const ports = [freePort(), freePort()];
  const [first, second] = ports.map((port) => `http://127.0.0.1:${port}`);
  await using one = new Program({
    args: [`${second}/live.gif`, "--port", String(ports[0])],
  });
  await using other = new Program({
    args: [`${first}/live.mjpeg`, "--port", String(ports[1])],
  });
  await Promise.any([
    one.waitFor(/it shows this very channel/),
    other.waitFor(/it shows this very channel/),
  ]);
  assertEquals(await one.stop(), 0);
  assertEquals(await other.stop(), 0);
});

Deno.test({
  name: "gifstream reads HTTPS that it is told to trust, and shows no token",
  ignore: !requireTool("openssl"),
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    try {
      const { cert, key } = await makeCertificate(folder, "127.0.0.1");
      await using upstream = new Program({
        args: [
          ...["test:", "--port", "0", "--cert", cert, "--key", key],
        ],
        env: { GIFSTREAM_VIEWER_TOKEN: "s3cr3tT0ken" },
      });
      const [, from] = await upstream.waitFor(/Watch at (https:\/\/\S+?)\//);
      const input = `${from}/live.gif?token=s3cr3tT0ken`;
      await using edge = new Program({
        args: [input, "--port", "0"],
        env: { DENO_CERT: cert },
        permissions: FEW_PERMISSIONS,
      });
      const address = await edge.address();
      await untilLive(address, ({ frames }) => frames > 3);
      assertEquals(await edge.stop(), 0);
      assertNotMatch(edge.errorText, /s3cr3t/);
      await using wary = new Program({ args: [input, "--port", "0"] });
      await wary.waitFor(/certificate.*set DENO_CERT to its file/);
      assertEquals(await wary.stop(), 0);
      assertNotMatch(wary.errorText, /s3cr3t/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("gifstream says which permission an address needs", async () => {
  const port = freePort();
  await using program = new Program({
    args: [`http://127.0.0.1:${port}/camera`, "--port", "0"],
    permissions: ["--allow-net=127.0.0.1:0", "--allow-env", "--no-prompt"],
  });
  assertEquals(await program.exitCode(), 1);
  const needed = `Requires net access to "127.0.0.1:${port}"`;
  assertStringIncludes(program.errorText, needed);
});
