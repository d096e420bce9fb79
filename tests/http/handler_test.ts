import { assert, assertEquals, assertMatch } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { createHandler } from "../../src/http/handler.ts";
import { bytes, header, image, TRAILER } from "../support/gif_bytes.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

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

/** A real server on a free port, and a channel behind it. */
async function withServer(
  use: (base: string, channel: Channel) => Promise<void>,
  channel = new Channel(),
): Promise<void> {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    createHandler(channel),
  );
  try {
    await use(`http://127.0.0.1:${server.addr.port}`, channel);
  } finally {
    channel.close();
    await server.shutdown();
  }
}

Deno.test("createHandler() gives a page or the GIF at / by what is accepted", () =>
  withServer(async (base, channel) => {
    channel.publish(GIF.slice());
    const typeFor = async (accept?: string) => {
      const headers: Record<string, string> = accept ? { accept } : {};
      const response = await fetch(base, { headers });
      await response.body?.cancel();
      assertEquals(response.headers.get("vary"), "accept");
      return response.headers.get("content-type");
    };
    for (const client of ["chromiumPage", "firefoxPage"] as const) {
      assertEquals(await typeFor(ACCEPT[client]), "text/html; charset=utf-8");
    }
    for (const client of ["chromiumImage", "firefoxImage", "curl"] as const) {
      assertEquals(await typeFor(ACCEPT[client]), "image/gif");
    }
    assertEquals(await typeFor(), "image/gif");
  }));

Deno.test("createHandler() serves an endless GIF with headers for proxies", () =>
  withServer(async (base, channel) => {
    channel.publish(GIF.slice());
    const response = await fetch(`${base}/live.gif?42`);
    assertEquals(response.status, 200);
    const { headers } = response;
    assertEquals(headers.get("content-type"), "image/gif");
    assertEquals(headers.get("cache-control"), "no-store, no-transform");
    assertEquals(headers.get("x-accel-buffering"), "no");
    assertEquals(headers.get("access-control-allow-origin"), "*");
    assertEquals(headers.get("content-length"), null);
    channel.publish(GIF.slice());
    channel.close();
    const body = await response.bytes();
    assertEquals(new TextDecoder().decode(body.slice(0, 6)), "GIF89a");
    assertEquals(body.at(-1), TRAILER);
  }));

Deno.test("createHandler() lets a viewer wait for the first frame", () =>
  withServer(async (base, channel) => {
    const response = await fetch(`${base}/live.gif`);
    assertEquals(response.status, 200);
    const body = response.bytes();
    channel.publish(GIF.slice());
    channel.close();
    assertEquals((await body).at(-1), TRAILER);
  }));

Deno.test("createHandler() counts viewers until they hang up", () =>
  withServer(async (base, channel) => {
    channel.publish(GIF.slice());
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
  }));

Deno.test("createHandler() answers HEAD without a body or a viewer", () =>
  withServer(async (base, channel) => {
    for (const path of ["/", "/live.gif", "/api/channels"]) {
      const response = await fetch(base + path, { method: "HEAD" });
      assertEquals(response.status, 200);
      assert(response.headers.get("content-type"));
      assertEquals(await response.text(), "");
    }
    assertEquals(channel.status().viewers, 0);
  }));

Deno.test("createHandler() answers OPTIONS, unknown paths and methods", () =>
  withServer(async (base) => {
    const options = await fetch(`${base}/live.gif`, { method: "OPTIONS" });
    assertEquals(options.status, 204);
    assertEquals(options.headers.get("allow"), "GET, HEAD, OPTIONS");
    assertEquals(options.headers.get("access-control-allow-origin"), "*");

    for (
      const path of ["/nothing", "/live.gif/", "/..%2f", "//", "/toString"]
    ) {
      const missing = await fetch(base + path);
      assertEquals(missing.status, 404, path);
      assertMatch(await missing.text(), /^Nothing is served here.*live\.gif/);
    }

    const post = await fetch(`${base}/live.gif`, { method: "POST", body: "x" });
    assertEquals(post.status, 405);
    assertEquals(post.headers.get("allow"), "GET, HEAD, OPTIONS");
    assertMatch(await post.text(), /takes GET, HEAD, OPTIONS, not POST/);
  }));

Deno.test("createHandler() turns viewers away when all places are taken", () =>
  withServer(async (base) => {
    const first = await fetch(`${base}/live.gif`);
    const second = await fetch(`${base}/live.gif`);
    assertEquals(second.status, 503);
    assertMatch(second.headers.get("retry-after")!, /^\d+$/);
    assertMatch(await second.text(), /All places are taken/);
    await first.body?.cancel();
  }, new Channel({ maxSubscribers: 1 })));

Deno.test("createHandler() reports its own mistakes and goes on", async () => {
  const channel = new Channel();
  channel.close();
  const errors: unknown[] = [];
  const handler = createHandler(channel, { onError: (e) => errors.push(e) });
  const response = handler(new Request("http://localhost/live.gif"));
  assertEquals(response.status, 500);
  await response.text();
  assertEquals(errors.length, 1);
});
