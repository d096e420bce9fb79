import { assert, assertEquals, assertMatch } from "@std/assert";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { makeCertificate } from "../support/http/certificate.ts";
import { Nginx } from "../support/http/nginx.ts";
import { documentedLines } from "../support/http/proxies.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

const curlIsThere = requireTool("curl");
const needsCurl = { ignore: !curlIsThere };
const needsOpenssl = { ignore: !requireTool("openssl") || !curlIsThere };
const needsNginx = {
  ignore: !requireTool("nginx") || !requireTool("ffmpeg"),
};

async function run(program: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args })
    .output();
  const decoder = new TextDecoder();
  assertEquals(code, 0, decoder.decode(stderr));
  return decoder.decode(stdout);
}

/** Curl's answer: what it prints, and the last line as it is told to. */
function curl(args: string[], format: string): Promise<string> {
  return run("curl", ["-s", "-w", format, ...args]);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test({
  name: "gifstream serves HTTP/2 with a certificate",
  ...needsOpenssl,
  fn: () =>
    withFolder(async (folder) => {
      const { cert, key } = await makeCertificate(folder, "127.0.0.1");
      await using program = new Program({
        args: ["test:", "--port", "0", "--cert", cert, "--key", key],
      });
      const [, address] = await program.waitFor(/Watch at (https:\S+)\//);
      const args = ["--cacert", cert, `${address}/api/channels`];
      const format = "\n%{http_version} %{http_code}";
      assertMatch(await curl(args, format), /"channels".*\n2 200$/);
      const old = await curl(["--http1.1", ...args], format);
      assertMatch(old, /"channels".*\n1\.1 200$/);
      const caCerts = [await Deno.readTextFile(cert)];
      using client = Deno.createHttpClient({ caCerts });
      const response = await fetch(`${address}/live.gif`, { client });
      assertEquals(await countFrames(response, 3), 3);
      const html = { headers: { accept: "text/html" }, client };
      await (await fetch(address, html)).text();
      assertEquals(await program.stop(), 0);
    }),
});

Deno.test("gifstream says what is wrong with a certificate", () =>
  withFolder(async (folder) => {
    const key = `${folder}/key.pem`;
    await Deno.writeTextFile(key, "no key\n");
    const none = `${folder}/none.pem`;
    for (
      const [cert, why] of [[key, "Cannot use the cert"], [none, "Cannot re"]]
    ) {
      await using program = new Program({
        args: ["test:", "--port", "0", "--cert", cert, "--key", key],
      });
      assertEquals(await program.exitCode(), 1);
      assertMatch(program.errorText, new RegExp(`^error: ${why}.*${cert}`));
      assert(!program.errorText.includes("    at "), program.errorText);
    }
  }));

for (const server of ["deno", "node"]) {
  Deno.test({
    name:
      `gifstream --server ${server} listens on a Unix socket, and cleans up`,
    ...needsCurl,
    fn: () => withFolder((folder) => checkSocket(folder, server)),
  });
}

async function checkSocket(folder: string, server: string): Promise<void> {
  const path = `${folder}/socket`;
  const args = ["test:", "--socket", path, "--server", server];
  const ask = () =>
    curl(["--unix-socket", path, "http://x/api/channels"], "%{http_code}");
  await using killed = new Program({ args });
  await killed.waitFor(/Listening on the Unix socket/);
  await using second = new Program({ args });
  assertEquals(await second.exitCode(), 1);
  assertMatch(second.errorText, /another program listens on it/);
  assertMatch(await ask(), /"channels".*200$/);
  await killed.stop("SIGKILL");
  assert(await exists(path));
  await using next = new Program({ args });
  await next.waitFor(/Listening on the Unix socket/);
  assertMatch(await ask(), /"channels".*200$/);
  const stream = new Deno.Command("curl", {
    args: ["-sN", "--unix-socket", path, "http://x/live.gif"],
    stdout: "piped",
  }).spawn();
  const live = new Response(stream.stdout);
  assertEquals(await countFrames(live, 3), 3);
  await stream.status;
  assertEquals(await next.stop(), 0);
  assert(!await exists(path));
  await Deno.writeTextFile(path, "precious");
  await using third = new Program({ args });
  assertEquals(await third.exitCode(), 1);
  assertMatch(third.errorText, /a file that is not a socket is in its place/);
  assertEquals(await Deno.readTextFile(path), "precious");
}

Deno.test("gifstream reads its secrets, and gives them away to nobody", () =>
  withFolder(async (folder) => {
    const viewer = `${folder}/viewer`, basic = `${folder}/basic`;
    await Deno.writeTextFile(viewer, "watch me\n");
    await Deno.writeTextFile(basic, "anna:p:w\r\n");
    await using program = new Program({
      args: [
        ...["ingest:", "--port", "0", "--viewer-token-file", viewer],
        ...["--viewer-basic-file", basic],
      ],
      env: { GIFSTREAM_TOKEN: "send", GIFSTREAM_VIEWER_TOKEN: "unused" },
    });
    const address = await program.address();
    const status = async (init: RequestInit, path = "/api/channels") => {
      const response = await fetch(address + path, init);
      await response.body?.cancel();
      return response.status;
    };
    const by = (authorization: string) => ({ headers: { authorization } });
    assertEquals(await status(by("Bearer watch me")), 200);
    assertEquals(await status(by(`Basic ${btoa("anna:p:w")}`)), 200);
    assertEquals(await status(by("Bearer unused")), 401);
    assertEquals(await status({}), 401);
    const send = { method: "POST", body: "x" };
    const frames = "/live/frames";
    assertEquals(await status({ ...send, ...by("Bearer send") }, frames), 415);
    assertEquals(await status({ ...send, ...by("Bearer x") }, frames), 401);
    assertEquals(await program.stop(), 0);
    assert(!/watch me|p:w|send\b/.test(program.errorText), program.errorText);
  }));

Deno.test("gifstream says which secret is missing", () =>
  withFolder(async (folder) => {
    const empty = `${folder}/empty`;
    await Deno.writeTextFile(empty, "\n");
    const cases: [string[], number, RegExp][] = [
      [
        ["ingest:"],
        2,
        /expected a token for senders, found none; put one into .* GIFSTREAM_TOKEN/,
      ],
      [["--ingest"], 2, /--ingest-token-file/],
      [["test:", "--ingest-token-file", empty], 1, /its first line is empty/],
      [["test:", "--viewer-basic-file", empty], 1, /its first line is empty/],
      [
        ["test:", "--viewer-token-file", `${folder}/no`],
        1,
        /Cannot read .*no:/,
      ],
    ];
    for (const [args, code, message] of cases) {
      await using program = new Program({ args: [...args, "--port", "0"] });
      assertEquals(await program.exitCode(), code, program.errorText);
      assertMatch(program.errorText, message);
    }
  }));

Deno.test("gifstream says how it is made to take frames", async () => {
  await using program = new Program({ args: ["test:", "--port", "0"] });
  const address = await program.address();
  const response = await fetch(`${address}/test/frames`, { method: "POST" });
  assertEquals(response.status, 403);
  assertMatch(await response.text(), /GIFSTREAM_TOKEN.*--ingest-token-file/);
  assertEquals(await program.stop(), 0);
});

/** Reads so many frames of an endless GIF, and hangs up. */
async function countFrames(
  response: Response,
  enough: number,
): Promise<number> {
  const reader = new FrameReader();
  let frames = 0;
  for await (const chunk of response.body!) {
    reader.push(chunk.slice());
    while (reader.next() !== undefined) frames++;
    if (frames >= enough) break;
  }
  return frames;
}

Deno.test({
  name: "gifstream is live behind nginx, in both directions",
  ...needsNginx,
  fn: () =>
    withFolder(async (folder) => {
      const socket = `${folder}/socket`;
      await using program = new Program({
        args: ["--ingest", "--socket", socket, "--viewer-token", "watch"],
        env: { GIFSTREAM_TOKEN: "send" },
      });
      await program.waitFor(/Listening on/);
      const server = (await documentedLines("nginx"))
        .replace("/run/gifstream/socket", socket);
      await using nginx = await Nginx.start(folder, server);
      const base = `${nginx.address}/cams`;
      const ffmpeg = sendVideo(`${base}/door/frames`, "send");
      await program.waitFor(/Channel door begins/);
      const known = { headers: { authorization: "Bearer watch" } };
      const live = await fetch(`${base}/door.gif?token=watch`);
      assertEquals(await countFrames(live, 5), 5);
      const document = await fetch(`${base}/openapi.json`, known);
      const { servers } = await document.json();
      assertEquals(servers, [{ url: base }]);
      const page = await fetch(`${base}/?token=watch`, {
        headers: { accept: "text/html" },
      });
      assertMatch(await page.text(), /<html/);
      assertMatch(page.headers.get("set-cookie")!, /; Path=\/cams\/; /);
      ffmpeg.kill("SIGINT");
      await ffmpeg.status;
      assertEquals(await program.stop(), 0);
    }),
});

Deno.test({
  name: "gifstream is live behind nginx, by sockets and with a base path",
  ...needsNginx,
  fn: () =>
    withFolder(async (folder) => {
      await using program = new Program({
        args: [
          ...["--ingest", "--port", "0", "--server", "node"],
          ...["--base-path", "/cams", "--trust-proxy"],
        ],
        env: { GIFSTREAM_TOKEN: "send" },
      });
      const [, address] = await program.waitFor(/Watch at (\S+)\/cams\//);
      const server = (await documentedLines("nginx"))
        .replace("http://unix:/run/gifstream/socket:/", address)
        .replace(/^.*X-Forwarded-Prefix.*$/m, "");
      await using nginx = await Nginx.start(folder, server);
      const base = `${nginx.address}/cams`;
      const ffmpeg = sendVideo(`${base}/door/frames`, "send");
      await program.waitFor(/Channel door begins/);
      assertEquals(await countFrames(await fetch(`${base}/door.gif`), 5), 5);
      const document = await fetch(`${base}/openapi.json`);
      assertEquals((await document.json()).servers, [{ url: base }]);
      ffmpeg.kill("SIGINT");
      await ffmpeg.status;
      assertEquals(await program.stop(), 0);
    }),
});

/** Sends a video without end, as docs/operation.md has it. */
function sendVideo(address: string, token: string): Deno.ChildProcess {
  const args = "-v error -re -f lavfi -i testsrc=size=64x48:rate=10 -f mjpeg";
  return new Deno.Command("ffmpeg", {
    args: [
      ...args.split(" "),
      ...["-method", "PUT", "-headers", `Authorization: Bearer ${token}`],
      address,
    ],
    stdin: "null",
  }).spawn();
}
