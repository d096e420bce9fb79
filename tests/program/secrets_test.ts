import { assert, assertEquals, assertMatch } from "@std/assert";
import deno from "../../deno.json" with { type: "json" };
import { withFolder } from "../support/folder/temporary_folder.ts";
import { Program, type ProgramOptions } from "../support/program/program.ts";

const NET = "--allow-net";
const BOTH = "--allow-env=GIFSTREAM_VIEWER_TOKEN,GIFSTREAM_TOKEN";
const ADVICE = "--allow-env='GIFSTREAM_*'";
const TOKEN = "watch-only-me";
const TEST_PATTERN = ["test:", "--port", "0"];

/** Runs the program to an end that it must come to by itself. */
async function failure(options: ProgramOptions): Promise<string> {
  await using program = new Program(options);
  const starts = await program.address().then(() => true, () => false);
  assert(!starts, "it starts");
  assertEquals(await program.exitCode(), 1, program.errorText);
  assertMatch(program.errorText, /^error: .*\n$/);
  return program.errorText;
}

/** The status of an answer to somebody who knows nothing, or a token. */
async function statusOf(program: Program, token?: string): Promise<number> {
  const headers: HeadersInit = token === undefined
    ? {}
    : { authorization: `Bearer ${token}` };
  const address = `${await program.address()}/api/channels`;
  const response = await fetch(address, { headers });
  await response.body?.cancel();
  return response.status;
}

Deno.test("gifstream reads secrets as any editor writes them", () =>
  withFolder(async (folder) => {
    const text = new TextEncoder(), path = `${folder}/token`;
    const wide = (text: string) =>
      new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);
    for (
      const bytes of [
        text.encode(`\ufeff${TOKEN}\r\n`),
        text.encode(`\n  ${TOKEN} \t\n# a comment\n`),
        text.encode(TOKEN),
        wide(`\ufeff${TOKEN}\r\n`),
      ]
    ) {
      await Deno.writeFile(path, bytes);
      const args = [...TEST_PATTERN, "--viewer-token-file", path];
      await using program = new Program({ args });
      assertEquals(await statusOf(program, TOKEN), 200);
      assertEquals(await statusOf(program), 401);
    }
  }));

Deno.test("gifstream does not start where it cannot look for the viewers' token", async () => {
  const permissions = [
    [NET],
    [NET, "--allow-env=HOME"],
    [NET, "--allow-env=GIFSTREAM_TOKEN"],
    [NET, "--deny-env"],
    [NET, "--allow-env", "--deny-env=GIFSTREAM_VIEWER_TOKEN"],
    [NET, "--ignore-env"],
    ["-A", "--ignore-env=GIFSTREAM_VIEWER_TOKEN"],
  ];
  for (const env of [{ GIFSTREAM_VIEWER_TOKEN: TOKEN }, undefined]) {
    for (const some of permissions) {
      const text = await failure({
        args: TEST_PATTERN,
        permissions: some,
        env,
      });
      assert(text.includes("GIFSTREAM_VIEWER_TOKEN"), text);
      assert(text.includes(ADVICE), text);
      assert(!text.includes(TOKEN), text);
    }
  }
});

Deno.test("gifstream starts where the viewers' token can be looked for", async () => {
  for (
    const allowed of [
      BOTH,
      "--allow-env=GIFSTREAM_VIEWER_TOKEN",
      "--allow-env=GIFSTREAM_*",
      "--allow-env",
    ]
  ) {
    await using open = new Program({
      args: TEST_PATTERN,
      permissions: [NET, allowed],
    });
    assertEquals(await statusOf(open), 200);
    await using closed = new Program({
      args: TEST_PATTERN,
      permissions: [NET, allowed],
      env: { GIFSTREAM_VIEWER_TOKEN: TOKEN },
    });
    assertEquals(await statusOf(closed), 401);
    assertEquals(await statusOf(closed, TOKEN), 200);
    assert(!closed.errorText.includes(TOKEN), closed.errorText);
  }
});

Deno.test("gifstream needs no environment where the command line says who may watch", () =>
  withFolder(async (folder) => {
    const file = `${folder}/token`;
    await Deno.writeTextFile(file, "anna:told\n");
    for (
      const who of [
        ["--viewer-token", "anna:told"],
        ["--viewer-token-file", file],
        ["--viewer-basic-file", file],
      ]
    ) {
      await using program = new Program({
        args: [...TEST_PATTERN, ...who],
        permissions: [NET, `--allow-read=${folder}`],
        env: { GIFSTREAM_VIEWER_TOKEN: TOKEN },
      });
      assertEquals(await statusOf(program), 401);
      assertEquals(await statusOf(program, TOKEN), 401);
    }
  }));

Deno.test("gifstream does not take an unusable viewers' token for none", async () => {
  const empty = await failure({
    args: TEST_PATTERN,
    env: { GIFSTREAM_VIEWER_TOKEN: "" },
  });
  assertMatch(empty, /GIFSTREAM_VIEWER_TOKEN: expected a token, found nothing/);
  // The program's own environment can hold only text.
  const command = `GIFSTREAM_VIEWER_TOKEN=$(printf '${TOKEN}\\377') exec "$@"`;
  const cli = new URL("../../cli.ts", import.meta.url).pathname;
  const run = [Deno.execPath(), "run", "-A", cli, ...TEST_PATTERN];
  const { code, stderr } = await new Deno.Command("sh", {
    args: ["-c", command, "sh", ...run],
  }).output();
  const text = new TextDecoder().decode(stderr);
  assertEquals(code, 1, text);
  assertMatch(
    text,
    /GIFSTREAM_VIEWER_TOKEN: expected UTF-8, found other bytes/,
  );
  assert(!text.includes(TOKEN), text);
});

Deno.test("gifstream looks for the senders' token if anybody may send", async () => {
  const viewers = ["--viewer-token", TOKEN, "--port", "0"];
  for (const input of ["ingest:", "--ingest"]) {
    const text = await failure({
      args: [input, ...viewers],
      permissions: [NET, "--allow-env=GIFSTREAM_VIEWER_TOKEN"],
      env: { GIFSTREAM_TOKEN: "send" },
    });
    assert(text.includes("GIFSTREAM_TOKEN "), text);
    assert(text.includes(ADVICE), text);
    const empty = await failure({
      args: [input, ...viewers],
      env: { GIFSTREAM_TOKEN: "" },
    });
    assertMatch(empty, /GIFSTREAM_TOKEN: expected a token, found nothing/);
  }
  await using program = new Program({
    args: ["test:", ...viewers],
    permissions: [NET],
    env: { GIFSTREAM_TOKEN: "" },
  });
  assertEquals(await statusOf(program, TOKEN), 200);
});

/** Sends bytes, and waits for the beginning of the answer. */
async function send(address: string, request: string): Promise<void> {
  const { hostname, port } = new URL(address);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(Uint8Array.from(request, (c) => c.charCodeAt(0)));
  await connection.read(new Uint8Array(1));
}

for (const server of ["deno", "node"]) {
  Deno.test(`gifstream --server ${server} tells nobody a token that it is sent`, async () => {
    const sent = "send-only-me";
    await using program = new Program({
      args: ["test:", "x=ingest:", "--port", "0", "--server", server],
      env: { GIFSTREAM_VIEWER_TOKEN: TOKEN, GIFSTREAM_TOKEN: sent },
    });
    const address = await program.address();
    const sender = (token: string) => `Authorization: Bearer ${token}\r\n`;
    const body = "Content-Length: 3\r\n\r\nabc";
    const upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    for (
      const request of [
        `GET /?token=${TOKEN} HTTP/1.1\r\nAccept: text/html\r\n\r\n`,
        `GET //?token=${TOKEN}\xff HTTP/1.1\r\nHost: x\r\n\r\n`,
        `GET http://[?token=${TOKEN} HTTP/1.1\r\nHost: x\r\n\r\n`,
        `GET /test.gif?fps=x&token=${TOKEN} HTTP/1.1\r\nHost: x\r\n\r\n`,
        `GET /test/ws?token=${TOKEN} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`,
        `GET / HTTP/1.1\r\nHost: x\r\n${sender(`${TOKEN}\xff`)}\r\n`,
        `GET / HTTP/1.1\r\nHost: x\r\nCookie: a=${TOKEN}\x01\r\n\r\n`,
        `POST /x/frames?token=${sent} HTTP/1.1\r\nHost: x\r\n${body}`,
        `POST /x/frames HTTP/1.1\r\nHost: x\r\n${sender(sent)}${body}`,
        `POST /x/frames HTTP/1.1\r\nHost: x\r\n${sender(`${sent}x`)}${body}`,
        `${TOKEN}\r\n\r\n`,
      ]
    ) await send(address, request);
    for (const path of ["/api/channels", "/metrics", "/openapi.json", "/"]) {
      const headers = { authorization: `Bearer ${TOKEN}`, accept: "text/html" };
      const text = await (await fetch(address + path, { headers })).text();
      assert(!text.includes(TOKEN) && !text.includes(sent), text);
    }
    await program.waitFor(/Frames for x were refused/);
    assertEquals(await program.stop(), 0);
    assert(!/(watch|send)-only-me/.test(program.errorText), program.errorText);
  });
}

/** The permissions of a command line of `deno run`. */
function permissionsIn(command: string): string[] {
  return command.replaceAll("'", "").match(/--allow-\S+/g) ?? [];
}

Deno.test("gifstream starts with the permissions of the demo and of docs/operation.md", () =>
  withFolder(async (folder) => {
    const document = await Deno.readTextFile(
      new URL("../../docs/operation.md", import.meta.url),
    );
    const [recipe] = document.match(/^deno run --allow-net .*cli input$/m)!;
    await Deno.mkdir(`${folder}/input`);
    for (
      const [input, permissions] of [
        ["test:", permissionsIn(deno.tasks.demo.command)],
        ["input", permissionsIn(recipe)],
      ] as const
    ) {
      assert(permissions.length > 1);
      await using program = new Program({
        args: [input, "--port", "0"],
        permissions: [...permissions],
        cwd: folder,
      });
      assertEquals(await statusOf(program), 200);
      assertEquals(await program.stop(), 0);
    }
  }));

Deno.test("gifstream takes inputs from a file, and shows no secret of them", () =>
  withFolder(async (folder) => {
    const path = `${folder}/inputs`, word = "s3cretWord";
    await Deno.writeTextFile(
      path,
      `\ufeff# two cameras\r\n\r\na=test:\r\n` +
        `door=rtsp://me:${word}@127.0.0.1:9/${word}\r\n`,
    );
    const args = ["--input-file", path, "--port", "0"];
    await using program = new Program({ args });
    const address = await program.address();
    await program.waitFor(/warning: door:/);
    const shown = [program.errorText];
    for (const place of ["api/channels", "metrics", ""]) {
      const headers = { accept: "text/html" };
      const answer = await fetch(`${address}/${place}`, { headers });
      shown.push(await answer.text());
    }
    assertEquals(shown.join().includes(word), false, program.errorText);
    assertMatch(shown[1], /"a".*"door"/s);
    await Deno.writeTextFile(path, "# none\n");
    await using none = new Program({ args });
    assertEquals(await none.exitCode(), 2);
    assertMatch(none.errorText, /expected \[NAME=\]INPUT on each line/);
  }));
