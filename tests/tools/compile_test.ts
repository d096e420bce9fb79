/**
 * The executable that `deno task compile` makes. What it consists of besides
 * our code, Deno's own runtime, has to be downloaded: another program stands in
 * for it, so that all but running the executable is tried.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { walk } from "@std/fs/walk";
import { dirname, fromFileUrl, join, relative } from "@std/path";
import config from "../../deno.json" with { type: "json" };
import { requireFile } from "../support/require.ts";
import { withFolder } from "../support/temporary_folder.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const COMMAND = config.tasks.compile.command;
const EXECUTABLE = "dist/gifstream";
/** The stand-in for the runtime. */
const RUNTIME = "/bin/true";

Deno.test({
  name: "deno task compile makes an executable of all that is embedded",
  ignore: !requireFile(RUNTIME),
  fn: () =>
    withFolder(async (folder) => {
      const executable = join(folder, "gifstream");
      const command = COMMAND.replace(EXECUTABLE, executable);
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["task", "--eval", command],
        cwd: ROOT,
        env: { DENORT_BIN: RUNTIME, NO_COLOR: "1" },
      }).output();
      const said = new TextDecoder().decode(stderr);
      assertEquals(code, 0, `Cannot compile:\n${said}`);
      const [made, runtime] = await Promise.all(
        [executable, RUNTIME].map((path) => Deno.stat(path)),
      );
      assert(made.size > runtime.size, `Cannot compile: no program\n${said}`);
    }),
});

Deno.test("deno task compile includes the modules that the program finds by their addresses", async () => {
  const found: string[] = [];
  for await (const { path } of walk(join(ROOT, "src"), { exts: [".ts"] })) {
    const text = await Deno.readTextFile(path);
    const addresses = text.matchAll(
      /new URL\(\s*"([^"]+)",\s*import\.meta\.url/g,
    );
    for (const [, address] of addresses) {
      found.push(relative(ROOT, join(dirname(path), address)));
    }
  }
  const included = [...COMMAND.matchAll(/--include (\S+)/g)];
  assertEquals(included.map(([, path]) => path).sort(), found.sort());
});
