import { assert, assertEquals, assertMatch } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { serveByDeno } from "../../src/http/deno/deno_server.ts";
import { serveByNode } from "../../src/http/node/node_server.ts";
import type { HandlerOptions } from "../../src/http/routing/handler_options.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { publishGif } from "../support/publish_gif.ts";

const GIF = bytes(
  header(400, 300),
  image({ width: 400, height: 300, indices: new Uint8Array(120_000) }),
  TRAILER,
);

const SERVERS = { serveByDeno, serveByNode };

/** Whoever comes by a proxy from another address. */
const OTHERS = { headers: { "x-forwarded-for": "192.0.2.7" } };

function sharesTest(
  name: string,
  use: (base: string) => Promise<void>,
  options: HandlerOptions = {},
): void {
  for (const [symbol, serve] of Object.entries(SERVERS)) {
    Deno.test(`${symbol}() ${name}`, async () => {
      const channel = new Channel();
      publishGif(channel, GIF.slice());
      const server = await serve(channel, {
        trustProxy: true,
        ...options,
        port: 0,
      });
      try {
        await use(`http://127.0.0.1:${server.addr.port}`);
      } finally {
        channel.close();
        await server.shutdown();
      }
    });
  }
}

/** The statuses of answers, whose bodies are let go. */
async function statusesOf(answers: Promise<Response>[]): Promise<number[]> {
  const all = await Promise.all(answers);
  await Promise.all(all.map(({ body }) => body?.cancel()));
  return all.map(({ status }) => status);
}

sharesTest(
  "keeps listeners of one address from taking all places",
  async (base) => {
    const url = `${base}/api/events`;
    const open = await Promise.all(
      Array.from({ length: 60 }, () => fetch(url)),
    );
    const refused = open.filter(({ status }) => status === 429);
    assertEquals(refused.length, 10);
    assertMatch(refused[0].headers.get("retry-after")!, /^\d+$/);
    assertMatch(await refused[0].text(), /from your address/);
    assertEquals(await statusesOf([fetch(url, OTHERS)]), [200]);
    await Promise.all(open.map(({ body }) => body?.cancel().catch(() => {})));
    // Who has left makes room.
    for (;;) {
      const [status] = await statusesOf([fetch(url)]);
      if (status === 200) break;
    }
  },
);

sharesTest(
  "keeps snapshots from being starved by forms of others",
  async (base) => {
    let width = 0;
    const fetchForms = () =>
      Array.from(
        { length: 60 },
        () => fetch(`${base}/live/snapshot.png?width=${16 + width++}`),
      );
    const forms = statusesOf(fetchForms());
    const plain = Array.from(
      { length: 10 },
      () => fetch(`${base}/live/snapshot.png`),
    );
    assertEquals(await statusesOf(plain), Array(10).fill(200));
    const others = fetch(`${base}/live/snapshot.png?width=9`, OTHERS);
    assertEquals(await statusesOf([others]), [200]);
    const statuses = await forms;
    assert(statuses.includes(200) && statuses.includes(429), `${statuses}`);
  },
);

sharesTest("lets one address have so many viewers", async (base) => {
  const url = `${base}/live.gif`;
  const open = [await fetch(url), await fetch(url)];
  assertEquals(await statusesOf([fetch(url)]), [429]);
  assertEquals(await statusesOf([fetch(url, OTHERS)]), [200]);
  await Promise.all(open.map(({ body }) => body?.cancel()));
  for (;;) {
    const [status] = await statusesOf([fetch(url)]);
    if (status === 200) break;
  }
}, { maxAddressViewers: 2 });

sharesTest("refuses names that lead here by a trick", async (base) => {
  const asked = async (host: string, headers: Record<string, string> = {}) => {
    const { port } = new URL(base);
    using connection = await Deno.connect({ port: Number(port) });
    const lines = Object.entries({ host, connection: "close", ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`);
    const request = `GET /live/ws HTTP/1.1\r\n${lines.join("")}\r\n`;
    await connection.write(new TextEncoder().encode(request));
    const buffer = new Uint8Array(1024);
    const length = await connection.read(buffer) ?? 0;
    const text = new TextDecoder().decode(buffer.subarray(0, length));
    return Number(text.match(/^HTTP\/1\.1 (\d+)/)?.[1]);
  };
  const upgrade = (origin: string) => ({
    origin,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  });
  assertEquals(
    await asked("evil.example", upgrade("http://evil.example")),
    403,
  );
  const { host } = new URL(base);
  assertEquals(await asked(host, upgrade(base)), 101);
  assertEquals(await asked(host, upgrade("https://mine.example")), 101);
}, {
  trustProxy: false,
  viewing: { allowOrigin: ["https://mine.example"] },
});

sharesTest("goes by names that are allowed only", async (base) => {
  const asked = (host: string) =>
    fetch(`${base}/healthz`, { headers: { "x-forwarded-host": host } });
  assertEquals(
    await statusesOf([asked("cams.example.org"), asked("evil.example")]),
    [200, 421],
  );
  assertEquals(await statusesOf([fetch(`${base}/healthz`)]), [200]);
}, { viewing: { allowHost: ["cams.example.org"] } });
