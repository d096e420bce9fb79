import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import type { ChannelOptions } from "../../src/channel/channel_options.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { createHandler } from "../../src/http/handler.ts";
import { serveByNode } from "../../src/http/node/node_server.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { publishGif } from "../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

const OTHER_GIF = bytes(
  header(4, 3),
  image({ width: 4, height: 3, indices: new Uint8Array(12) }),
  TRAILER,
);

/** What browsers send, as recorded from them. */
const ACCEPT = {
  chromiumPage: "text/html,application/xhtml+xml,application/xml;q=0.9," +
    "image/avif,image/webp,image/apng,*/*;q=0.8," +
    "application/signed-exchange;v=b3;q=0.7",
  firefoxPage: "text/html,application/xhtml+xml,application/xml;q=0.9," +
    "*/*;q=0.8",
  chromiumImage: "image/avif,image/webp,image/apng,image/svg+xml,image/*," +
    "*/*;q=0.8",
  firefoxImage: "image/avif,image/webp,image/png,image/svg+xml," +
    "image/*;q=0.8,*/*;q=0.5",
  curl: "*/*",
};

/** A server of a channel, on a free port. */
interface TestServer {
  addr: { port: number };
  shutdown(): Promise<void>;
}

/** The two ways to serve a channel, which must not differ to a client. */
const SERVERS: Record<string, (channel: Channel) => Promise<TestServer>> = {
  createHandler: (channel) =>
    Promise.resolve(Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      createHandler(channel),
    )),
  serveByNode: (channel) => serveByNode(channel, { port: 0 }),
};

/** What has arrived on a connection so far. */
async function readSome(connection: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(65536);
  const length = await connection.read(buffer) ?? 0;
  return new TextDecoder("latin1").decode(buffer.subarray(0, length));
}

/** A test of each server. */
function serverTest(
  name: string,
  use: (base: string, channel: Channel) => Promise<void>,
  options?: ChannelOptions,
): void {
  for (const [symbol, serve] of Object.entries(SERVERS)) {
    Deno.test(`${symbol}() ${name}`, async () => {
      const channel = new Channel(options);
      const server = await serve(channel);
      try {
        await use(`http://127.0.0.1:${server.addr.port}`, channel);
      } finally {
        channel.close();
        await server.shutdown();
      }
    });
  }
}

serverTest(
  "gives a page or the GIF at / by what is accepted",
  async (base, channel) => {
    publishGif(channel, GIF.slice());
    const typeFor = async (accept?: string) => {
      const headers: Record<string, string> = accept ? { accept } : {};
      const response = await fetch(base, { headers });
      await response.body?.cancel();
      assertMatch(
        response.headers.get("vary")!,
        /\baccept, sec-fetch-dest, user-agent$/,
      );
      return response.headers.get("content-type");
    };
    for (const client of ["chromiumPage", "firefoxPage"] as const) {
      assertEquals(await typeFor(ACCEPT[client]), "text/html; charset=utf-8");
    }
    for (const client of ["chromiumImage", "firefoxImage", "curl"] as const) {
      assertEquals(await typeFor(ACCEPT[client]), "image/gif");
    }
    assertEquals(await typeFor(), "image/gif");
  },
);

serverTest(
  "serves an endless GIF with headers for proxies",
  async (base, channel) => {
    publishGif(channel, GIF.slice());
    const response = await fetch(`${base}/live.gif?42`);
    assertEquals(response.status, 200);
    const { headers } = response;
    assertEquals(headers.get("content-type"), "image/gif");
    assertEquals(headers.get("cache-control"), "no-store, no-transform");
    assertEquals(headers.get("x-accel-buffering"), "no");
    assertEquals(headers.get("access-control-allow-origin"), "*");
    assertEquals(headers.get("content-length"), null);
    publishGif(channel, GIF.slice());
    channel.close();
    const body = await response.bytes();
    assertEquals(new TextDecoder().decode(body.slice(0, 6)), "GIF89a");
    assertEquals(body.at(-1), TRAILER);
  },
);

serverTest("lets a viewer wait for the first frame", async (base, channel) => {
  const response = await fetch(`${base}/live.gif`);
  assertEquals(response.status, 200);
  const body = response.bytes();
  publishGif(channel, GIF.slice());
  channel.close();
  assertEquals((await body).at(-1), TRAILER);
});

serverTest("counts viewers until they hang up", async (base, channel) => {
  publishGif(channel, GIF.slice());
  const hangUp = new AbortController();
  const { signal } = hangUp;
  const response = await fetch(`${base}/live.gif`, { signal });
  assert(response.ok);
  const viewers = async () => {
    const { channels } = await (await fetch(`${base}/api/channels`)).json();
    return channels[0].viewers;
  };
  assertEquals(await viewers(), 1);
  hangUp.abort();
  await response.body?.cancel().catch(() => {});
  while (await viewers() !== 0);
});

serverTest("answers HEAD without a body or a viewer", async (base, channel) => {
  for (const path of ["/", "/live.gif", "/api/channels"]) {
    const response = await fetch(base + path, { method: "HEAD" });
    assertEquals(response.status, 200);
    assert(response.headers.get("content-type"));
    assertEquals(await response.text(), "");
  }
  const streams = ["/", "/live.mjpeg", "/ascii", "/stream", "/api/events"];
  for (const path of ["/live.gif", "/?action=stream", ...streams]) {
    const response = await fetch(base + path, { method: "HEAD" });
    assertEquals(response.status, 200, path);
    // Nobody knows it, and 0 it is not.
    assertEquals(response.headers.get("content-length"), null, path);
  }
  assertEquals(channel.status().viewers, 0);
});

serverTest("answers OPTIONS, unknown paths and methods", async (base) => {
  const options = await fetch(`${base}/live.gif`, { method: "OPTIONS" });
  assertEquals(options.status, 204);
  assertEquals(options.headers.get("allow"), "GET, HEAD, OPTIONS");
  assertEquals(options.headers.get("access-control-allow-origin"), "*");

  for (
    const [path, sentence] of [
      ["/live.gif/", /^Nothing is served here.*live\.gif/],
      ["/..%2f", /^Nothing is served here/],
      ["//", /^Nothing is served here/],
      ["/nothing", /^There is no channel nothing. What there is: live/],
      ["/toString", /^There is no channel toString/],
    ] as const
  ) {
    const missing = await fetch(base + path);
    assertEquals(missing.status, 404, path);
    assertMatch(await missing.text(), sentence);
  }

  const post = await fetch(`${base}/live.gif`, { method: "POST", body: "x" });
  assertEquals(post.status, 405);
  assertEquals(post.headers.get("allow"), "GET, HEAD, OPTIONS");
  assertMatch(await post.text(), /takes GET, HEAD, OPTIONS, not POST/);
});

serverTest("turns viewers away when all places are taken", async (base) => {
  const first = await fetch(`${base}/live.gif`);
  const second = await fetch(`${base}/live.gif`);
  assertEquals(second.status, 503);
  assertMatch(second.headers.get("retry-after")!, /^\d+$/);
  assertMatch(await second.text(), /All places are taken/);
  await first.body?.cancel();
}, { maxViewers: 1 });

serverTest(
  "sends an HTTP/1.0 client the bare GIF and closes",
  async (base, channel) => {
    publishGif(channel, GIF.slice());
    const connection = await Deno.connect({ port: Number(new URL(base).port) });
    const answer = new Response(connection.readable).bytes();
    const writer = connection.writable.getWriter();
    await writer.write(bytes("GET /live.gif HTTP/1.0\r\n\r\n"));
    while (channel.status().viewers === 0) await delay(1);
    channel.close();
    const text = new TextDecoder("latin1").decode(await answer);
    assertMatch(text, /^HTTP\/1\.[01] 200 OK\r\n/);
    assertMatch(text, /\r\n\r\nGIF89a[^]*;$/);
    assert(!/transfer-encoding/i.test(text));
  },
);

serverTest(
  "does not mix other answers into a stream",
  async (base, channel) => {
    publishGif(channel, GIF.slice());
    const connection = await Deno.connect({ port: Number(new URL(base).port) });
    const request = "GET /live.gif HTTP/1.1\r\nHost: x\r\n\r\n";
    await connection.write(bytes(request));
    while (channel.status().viewers === 0) await delay(1);
    await connection.write(
      bytes(request.replace("live.gif", "nothing"), request),
    );
    publishGif(channel, OTHER_GIF.slice());
    await delay(50);
    // A server may as well cut off who asks for more behind an endless answer.
    const text = await readSome(connection);
    assertMatch(text, /^HTTP\/1\.1 200 OK\r\n/);
    assertEquals(text.split("HTTP/1.1 ").length, 2, text);
    connection.close();
  },
);

serverTest("gives the newest picture by itself", async (base, channel) => {
  const early = await fetch(`${base}/snapshot.gif`);
  assertEquals(early.status, 503);
  assertMatch(await early.text(), /no picture yet/);
  publishGif(channel, GIF.slice());
  const response = await fetch(`${base}/snapshot.gif`);
  const gif = await response.bytes();
  assertEquals(response.headers.get("content-length"), String(gif.length));
  assertEquals([...decodeGif(gif)].length, 1);
});

Deno.test("createHandler() reports its own mistakes and goes on", async () => {
  const channel = new Channel();
  channel.close();
  const errors: unknown[] = [];
  const handler = createHandler(channel, { onError: (e) => errors.push(e) });
  const response = await handler(new Request("http://localhost/live.gif"));
  assertEquals(response.status, 500);
  await response.text();
  assertEquals(errors.length, 1);
});

Deno.test("createHandler() takes a lack of descriptors for no mistake of its own", async () => {
  const channel = new Channel();
  publishGif(channel, GIF.slice());
  const errors: unknown[] = [];
  const handler = createHandler(channel, { onError: (e) => errors.push(e) });
  const { Worker } = globalThis;
  globalThis.Worker = function () {
    throw Object.assign(new Error("too many"), { code: "EMFILE" });
  } as unknown as typeof Worker;
  try {
    const request = new Request("http://localhost/snapshot.jpg");
    const response = await handler(request);
    assertEquals(response.status, 503);
    assert(response.headers.has("retry-after"));
    assertMatch(await response.text(), /cannot open files now/);
  } finally {
    globalThis.Worker = Worker;
  }
  assertEquals(errors, []);
  channel.close();
});
