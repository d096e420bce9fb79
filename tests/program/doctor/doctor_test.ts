import { assert, assertEquals, assertMatch } from "@std/assert";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { makeCertificate } from "../../support/http/certificate.ts";
import { examine, found } from "../../support/program/doctor.ts";
import { canBeUnwatched, UNWATCHED } from "../../support/program/unwatched.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireTool } from "../../support/require.ts";

Deno.test("gifstream doctor finds nothing wrong where nothing is", async () => {
  const { code, findings } = await examine(["test:", "--port", "0"]);
  assertEquals(code, 0);
  assertEquals(findings.filter(({ state }) => state === "error"), []);
  assertMatch(found(findings, "Deno").message, /^version \d+\.\d+\.\d+ \(/);
  assertMatch(found(findings, "clock").message, /^20\d\d-\d\d-\d\dT/);
  assertEquals(found(findings, "port").state, "ok");
});

Deno.test("gifstream doctor says so in words, with what to do", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const { code, text } = await examine(["test:", "--port", `${port}`], {
    format: "text",
  });
  assertEquals(code, 1);
  assertMatch(
    text,
    new RegExp(
      `^error    port: Cannot listen on .*${port}: another program`,
      "m",
    ),
  );
  assertMatch(text, /^ {9}-> choose another with --port/m);
  assertMatch(text, /^1 error, \d warnings?\.$/m);
});

Deno.test("gifstream doctor names the flags of Deno that are missing", async () => {
  const { code, findings } = await examine(
    ["door=rtsp://127.0.0.1:1/x", "sent=ingest:", "yard=./yard"],
    { permissions: ["--no-prompt"] },
  );
  assertEquals(code, 1);
  const errors = findings.filter(({ check, state }) =>
    check === "permissions" && state === "error"
  );
  assertEquals(errors.map(({ cure }) => cure?.replace("run Deno with ", "")), [
    "--allow-net",
    "--allow-env=GIFSTREAM_VIEWER_TOKEN,GIFSTREAM_TOKEN",
    "--allow-env=GIFSTREAM_VIEWER_TOKEN,GIFSTREAM_TOKEN",
    "--allow-run=ffmpeg,sh",
  ]);
  const input = found(findings, "input");
  assertEquals([input.state, input.cure], [
    "error",
    "run Deno with --allow-read=./yard",
  ]);
});

Deno.test({
  name: "gifstream doctor looks at the dates and the key of a certificate",
  ignore: !requireTool("openssl"),
  fn: () =>
    withFolder(async (folder) => {
      const { cert, key } = await makeCertificate(folder, "127.0.0.1");
      await Deno.mkdir(`${folder}/other`);
      const other = await makeCertificate(`${folder}/other`, "127.0.0.1");
      const look = async (key: string, cert: string) => {
        const args = ["test:", "--port", "0", "--cert", cert, "--key", key];
        const { findings } = await examine(args);
        return findings.filter(({ check }) => check === "certificate");
      };
      // It is for two days.
      const [soon, ...none] = await look(key, cert);
      assertEquals([soon.state, none.length], ["warning", 0]);
      assertMatch(soon.message, /: [01] days are left$/);
      const [mixed] = await look(other.key, cert);
      assertEquals(mixed.state, "error");
      assertMatch(mixed.message, /other\/key\.pem is not that of .*cert\.pem$/);
      const [missing] = await look(key, `${folder}/none.pem`);
      assertMatch(missing.message, /none\.pem.* cannot be used: Cannot read /);
      await new Deno.Command("openssl", {
        args: [
          ...["x509", "-in", cert, "-signkey", key, "-days", "-1"],
          ...["-out", `${folder}/old.pem`],
        ],
        stderr: "null",
      }).output();
      const [old] = await look(key, `${folder}/old.pem`);
      assertEquals(old.state, "error");
      assertMatch(old.message, /: it has ended$/);
    }),
});

Deno.test({
  name: "gifstream doctor looks at the folder, and if it can be watched",
  ignore: !await canBeUnwatched(),
  fn: () =>
    withFolder(async (folder) => {
      const look = async (...more: string[]) => {
        const args = [folder, "--port", "0", ...more];
        const { findings } = await examine(args, { before: UNWATCHED });
        return findings.filter(({ check }) => check === "folder");
      };
      const [read, watched] = await look();
      assertEquals([read.state, watched.state], ["ok", "warning"]);
      assertMatch(watched.message, /cannot be watched: .*os error 24/);
      assertMatch(watched.cure!, /max_user_instances.*--poll/);
      assertEquals((await look("--poll", "500")).length, 1);
      const { findings } = await examine([`${folder}/none/`, "--port", "0"]);
      assertMatch(found(findings, "folder").message, /none\/ is missing/);
      // Nothing is made, and nothing left.
      assertEquals([...Deno.readDirSync(folder)], []);
    }),
});

Deno.test("gifstream doctor looks at ffmpeg, if it is needed", () =>
  withFolder(async (folder) => {
    await Deno.symlink("/bin/sh", `${folder}/sh`);
    const look = async (script?: string) => {
      if (script !== undefined) {
        const file = `${folder}/ffmpeg`;
        await Deno.writeTextFile(file, `#!/bin/sh\n${script}\n`);
        await Deno.chmod(file, 0o755);
      }
      const env = { PATH: folder };
      const args = ["rtsp://127.0.0.1:1/x", "--port", "0"];
      const { findings } = await examine(args, { env });
      return findings.filter(({ check }) => check === "ffmpeg");
    };
    const [missing] = await look();
    assertEquals(missing.state, "error");
    assertMatch(missing.cure!, /apt install ffmpeg/);
    const [version, decoders, protocols] = await look(
      "case $1 in -version) echo ffmpeg version 3.4.1 Copyright;; " +
        "-decoders) echo ' VFS..D mjpeg  x';; *) echo '  http';; esac",
    );
    assertEquals([version.state, version.message], [
      "warning",
      "version 3.4.1 is old",
    ]);
    assertMatch(decoders.message, /no decoder for h264, hevc, rawvideo$/);
    assertEquals(protocols.message, "it cannot open rtsp://");
    const [silent] = await look("exit 1");
    assertMatch(silent.message, /does not say its version/);
    const { findings } = await examine(["test:", "--port", "0"]);
    assertEquals(findings.filter(({ check }) => check === "ffmpeg"), []);
  }));

Deno.test({
  name: "gifstream doctor accepts the ffmpeg that the tests have",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const args = ["rtsp://127.0.0.1:1/x", "--port", "0"];
    const { findings } = await examine(args);
    const states = findings.filter(({ check }) => check === "ffmpeg")
      .map(({ state }) => state);
    assertEquals(states, ["ok", "ok", "ok"]);
  },
});

Deno.test({
  name: "gifstream doctor looks at Redis, and shows no password",
  ignore: !requireTool("redis-server"),
  async fn() {
    const password = "hunter22";
    await using redis = await RedisServer.start("--requirepass", password);
    const look = async (...args: string[]) => {
      const { text, findings } = await examine([
        "test:",
        "--port",
        "0",
        ...args,
      ]);
      assert(!text.includes(password), text);
      return findings.filter(({ check }) => check === "Redis");
    };
    const place = (secret: string) =>
      `redis://:${secret}@127.0.0.1:${redis.port}`;
    const [answers, memory] = await look("--publish", place(password));
    assertMatch(answers.message, /answers, version \d/);
    assertEquals([answers.state, memory.state], ["ok", "warning"]);
    assertMatch(memory.cure!, /maxmemory/);
    const [wrong] = await look("--publish", place("wrong"));
    assertMatch(wrong.message, /cannot be reached: WRONGPASS/);
    await redis.stop();
    const [gone] = await look("--publish", place(password));
    assertEquals(gone.state, "error");
    assertMatch(gone.message, /cannot be reached: .*ECONNREFUSED/);
  },
});

Deno.test("gifstream doctor refuses a bad command line as gifstream does", async () => {
  const { code, errorText } = await examine(["test:", "--prot", "1"]);
  assertEquals(code, 2);
  assertMatch(errorText, /No such option: --prot; did you mean --port\?/);
});

Deno.test("gifstream doctor looks at what a configuration says of each input", () =>
  withFolder(async (folder) => {
    const config = `${folder}/gifstream.yaml`;
    await Deno.writeTextFile(
      config,
      `port: 0
inputs:
  yard:
    source: ${folder}/yard/
    delete-after: 20
  film:
    source: rtsp://127.0.0.1:1/x
`,
    );
    const { findings } = await examine(["--config", config], {
      permissions: ["--no-prompt", `--allow-read=${folder}`],
    });
    assertMatch(found(findings, "folder").message, /yard\/ is missing/);
    const errors = findings.filter(({ check, state }) =>
      check === "permissions" && state === "error"
    ).map(({ message }) => message);
    assertEquals(errors, [
      "Deno does not allow serving at 127.0.0.1:0",
      "Deno does not allow looking for GIFSTREAM_VIEWER_TOKEN",
      `Deno does not allow removing frames from ${folder}/yard/`,
      "Deno does not allow running ffmpeg",
    ]);
  }));
