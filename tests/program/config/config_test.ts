import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { Program } from "../../support/program/program.ts";

const CLI = fromFileUrl(new URL("../../../cli.ts", import.meta.url));
const WORD = "s3cretWord";

const FILE = `
port: 0
fps: 7
keep: 12
viewer-token: ${WORD}
publish: redis://me:${WORD}@127.0.0.1:9
input-args: -password ${WORD}
inputs:
  door:
    source: rtsp://me:${WORD}@127.0.0.1:9/${WORD}
    fps: 3
  test:
    source: "test:"
`;

/** What the program prints. */
async function printed(
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", CLI, ...args],
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder().decode(stdout);
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return text;
}

Deno.test("gifstream --print-config shows what counts and where it stands", () =>
  withFolder(async (folder) => {
    const path = `${folder}/gifstream.yaml`;
    await Deno.writeTextFile(path, FILE);
    const env = { GIFSTREAM_KEEP: "9", GIFSTREAM_FPS: "8", GIFSTREAM_POLL: "" };
    const text = await printed(
      ["--config", path, "--print-config", "--fps", "9"],
      env,
    );
    assert(!text.includes(WORD), text);
    assertMatch(text, /^fps: 9 # command line$/m);
    assertMatch(text, /^keep: 9 # GIFSTREAM_KEEP$/m);
    assertMatch(text, /^port: 0 # .*gifstream\.yaml, line 2$/m);
    assertMatch(text, /^host: 127\.0\.0\.1 # default$/m);
    assertMatch(text, /^viewer-token: "\(hidden\)" # .*, line 5$/m);
    assertMatch(
      text,
      /^ {2}door:\n {4}source: rtsp:\/\/127\.0\.0\.1:9\/\S+\n {4}fps: 9 # com/m,
    );
    assertMatch(text, /^ {2}test:\n {4}source: "test:"$/m);
    // It is a configuration file itself.
    await Deno.writeTextFile(path, text);
    const again = await printed(["--config", path, "--print-config"]);
    const withoutPlaces = (text: string) => text.replaceAll(/ # .*/g, "");
    assertEquals(withoutPlaces(again), withoutPlaces(text));
  }));

Deno.test("gifstream runs by its environment alone, and gives it to nobody", () =>
  withFolder(async (folder) => {
    const path = `${folder}/gifstream.yaml`;
    await Deno.writeTextFile(path, 'inputs: {other: "test:"}\n');
    await using program = new Program({
      args: [],
      env: {
        GIFSTREAM_CONFIG: path,
        // As Kubernetes sets it for a service of that name.
        GIFSTREAM_PORT: "tcp://10.0.0.1:80",
        GIFSTREAM_HOST: "127.0.0.1",
        GIFSTREAM_BASE_PATH: "/cams",
        GIFSTREAM_LOG: "json",
        GIFSTREAM_INPUTS: [
          "one=test:",
          "two=exec:env >&2; exit 3",
        ].join("\n"),
        GIFSTREAM_REDIS_PREFIX: WORD,
        GIFSTREAM_VIEWER_TOKEN: WORD,
      },
    });
    await program.waitFor(/"two".*trying again/);
    assert(!program.errorText.includes(WORD), program.errorText);
    assert(!/GIFSTREAM_/.test(program.errorText), program.errorText);
    await program.stop();
  }));
