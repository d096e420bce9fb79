import { assertEquals, assertLess } from "@std/assert";
import { toFileUrl } from "@std/path";
import { BROWSERS } from "../support/browser/browser.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { run as runGif } from "../support/runtimes/gif_program.ts";
import { run as runLibrary } from "../support/runtimes/library_program.ts";
import {
  runInBrowser,
  runInProcess,
  runInWorkerd,
} from "../support/runtimes/run_in.ts";
import { bundle, hasRuntimes } from "../support/runtimes/runtime.ts";

/** What is tried where, by a module whose run() gives the same everywhere. */
const PROGRAMS = [
  {
    entry: "@x/gifstream/gif",
    module: import.meta.resolve("../support/runtimes/gif_program.ts"),
    run: runGif,
    processes: ["node20", "node22", "bun"],
  },
  {
    entry: "@x/gifstream",
    module: import.meta.resolve("../support/runtimes/library_program.ts"),
    run: runLibrary,
    processes: ["node22", "bun"],
  },
] as const;

/** The encoder alone, minified; it has grown if this does not hold. */
const MAX_ENCODER_BYTES = 38_400;

for (const { entry, module, run, processes } of PROGRAMS) {
  for (const name of processes) {
    Deno.test({
      name: `${entry} works in ${name}`,
      ignore: !hasRuntimes,
      async fn() {
        assertEquals(await runInProcess(name, module), await run());
      },
    });
  }

  Deno.test({
    name: `${entry} works in workerd`,
    ignore: !hasRuntimes,
    async fn() {
      assertEquals(await runInWorkerd(module), await run());
    },
  });

  for (const { name, installed, launch } of BROWSERS) {
    Deno.test({
      name: `${entry} works in ${name}`,
      ignore: !installed,
      async fn() {
        const browser = await launch();
        try {
          assertEquals(await runInBrowser(browser, module), await run());
        } finally {
          await browser.close();
        }
      },
    });
  }
}

Deno.test("GifEncoder alone is a small bundle", () =>
  withFolder(async (folder) => {
    const module = import.meta.resolve("../../src/gif/encoder/gif_encoder.ts");
    const file = `${folder}/encoder.js`;
    const options = ["--platform=browser", "--minify"];
    await bundle(`export * from "${module}";`, file, options);
    assertLess((await Deno.stat(file)).size, MAX_ENCODER_BYTES);
    const { GifEncoder } = await import(toFileUrl(file).href);
    assertEquals(new GifEncoder({ width: 3, height: 2 }).width, 3);
  }));
