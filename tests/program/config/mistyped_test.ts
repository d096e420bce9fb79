import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** What the program says, and its exit code, when it ends by itself. */
async function end(
  args: string[],
  { cwd, env }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<{ code: number; text: string }> {
  await using program = new Program({ args, cwd, env });
  const code = await program.exitCode();
  return { code, text: program.errorText };
}

Deno.test("gifstream makes no folder of a mistyped word", () =>
  withFolder(async (cwd) => {
    await Deno.mkdir(`${cwd}/video`);
    const cases: [input: string, said: RegExp][] = [
      [
        "viedo",
        /Cannot read viedo: .* did you mean video\? to have the folder/,
      ],
      ["tset:", /Cannot (read|play) tset:/],
      ["doctr", /Cannot read doctr: .* did you mean doctor\?/],
      [
        "frames",
        /no such folder or file; to have the folder made, write \.\/f/,
      ],
    ];
    for (const [input, said] of cases) {
      const { code, text } = await end([input, "--port", "0"], { cwd });
      assertEquals(code, 1, text);
      assertMatch(text, said);
    }
    assertEquals([...Deno.readDirSync(cwd)].map(({ name }) => name), ["video"]);
    const { code, text } = await end([""], { cwd });
    assertEquals(code, 2);
    assertMatch(text, /An INPUT is empty: expected a folder, a file/);
  }));

Deno.test("gifstream says what is wrong in JSON if the log is JSON", async () => {
  const cases: [args: string[], env: Record<string, string>][] = [
    [["--log", "json", "--prot", "80"], {}],
    [["--log=json", "--port", "many"], {}],
    [["--port", "many"], { GIFSTREAM_LOG: "json" }],
  ];
  for (const [args, env] of cases) {
    const { code, text } = await end(args, { env });
    assertEquals(code, 2);
    const { level, message } = JSON.parse(text);
    assertEquals(level, "error");
    assertMatch(message, /port/);
  }
});

Deno.test("gifstream says when --channels, or a folder of folders, finds nothing", () =>
  withFolder(async (cwd) => {
    for (const name of ["door", "yard"]) {
      await Deno.mkdir(`${cwd}/cams/${name}`, { recursive: true });
      await Deno.writeFile(`${cwd}/cams/${name}/1.gif`, GIF);
    }
    await using program = new Program({
      args: [
        ...["none=./nocams/*", "cams=./cams/*", "--port", "0"],
        ...["--channels", "^x"],
      ],
      cwd,
    });
    await program.waitFor(/warning: Cannot look into folder \.\/nocams: there/);
    await program.waitFor(
      /warning: Option --channels matches no folder in \.\/cams: expected \/\^x\/, found /,
    );
    await program.stop();
    // The name of a folder is enough, though the channel's has another before.
    await using chosen = new Program({
      args: ["cams=./cams/*", "--port", "0", "--channels", "^door"],
      cwd,
    });
    await chosen.waitFor(/cams-door: On air/);
    await delay(500);
    assert(!/yard/.test(chosen.errorText), chosen.errorText);
    assert(!/Waiting for frames/.test(chosen.errorText), chosen.errorText);
    await chosen.stop();
  }));

Deno.test("gifstream warns when everybody may watch", () =>
  withFolder(async (cwd) => {
    const args = ["test:", "--host", "0.0.0.0", "--port", "0"];
    const warning = /warning: Whoever reaches this machine may watch: --viewer/;
    await using open = new Program({ args, cwd });
    await open.waitFor(warning);
    await using guarded = new Program({
      args,
      env: { GIFSTREAM_VIEWER_TOKEN: "of-the-viewers" },
    });
    await guarded.waitFor(/Watch at .*\n(.*\n)*?.*On air|On air(.*\n)*?Watch/);
    assert(!warning.test(guarded.errorText), guarded.errorText);
  }));

Deno.test({
  name: "gifstream names the file that it may not read",
  ignore: Deno.build.os === "windows" || !requireTool("setpriv"),
  fn: () =>
    withFolder(async (cwd) => {
      await Deno.writeFile(`${cwd}/secret.gif`, GIF, { mode: 0 });
      for (const args of [["secret.gif"], ["--config", "secret.gif"]]) {
        await using program = new Program({ args, cwd, restricted: true });
        assert(await program.exitCode() !== 0);
        assertMatch(
          program.errorText,
          /Cannot read secret\.gif: Permission de/,
        );
      }
    }),
});

Deno.test("gifstream says which variables it does not know, and what was meant", async () => {
  const env = {
    GIFSTREAM_FPSS: "5",
    GIFSTREAM_MAX_VIEWER: "5",
    GIFSTREAM_HELP: "true",
    GIFSTREAM_FPS: "5",
    // Kubernetes sets these by itself.
    GIFSTREAM_PORT: "tcp://10.0.0.1:80",
    GIFSTREAM_PORT_80_TCP_ADDR: "10.0.0.1",
    GIFSTREAM_SERVICE_HOST: "10.0.0.1",
    GIFSTREAM_EDGE_SERVICE_PORT_HTTP: "80",
  };
  await using program = new Program({ args: ["test:", "--port", "0"], env });
  await program.address();
  const warnings = program.errorText.split("\n")
    .filter((line) => line.startsWith("warning:"));
  const start = "warning: Ignored the variable";
  assertEquals(warnings.toSorted(), [
    `${start} GIFSTREAM_FPSS, which stands for no option; did you mean GIFSTREAM_FPS?`,
    `${start} GIFSTREAM_HELP: only the command line has --help`,
    `${start} GIFSTREAM_MAX_VIEWER, which stands for no option; did you mean GIFSTREAM_MAX_VIEWERS?`,
  ]);
});

Deno.test("gifstream does not start without the guard that a mistyped variable was meant for", async () => {
  const names = [
    ["GIFSTREAM_VIEWERS_TOKEN", "GIFSTREAM_VIEWER_TOKEN"],
    ["GIFSTREAM_TOKENS", "GIFSTREAM_TOKEN"],
    ["GIFSTREAM_ALLOW_ORIGINS", "GIFSTREAM_ALLOW_ORIGIN"],
  ];
  for (const [name, meant] of names) {
    const env = { [name]: "secret" };
    const { code, text } = await end(["test:", "--port", "0"], { env });
    assertEquals(code, 2);
    assertEquals(
      text.split("\n")[0],
      `gifstream: No such variable: ${name}; did you mean ${meant}?`,
    );
  }
});
