import { assert, assertEquals, assertLess } from "@std/assert";
import { indexOfNeedle } from "@std/bytes/index-of-needle";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import { Channels } from "../../src/channel/channels.ts";
import { serveByNode } from "../../src/http/node/node_server.ts";
import { Ingest } from "../../src/ingest/ingest.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";
import { indexedFrame } from "../../src/gif/write/indexed_frame.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { until } from "../support/browser/until.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { MultipartReader } from "../support/http/multipart_reader.ts";
import {
  PROXIES,
  type Proxy,
  type ProxyKind,
} from "../support/http/proxies.ts";
import { GIF, TOKEN } from "../support/http/sending.ts";
import { watch } from "../support/http/watch.ts";
import { requireTool } from "../support/require.ts";

/** A proxy in front of a server on a Unix socket. */
function testProxies(
  name: string,
  use: (proxy: Proxy, channels: Channels, kind: ProxyKind) => Promise<void>,
): void {
  for (const kind of PROXIES) {
    const { program, start } = kind;
    Deno.test({
      name: `${program} ${name}`,
      ignore: !requireTool(program),
      fn: () =>
        withFolder(async (folder) => {
          const socket = `${folder}/socket`;
          const channels = new Channels([new Channel({ name: "live" })]);
          const server = await serveByNode(channels, {
            path: socket,
            trustProxy: true,
            ingest: { token: TOKEN, intake: new Ingest(channels) },
          });
          await Deno.chmod(folder, 0o755);
          await Deno.chmod(socket, 0o666);
          try {
            await using proxy = await start(folder, socket);
            await use(proxy, channels, kind);
          } finally {
            channels.close();
            await server.shutdown();
          }
        }),
    });
  }
}

/** A picture of a few bytes, which no buffer would hand on by itself. */
function show(channel: Channel, red: number): void {
  publishFrame(channel, colorFrame(8, 6, [red, 0, 0]));
}

testProxies(
  "hands on each picture before there is another",
  async (proxy, channels) => {
    const channel = channels.first!;
    show(channel, 0);
    let red = 0;
    for await (const { rgba } of watch(`${proxy.address}/live.gif`)) {
      assertEquals(rgba[0], red);
      if (red === 5) break;
      show(channel, ++red);
    }
    const reader = new MultipartReader(
      await fetch(`${proxy.address}/live.mjpeg?parts=gif`),
    );
    for (let i = 0; i < 5; i++) {
      assert(await reader.next() !== undefined);
      show(channel, 100 + i);
    }
    await reader.cancel();
  },
);

testProxies("passes WebSockets on", async (proxy, channels) => {
  const channel = channels.first!;
  show(channel, 0);
  const socket = new WebSocket(`${proxy.address}/live/ws`);
  socket.binaryType = "arraybuffer";
  let messages = 0;
  const done = Promise.withResolvers<void>();
  socket.onmessage = () => {
    if (++messages === 5) done.resolve();
    else show(channel, messages);
  };
  socket.onerror = (event) =>
    done.reject(new Error((event as ErrorEvent).message));
  await done.promise;
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
});

testProxies("hands on frames while they are sent", async (proxy, channels) => {
  const channel = channels.first!;
  const body = new TransformStream<Uint8Array, Uint8Array>();
  const answer = fetch(`${proxy.address}/live/frames`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: body.readable,
  });
  const writer = body.writable.getWriter();
  for (let frames = 1; frames <= 3; frames++) {
    await writer.write(GIF.slice());
    await until("a frame", () => channel.status().frames === frames);
  }
  await writer.close();
  const response = await answer;
  assertEquals(await response.json(), { frames: 3, refused: 0 });
});

testProxies(
  "gives parts of files, and says where it is",
  async (proxy, channels) => {
    show(channels.first!, 1);
    const whole = await fetch(`${proxy.address}/clip.gif`);
    const gif = await whole.bytes();
    const part = await fetch(`${proxy.address}/clip.gif`, {
      headers: { range: "bytes=9-", "if-range": whole.headers.get("etag")! },
    });
    assertEquals([part.status, await part.bytes()], [206, gif.slice(9)]);
    const page = await fetch(proxy.address + "/", {
      headers: { accept: "text/html" },
    });
    const html = await page.text();
    assert(
      html.includes(`content="${proxy.address}/live.gif?finite"`),
      html.slice(0, 1500),
    );
  },
);

const SIDE = 300;
const SCREEN = { width: SIDE, height: SIDE };
const COLORS = crypto.getRandomValues(new Uint8Array(3 * 256));
const MARK = new TextEncoder().encode("newest picture");
const PICTURES = 300;

/** A picture of noise, of some 100 KB. */
function noise(colors: Uint8Array) {
  const indices = new Uint8Array(SIDE * SIDE);
  for (let at = 0; at < indices.length; at += 50_000) {
    crypto.getRandomValues(indices.subarray(at, at + 50_000));
  }
  return framePart(indexedFrame(SCREEN, indices, colors));
}

/** The same with colors that a reader of bytes knows. */
function markedNoise() {
  const colors = COLORS.slice();
  colors.set(MARK);
  return noise(colors);
}

testProxies(
  "lets a slow viewer skip pictures",
  async (proxy, channels, { maxBytesBehind }) => {
    const channel = channels.first!;
    const { hostname, port, pathname } = new URL(`${proxy.address}/live.gif`);
    using viewer = await Deno.connect({ hostname, port: Number(port) });
    const request =
      `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`;
    await viewer.write(new TextEncoder().encode(request));
    await until("the viewer", () => channel.viewers === 1);
    let sent = 0;
    for (let i = 0; i < PICTURES; i++) {
      const part = noise(COLORS);
      sent += part.bytes.length;
      channel.publishPart(part, SCREEN);
      await delay(20);
    }
    assertLess(4 * maxBytesBehind, sent);
    // What it takes until it sees the mark of the newest.
    let behind = 0, tail = new Uint8Array(0), isThere = false;
    const marking = setInterval(
      () => channel.publishPart(markedNoise(), SCREEN),
      50,
    );
    const buffer = new Uint8Array(2 ** 16);
    while (!isThere) {
      const read = await viewer.read(buffer);
      assert(read !== null, "the proxy has hung up");
      behind += read;
      const joined = new Uint8Array(tail.length + read);
      joined.set(tail);
      joined.set(buffer.subarray(0, read), tail.length);
      isThere = indexOfNeedle(joined, MARK) >= 0;
      tail = joined.slice(-MARK.length);
    }
    clearInterval(marking);
    assertLess(behind, maxBytesBehind);
    assert(channel.status().skippedFrames > 0);
  },
);
