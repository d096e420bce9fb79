import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import {
  HttpClient,
  HttpClientError,
} from "../../../src/source/http/http_client.ts";
import { RawServer } from "../../support/http/odd_camera.ts";
import { run } from "../../support/program/ffmpeg.ts";
import { requireTool } from "../../support/require.ts";

type Handler = (request: Request) => Response | Promise<Response>;

/** A server of HTTP on loopback. */
class Server implements AsyncDisposable {
  readonly requests: { headers: Headers }[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(handler: Handler) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        this.requests.push({ headers: new Headers(request.headers) });
        return handler(request);
      },
    );
  }

  get port(): number {
    return this.#server.addr.port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

const never = () => new AbortController().signal;

async function textOf(client: HttpClient): Promise<string> {
  const answer = await client.get(never());
  const text = await new Response(answer.body).text();
  answer.close();
  return text;
}

/** The address with a user and a password. */
function withLogin(address: string, login = "me:p%40ss%2F%22%C3%A9"): string {
  return address.replace("://", `://${login}@`);
}

const PASSWORD = 'p@ss/"é';

function hex(algorithm: string, ...words: string[]): string {
  return createHash(algorithm).update(words.join(":")).digest("hex");
}

/** Checks `Authorization` as a camera does; undefined: it is right. */
function digestProblem(
  request: Request,
  { algorithm, qop, nonce }: {
    algorithm: string;
    qop: string;
    nonce: string;
  },
): string | undefined {
  const header = request.headers.get("authorization") ?? "";
  const field = (name: string) =>
    new RegExp(`[ ,]${name}="?((?:[^",\\\\]|\\\\.)*)`).exec(header)?.[1] ?? "";
  const hash = algorithm.startsWith("SHA") ? "sha256" : "md5";
  let key = hex(hash, "me", "A, camera", PASSWORD);
  if (algorithm.endsWith("-sess")) {
    key = hex(hash, key, nonce, field("cnonce"));
  }
  const { pathname, search } = new URL(request.url);
  const asked = hex(hash, "GET", pathname + search);
  const expected = qop === ""
    ? hex(hash, key, nonce, asked)
    : hex(hash, key, nonce, field("nc"), field("cnonce"), "auth", asked);
  if (field("nonce") !== nonce) return "nonce";
  if (field("uri") !== pathname + search) return "uri";
  return field("response") === expected ? undefined : "response";
}

Deno.test("HttpClient answers Basic, and sends nothing before it is asked", async () => {
  await using server = new Server((request) =>
    request.headers.has("authorization")
      ? new Response("picture")
      : new Response("no", {
        status: 401,
        headers: { "www-authenticate": 'Basic realm="cam"' },
      })
  );
  const client = new HttpClient(withLogin(server.address));
  assertEquals(await textOf(client), "picture");
  assertEquals(await textOf(client), "picture");
  const sent = server.requests.map(({ headers }) =>
    headers.get("authorization")
  );
  const basic = `Basic ${
    new TextEncoder().encode(`me:${PASSWORD}`).toBase64()
  }`;
  assertEquals(sent, [null, basic, basic]);
});

for (
  const [algorithm, qop] of [
    ["MD5", ""],
    ["MD5", 'qop="auth,auth-int"'],
    ["MD5-sess", 'qop="auth"'],
    ["SHA-256", "qop=auth"],
  ]
) {
  Deno.test(`HttpClient answers Digest by ${algorithm}, ${qop || "of old"}`, async () => {
    let nonce = "first";
    const ask = () =>
      new Response("no", {
        status: 401,
        headers: {
          "www-authenticate": 'Basic realm="x", Digest realm="A, camera", ' +
            `nonce="${nonce}", opaque="o", algorithm=${algorithm}` +
            (qop === "" ? "" : `, ${qop}`),
        },
      });
    await using server = new Server((request) =>
      digestProblem(request, { algorithm, qop, nonce }) === undefined
        ? new Response("picture")
        : ask()
    );
    const address = `${server.address}cgi?a=b&c`;
    const client = new HttpClient(withLogin(address));
    assertEquals(await textOf(client), "picture");
    assertEquals(await textOf(client), "picture");
    assertEquals(server.requests.length, 3, "the nonce is used again");
    nonce = "second";
    assertEquals(await textOf(client), "picture");
    const wrong = new HttpClient(withLogin(address, "me:wrong"));
    const error = await assertRejects(() => textOf(wrong), HttpClientError);
    assertStringIncludes(error.message, "it refuses the user or the password");
    if (!requireTool("curl")) return;
    // The test's own arithmetic is right.
    const login = ["--user", `me:${PASSWORD}`];
    const text = await run("curl", ["-s", "--digest", ...login, address]);
    assertEquals(new TextDecoder().decode(text), "picture");
  });
}

Deno.test("HttpClient sends a password to no other server", async () => {
  const asks = { "www-authenticate": 'Basic realm="evil"' };
  await using other = new Server(() =>
    new Response("no", { status: 401, headers: asks })
  );
  let location = other.address;
  await using server = new Server(({ url }) => {
    const to = new URL(url).pathname === "/" ? "/again" : location;
    return new Response(null, { status: 302, headers: { location: to } });
  });
  const client = new HttpClient(withLogin(server.address));
  const error = await assertRejects(() => textOf(client), HttpClientError);
  assertStringIncludes(error.message, "it answers 401");
  location = withLogin(other.address, "planted:word");
  await assertRejects(() => textOf(client), HttpClientError);
  const sent = [...server.requests, ...other.requests]
    .filter(({ headers }) => headers.has("authorization"));
  assertEquals(sent, []);
});

Deno.test("HttpClient follows few redirects, and only to HTTP", async () => {
  let location = "/";
  await using server = new Server(() =>
    new Response(null, { status: 307, headers: { location } })
  );
  const client = new HttpClient(server.address);
  const messages: string[] = [];
  for (location of ["/", "rtsp://127.0.0.1/", "http://"]) {
    const error = await assertRejects(() => textOf(client), HttpClientError);
    messages.push(error.message);
  }
  assertEquals(messages, [
    "it redirects more than 5 times",
    "it redirects to rtsp:: expected http: or https:",
    "it redirects, but does not say where to",
  ]);
});

Deno.test("HttpClient unpacks what a server packs unasked", async () => {
  await using server = new Server(({ url }) => {
    const format = new URL(url).pathname.slice(1);
    const packed = new Blob(["picture"]).stream()
      .pipeThrough(new CompressionStream(format as CompressionFormat));
    return new Response(packed, { headers: { "content-encoding": format } });
  });
  for (const format of ["gzip", "deflate"]) {
    const client = new HttpClient(server.address + format);
    assertEquals(await textOf(client), "picture");
  }
  assertEquals(
    server.requests.map(({ headers }) => headers.get("accept-encoding")),
    ["identity", "identity"],
  );
});

Deno.test("HttpClient asks with validators", async () => {
  await using server = new Server(({ headers }) =>
    headers.get("if-none-match") === '"1"'
      ? new Response(null, { status: 304 })
      : new Response("picture", { headers: { etag: '"1"' } })
  );
  const client = new HttpClient(server.address);
  const first = await client.get(never());
  assertEquals([first.isUnchanged, first.length], [false, 7]);
  await first.body.cancel();
  first.close();
  const second = await client.get(never(), first.validators);
  assertEquals(second.isUnchanged, true);
  second.close();
});

Deno.test("HttpClient tells odd HTTP, which ffmpeg may read, from no answer", async () => {
  const odd = [
    "ICY 200 OK\r\nContent-Type: image/jpeg\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent Type: image/jpeg\r\n\r\n",
    "\xff\xd8\xff",
  ];
  for (const head of odd) {
    await using server = new RawServer((call) => call.send(head));
    const client = new HttpClient(server.address);
    const error = await assertRejects(() => textOf(client), HttpClientError);
    assertEquals(error.isOdd, true, head);
  }
  let address: string;
  {
    await using server = new RawServer(() => Promise.resolve());
    address = server.address;
    const client = new HttpClient(address);
    const error = await assertRejects(() => textOf(client), HttpClientError);
    assertEquals(error.isOdd, false);
  }
  const client = new HttpClient(address);
  const error = await assertRejects(() => textOf(client), HttpClientError);
  assertEquals(error.message, "tcp connect error: Connection refused");
});

Deno.test("HttpClient ends by its signal", async () => {
  const came = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  await using server = new RawServer(() => {
    came.resolve();
    return left.promise;
  });
  const stop = new AbortController();
  const getting = new HttpClient(server.address).get(stop.signal);
  await came.promise;
  stop.abort();
  await assertRejects(() => getting);
  left.resolve();
});
