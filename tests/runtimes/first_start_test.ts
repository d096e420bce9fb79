import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import config from "../../deno.json" with { type: "json" };
import { withFolder } from "../support/folder/temporary_folder.ts";

const CLI = fromFileUrl(new URL("../../cli.ts", import.meta.url));
/** Some of the packages that only tests and benchmarks need. */
const TEST_PACKAGES = ["typescript", "puppeteer-core", "sharp", "esbuild"];
/** What the program itself needs has 21 MB; with those above, it was 175. */
const MAX_BYTES = 40e6;

/** The bytes of all files in a folder, and their paths. */
async function filesIn(folder: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (!isDirectory) found.set(path, (await Deno.stat(path)).size);
    else {for (const [inner, size] of await filesIn(path)) {
        found.set(inner, size);
      }}
  }
  return found;
}

Deno.test("a checkout that starts for the first time downloads nothing that only tests need", () =>
  withFolder(async (folder) => {
    const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
      args: ["run", CLI, "--version"],
      env: { DENO_DIR: folder, NO_COLOR: "1" },
      stdin: "null",
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const text = new TextDecoder().decode(stdout);
    assertEquals(text, `gifstream ${config.version}\n`);
    const files = await filesIn(`${folder}/npm`);
    const paths = [...files.keys()];
    assert(paths.some((path) => path.includes("/deno-std/")), paths.join("\n"));
    for (const name of TEST_PACKAGES) {
      const found = paths.find((path) => path.includes(`/${name}/`));
      assertEquals(found, undefined);
    }
    const bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
    assert(bytes < MAX_BYTES, `${bytes} bytes`);
  }));

/** What the program says and answers where nothing can be downloaded. */
async function startOffline(...args: string[]) {
  const { stdout, stderr, code } = await withFolder((folder) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", CLI, ...args],
      env: {
        DENO_DIR: folder,
        NO_COLOR: "1",
        // Nobody listens there.
        NPM_CONFIG_REGISTRY: "http://127.0.0.1:1/",
      },
      stdin: "null",
    }).output()
  );
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), said: decoder.decode(stderr) };
}

Deno.test("a checkout without a network tells its version, and why it cannot start", async () => {
  const [version, start] = await Promise.all([
    startOffline("--version"),
    startOffline("test:", "--port", "0"),
  ]);
  assertEquals(version.out, `gifstream ${config.version}\n`);
  assertEquals(version.code, 0);
  assertEquals([start.code, start.out], [1, ""]);
  const lines = start.said.trimEnd().split("\n");
  assertEquals(lines.length, 1, start.said);
  assertMatch(lines[0], /^Cannot start: .* Deno cannot download it; start it /);
});
