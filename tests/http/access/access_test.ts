import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { createHandler } from "../../../src/http/handler.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../support/http/both_servers.ts";
import { publishGif } from "../../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);
const TOKEN = "let me/in";
const BASIC = { user: "anna", password: "p:ä" };
const VIEWING = { token: TOKEN, basic: BASIC };

/** Paths of what only viewers may have, whether it is there or not. */
const PATHS = [
  "/",
  "/live",
  "/live.gif",
  "/live.mjpeg",
  "/live/ws",
  "/live/snapshot.gif",
  "/snapshot.gif",
  "/stream",
  "/api/channels",
  "/api/events",
  "/metrics",
  "/openapi.json",
  "/none.gif",
  "/nothing/at/all",
];

function basic(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** The status, and the whole text of a sentence. */
async function ask(
  address: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(address, { headers, ...init });
  const isText = response.headers.get("content-type")?.startsWith("text/plain");
  const text = isText ? await response.text() : "";
  if (!isText) await response.body?.cancel();
  return { status: response.status, headers: response.headers, text };
}

testBothServers("lets nobody in who does not show a token", async (base) => {
  const wrong: Record<string, string>[] = [
    {},
    { authorization: "Bearer let me/inn" },
    { authorization: "Bearer" },
    { authorization: basic("anna", "p:a") },
    { authorization: basic("ann", "p:ä") },
    { authorization: "Basic %%%" },
    { authorization: basic("anna", "p:ä").replace("Basic", "Bearer") },
    { cookie: "gifstream_00000000=let%20me%2Fin; token=let me/in" },
  ];
  for (const path of PATHS) {
    for (const headers of wrong) {
      const answer = await ask(base + path, headers);
      assertEquals(answer.status, 401, path);
      assertEquals(
        answer.headers.get("www-authenticate"),
        'Basic realm="gifstream", charset="UTF-8", Bearer realm="gifstream"',
      );
      assertMatch(
        answer.text,
        /^Only those may watch who send .*\?token=TOKEN.*password\.\n$/,
      );
    }
    assertEquals((await ask(`${base}${path}?token=let+me`)).status, 401);
  }
}, { viewing: VIEWING });

testBothServers(
  "lets in who shows the token, or knows the password",
  async (base, channels) => {
    publishGif(channels.first!, GIF.slice());
    const path = `${base}/live.gif`;
    const ways: [string, Record<string, string>][] = [
      [path, { authorization: `Bearer ${TOKEN}` }],
      [path, { authorization: `bearer  ${TOKEN}` }],
      [path, { authorization: basic("anna", "p:ä") }],
      [`${path}?token=${encodeURIComponent(TOKEN)}`, {}],
    ];
    for (const [address, headers] of ways) {
      const { status, headers: got } = await ask(address, headers);
      assertEquals(status, 200);
      assertEquals(got.get("set-cookie"), null);
    }
    const { status, text } = await ask(`${base}/none.gif`, {
      authorization: `Bearer ${TOKEN}`,
    });
    assertEquals(status, 404);
    assertMatch(text, /There is no channel none/);
  },
  { viewing: VIEWING, workers: true },
);

testBothServers("lets the page's own requests in", async (base, channels) => {
  publishGif(channels.first!, GIF.slice());
  const address = `${base}/cams/?token=${encodeURIComponent(TOKEN)}`;
  const page = await ask(address, { accept: "text/html" });
  assertEquals(page.status, 200);
  const [cookie, ...attributes] = page.headers.get("set-cookie")!.split("; ");
  assertEquals(attributes, ["Path=/cams/", "HttpOnly", "SameSite=Strict"]);
  const headers = { cookie: `other=1; ${cookie}` };
  assertEquals((await ask(`${base}/cams/live.gif`, headers)).status, 200);
  assertEquals((await ask(`${base}/cams/api/channels`, headers)).status, 200);
  const broken = { cookie: cookie.replace("%", "%%") };
  assertEquals((await ask(`${base}/cams/live.gif`, broken)).status, 401);
}, { viewing: VIEWING, basePath: "cams" });

testBothServers("repeats no token where it leads on", async (base) => {
  const token = encodeURIComponent(TOKEN);
  const accept = { accept: "text/html" };
  for (
    const [from, to] of [["/cams", "cams/"], ["/cams/live/", "../live"]]
  ) {
    const moved = await ask(`${base}${from}?a=1&token=${token}`, accept, {
      redirect: "manual",
    });
    assertEquals(moved.status, 308);
    assertEquals(moved.headers.get("location"), `${to}?a=1`);
    const [cookie, ...attributes] = moved.headers.get("set-cookie")!
      .split("; ");
    // A link of another page leads here, too, and from here on.
    assertEquals(attributes, ["Path=/cams/", "HttpOnly", "SameSite=Lax"]);
    const page = await ask(new URL(to, base + from).href, {
      ...accept,
      cookie,
    });
    assertEquals(page.status, 200);
    const wrong = await ask(`${base}${from}?token=no`, accept, {
      redirect: "manual",
    });
    assertEquals(wrong.status, 401);
    assertEquals(wrong.headers.get("set-cookie"), null);
  }
}, { viewing: VIEWING, basePath: "cams" });

testBothServers("keeps its cookie from other ways", async (base) => {
  const address = `${base}/live?token=${encodeURIComponent(TOKEN)}`;
  const { headers } = await ask(address, {
    accept: "text/html",
    "x-forwarded-proto": "https",
  });
  assertMatch(headers.get("set-cookie")!, /HttpOnly; SameSite=Strict; Secure$/);
}, { viewing: VIEWING, trustProxy: true });

testBothServers("keeps pictures out of caches of many", async (base, all) => {
  publishGif(all.first!, GIF.slice());
  const headers = { authorization: `Bearer ${TOKEN}` };
  for (
    const path of [
      ...["/live.gif", "/live.gif?finite", "/live/snapshot.png", "/live"],
      ...["/live/clip.gif", "/live.mjpeg", "/api/channels", "/metrics"],
    ]
  ) {
    const { status, headers: got } = await ask(base + path, {
      ...headers,
      accept: path === "/live" ? "text/html" : "*/*",
    });
    assertEquals(status, 200, path);
    assertMatch(got.get("cache-control")!, /private|no-store/, path);
  }
}, { viewing: VIEWING });

testBothServers("tells no other site where its pages are", async (base) => {
  const { headers } = await ask(`${base}/live`, { accept: "text/html" });
  assertEquals(headers.get("referrer-policy"), "no-referrer");
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assertMatch(headers.get("content-security-policy")!, /default-src 'none'/);
  // Without TLS that would have no meaning.
  assertEquals(headers.get("strict-transport-security"), null);
});

testBothServers("takes no orders of other sites", async (base) => {
  const page = await ask(`${base}/live?token=${encodeURIComponent(TOKEN)}`, {
    accept: "text/html",
  });
  const cookie = page.headers.get("set-cookie")!.split(";")[0];
  const origin = "https://evil.example";
  // Nothing is changed by GET, and frames take a token of their own.
  const sent = await ask(`${base}/live/frames`, { cookie, origin }, {
    method: "POST",
    body: GIF.slice(),
  });
  assertEquals(sent.status, 403);
  const read = await ask(`${base}/api/channels`, { cookie, origin });
  assert([null, "https://mine.example"].includes(
    read.headers.get("access-control-allow-origin"),
  ));
}, { viewing: { ...VIEWING, allowOrigin: ["https://mine.example"] } });

testBothServers("keeps its health open, and its preflights", async (base) => {
  assertEquals((await ask(`${base}/healthz`)).status, 200);
  assertEquals((await ask(`${base}/readyz`)).status, 503);
  const options = await ask(`${base}/live.gif`, {}, { method: "OPTIONS" });
  assertEquals(options.status, 204);
  assertMatch(
    options.headers.get("access-control-allow-headers")!,
    /authorization/,
  );
  const post = await ask(`${base}/live/frames`, {}, { method: "POST" });
  assertEquals(post.status, 403);
}, { viewing: VIEWING });

testBothServers("lets pages of some origins read", async (base, channels) => {
  publishGif(channels.first!, GIF.slice());
  const allowed = { origin: "https://a.example" };
  const other = { origin: "https://b.example" };
  for (const path of ["/live.gif", "/api/channels", "/snapshot.gif", "/no"]) {
    const yes = await ask(base + path, allowed);
    const header = "access-control-allow-origin";
    assertEquals(yes.headers.get(header), allowed.origin);
    assertMatch(yes.headers.get("vary")!, /\borigin\b/);
    const no = await ask(base + path, other);
    assertEquals(no.headers.get(header), null);
    assertMatch(no.headers.get("vary")!, /\borigin\b/);
  }
  const events = { accept: "text/event-stream" };
  const address = `${base}/api/events`;
  assertEquals((await ask(address, { ...events, ...allowed })).status, 200);
  assertEquals((await ask(address, { ...events, origin: base })).status, 200);
  assertEquals((await ask(address, events)).status, 200);
  const refused = await ask(address, { ...events, ...other });
  assertEquals(refused.status, 403);
  assertMatch(refused.text, /Pages of this origin may not use this address/);
}, { viewing: { allowOrigin: ["https://a.example"] } });

testBothServers(
  "lets no other page open sockets with a browser's password",
  async (base) => {
    const known = { authorization: basic("anna", "p:ä") };
    const events = { accept: "text/event-stream", origin: "https://b.example" };
    const address = `${base}/api/events`;
    assertEquals((await ask(address, { ...events, ...known })).status, 403);
    const token = `${address}?token=${encodeURIComponent(TOKEN)}`;
    assertEquals((await ask(token, events)).status, 200);
  },
  { viewing: VIEWING },
);

testBothServers("serves all below a base path", async (base, channels) => {
  publishGif(channels.first!, GIF.slice());
  const moved = await fetch(`${base}/my/cams?a=1`, { redirect: "manual" });
  await moved.body?.cancel();
  assertEquals(moved.status, 308);
  assertEquals(moved.headers.get("location"), "cams/?a=1");
  const { status } = await ask(`${base}/my/cams?a=1`);
  assertEquals(status, 200);
  for (const path of ["/live.gif", "/live", "/api/channels", "/healthz"]) {
    assertEquals((await ask(`${base}/my/cams${path}`)).status, 200, path);
    const outside = await ask(base + path);
    assertEquals(outside.status, 404);
    assertMatch(outside.text, /What there is begins with \/my\/cams\/\.\n$/);
  }
}, { basePath: "/my/cams/" });

Deno.test("createHandler() refuses options that let nobody in, or all", () => {
  const cases = [
    { viewing: { token: "" } },
    { viewing: { basic: { user: "a:b", password: "c" } } },
    { viewing: { basic: { user: "a", password: "" } } },
    { viewing: { allowOrigin: ["example.org"] } },
    { viewing: { allowOrigin: ["https://example.org/path"] } },
    { basePath: "/a b" },
    { basePath: "//" },
  ];
  for (const options of cases) {
    assertThrows(
      () => createHandler(new Channel(), options),
      RangeError,
      "Cannot",
    );
  }
  assert(createHandler(new Channel(), { basePath: "/" }));
});

/** The status of the answer to who asks for a WebSocket. */
async function askForSocket(
  base: string,
  path: string,
  headers: Record<string, string>,
): Promise<string> {
  const { hostname, port } = new URL(base);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const fields = {
    Host: `${hostname}:${port}`,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, it]) => `${name}: ${it}`);
  await connection.write(
    bytes(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`),
  );
  const buffer = new Uint8Array(1000);
  const length = await connection.read(buffer) ?? 0;
  return new TextDecoder().decode(buffer.subarray(0, length)).slice(9, 12);
}

testBothServers("guards WebSockets as all else", async (base) => {
  const token = `?token=${encodeURIComponent(TOKEN)}`;
  const foreign = { Origin: "https://b.example" };
  const known = { Authorization: basic("anna", "p:ä") };
  const cases: [string, Record<string, string>, string][] = [
    ["", {}, "401"],
    ["", { Authorization: "Bearer x" }, "401"],
    [token, {}, "101"],
    [token, foreign, "101"],
    ["", known, "101"],
    ["", { ...known, Origin: base }, "101"],
    ["", { ...known, ...foreign }, "403"],
  ];
  for (const [query, headers, status] of cases) {
    const found = await askForSocket(base, `/live/ws${query}`, headers);
    assertEquals(found, status, `${query} ${JSON.stringify(headers)}`);
  }
}, { viewing: VIEWING });

testBothServers("lets pages of some origins open sockets", async (base) => {
  const ask = (origin: string) =>
    askForSocket(base, "/live/ws", { Origin: origin });
  assertEquals(await ask("https://a.example"), "101");
  assertEquals(await ask("https://b.example"), "403");
  assertEquals(await ask(base), "101");
}, { viewing: { allowOrigin: ["https://a.example"] }, workers: true });
