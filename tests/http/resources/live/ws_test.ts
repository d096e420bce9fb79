import { assert, assertEquals, assertMatch } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { Channel } from "../../../../src/channel/channel.ts";
import type { Channels } from "../../../../src/channel/channels.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import type { GifFrame } from "../../../../src/gif/read/frame_reader.ts";
import { indexedFrame } from "../../../../src/gif/write/indexed_frame.ts";
import { createHandler } from "../../../../src/http/handler.ts";
import { until } from "../../../support/browser/until.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const RED = [255, 0, 0], GREEN = [0, 255, 0], BLUE = [0, 0, 255];
/** The first byte of a message of bytes that is in one piece. */
const BINARY_MESSAGE = 0x82;
/** What a client sends who asks for a WebSocket (RFC 6455, 1.3). */
const UPGRADE_FIELDS = "Upgrade: websocket\r\nConnection: Upgrade\r\n" +
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13";

/** A socket and what has come from it. */
function open(base: string, path: string) {
  const socket = new WebSocket(base.replace("http", "ws") + path);
  socket.binaryType = "arraybuffer";
  const messages: Uint8Array[] = [];
  let wake = () => {};
  socket.onmessage = ({ data }) => {
    messages.push(new Uint8Array(data));
    wake();
  };
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  const message = async () => {
    while (messages.length === 0) {
      await new Promise<void>((resolve) => wake = resolve);
    }
    return messages.shift()!;
  };
  return { socket, message, closed };
}

function publish(channels: Channels, color: number[]): void {
  publishFrame(channels.first!, colorFrame(8, 8, color));
}

function colorOf(gif: Uint8Array): number[] {
  return [...[...decodeGif(gif)][0].pixels.slice(0, 3)];
}

/** Width and height of pictures that take megabytes. */
const SIDE = 1000;

/** A picture that nothing makes smaller. */
function noise(): GifFrame {
  const pixels = new Uint8Array(SIDE * SIDE).map(() => Math.random() * 256);
  const colors = Uint8Array.from({ length: 768 }, (_, i) => i / 3);
  return indexedFrame({ width: SIDE, height: SIDE }, pixels, colors);
}

/** The messages of a connection from its opening on (RFC 6455, 5.2). */
async function* binaryMessages(connection: Deno.Conn) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const take = async (size: number) => {
    while (length < size) {
      const chunk = new Uint8Array(65536);
      const read = await connection.read(chunk);
      if (read === null) throw new Error("The connection was closed");
      chunks.push(chunk.subarray(0, read));
      length += read;
    }
    const all = concat(chunks.splice(0));
    chunks.push(all.subarray(size));
    length -= size;
    return all.subarray(0, size);
  };
  let head = "";
  while (!head.endsWith("\r\n\r\n")) {
    head += String.fromCharCode(...await take(1));
  }
  for (;;) {
    const [kind, short] = await take(2);
    const extra = await take(short === 127 ? 8 : short === 126 ? 2 : 0);
    const long = extra.reduce((value, byte) => value * 256 + byte, 0);
    const payload = await take(short < 126 ? short : long);
    if (kind === BINARY_MESSAGE) yield payload;
  }
}

/** What comes of a request that is written by hand. */
async function ask(base: string, path: string, fields: string) {
  const connection = await Deno.connect({ port: Number(new URL(base).port) });
  const request = `GET ${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(4096);
  const length = await connection.read(buffer) ?? 0;
  connection.close();
  return new TextDecoder("latin1").decode(buffer.subarray(0, length));
}

testBothServers(
  "tells the time of each picture before it, if asked",
  async (base, channels) => {
    const before = performance.timeOrigin + performance.now();
    publish(channels, RED);
    const { socket, message, closed } = open(base, "/live/ws?time=yes");
    for (const color of [RED, GREEN]) {
      const bytes = await message();
      const time = new DataView(bytes.buffer).getFloat64(0);
      const now = performance.timeOrigin + performance.now();
      assert(time >= before && time <= now, `${before}, ${time}, ${now}`);
      assert(bytes[0] !== "{".charCodeAt(0));
      assertEquals(colorOf(bytes.subarray(8)), color);
      if (color === RED) publish(channels, GREEN);
    }
    socket.close();
    await closed;
  },
);

testBothServers(
  "sends each picture as a message, and closes at the end",
  async (base, channels) => {
    publish(channels, RED);
    const { message, closed } = open(base, "/live/ws");
    assertEquals(colorOf(await message()), RED);
    for (const color of [GREEN, BLUE]) {
      publish(channels, color);
      assertEquals(colorOf(await message()), color);
    }
    const jpeg = open(base, "/ws?format=jpeg");
    assertEquals([...(await jpeg.message()).slice(0, 2)], [0xff, 0xd8]);
    assertEquals(channels.first!.viewers, 2);
    channels.close();
    for (const end of [await closed, await jpeg.closed]) {
      assertEquals(end.code, 1001);
      assertEquals(end.reason, "The channel has ended");
      assert(end.wasClean);
    }
  },
  { workers: true },
);

testBothServers(
  "lets a socket wait for the first picture, and go",
  async (base, channels) => {
    const { socket, message, closed } = open(base, "/ws");
    await until("the viewer", () => channels.first!.viewers === 1);
    publish(channels, RED);
    assertEquals(colorOf(await message()), RED);
    socket.close();
    await closed;
    await until("its leaving", () => channels.first!.viewers === 0);
    publish(channels, GREEN);
  },
);

testBothServers(
  "leaves out pictures for a socket that lags, and goes on with the newest",
  async (base, channels) => {
    const channel = channels.first!;
    publish(channels, RED);
    const connection = await Deno.connect({ port: Number(new URL(base).port) });
    await connection.write(new TextEncoder().encode(
      `GET /ws HTTP/1.1\r\nHost: x\r\n${UPGRADE_FIELDS}\r\n\r\n`,
    ));
    await until("the viewer", () => channel.viewers === 1);
    // It reads nothing, until the network takes no more for it.
    await until("pictures left out", () => {
      publishFrame(channel, noise());
      return channel.status().skippedFrames > 0;
    });
    publishFrame(channel, colorFrame(SIDE, SIDE, GREEN));
    const messages = binaryMessages(connection);
    for await (const gif of messages) {
      if (gif.length < SIDE * SIDE / 2 && colorOf(gif)[1] === 255) break;
    }
    assertEquals(channel.viewers, 1);
    connection.close();
  },
  { workers: true },
);

testBothServers(
  "answers in words who is no WebSocket, or finds no place",
  async (base, channels) => {
    const plain = await fetch(`${base}/live/ws`);
    assertEquals(plain.status, 426);
    assertEquals(plain.headers.get("upgrade"), "websocket");
    assertMatch(await plain.text(), /for WebSockets/);
    const wrong = await ask(base, "/ws?format=bmp", UPGRADE_FIELDS);
    assertMatch(wrong, /^HTTP\/1\.1 400 [^]*must be gif or jpeg/);
    const missing = await ask(base, "/nobody/ws", UPGRADE_FIELDS);
    assertMatch(missing, /^HTTP\/1\.1 404 [^]*no channel nobody/i);
    const full = new Channel({ name: "full", maxViewers: 1 });
    channels.add(full);
    const first = open(base, "/full/ws");
    await until("the viewer", () => full.viewers === 1);
    const second = await ask(base, "/full/ws", UPGRADE_FIELDS);
    assertMatch(second, /^HTTP\/1\.1 503 [^]*All places are taken/);
    full.close();
    await first.closed;
  },
);

testBothServers(
  "answers as it is used to who asks for HTTP/2 without need",
  async (base, channels) => {
    publish(channels, RED);
    const answer = await ask(
      base,
      "/snapshot.gif",
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" +
        "HTTP2-Settings: AAMAAABkAAQAAP__",
    );
    assertMatch(answer, /^HTTP\/1\.1 200 [^]*\r\n\r\nGIF89a/);
  },
);

Deno.test("createHandler() gives a place back if no socket comes of it", async () => {
  const channel = new Channel();
  const handler = createHandler(channel, {
    upgradeWebSocket: () => {
      throw new TypeError("Nothing to upgrade");
    },
    onError() {},
  });
  const headers = Object.fromEntries(
    UPGRADE_FIELDS.split("\r\n").map((field) => field.split(": ")),
  );
  const request = new Request("http://localhost/ws", { headers });
  const response = await handler(request);
  assertEquals(response.status, 500);
  assertEquals(channel.viewers, 0);
  await response.text();
  channel.close();
});
