import { assertEquals, assertLess } from "@std/assert";
import { toFileUrl } from "@std/path";
import { BROWSERS } from "../support/browser/browser.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { freePort } from "../support/http/free_port.ts";
import { run as runGif } from "../support/runtimes/gif_program.ts";
import { run as runLibrary } from "../support/runtimes/library_program.ts";
import {
  bundle,
  hasRuntimes,
  output,
  runtimePath,
} from "../support/runtimes/runtime.ts";

/** What is tried, by a module whose run() is the same everywhere. */
const PROGRAMS = [
  {
    entry: "@x/gifstream/gif",
    module: import.meta.resolve("../support/runtimes/gif_program.ts"),
    run: runGif,
  },
  {
    entry: "@x/gifstream",
    module: import.meta.resolve("../support/runtimes/library_program.ts"),
    run: runLibrary,
  },
];
const FOR_BROWSERS = ["--platform=browser"];

/** The encoder alone, minified; it has grown if this does not hold. */
const MAX_ENCODER_BYTES = 30_000;

for (const { entry, module, run } of PROGRAMS) {
  for (const name of ["node20", "node22", "bun"] as const) {
    Deno.test({
      name: `${entry} works in ${name}`,
      ignore: !hasRuntimes,
      fn: () =>
        withFolder(async (folder) => {
          const file = `${folder}/bundle.mjs`;
          const source = `import { run } from "${module}";
          console.log(await run());`;
          await bundle(source, file, FOR_BROWSERS);
          const written = await output(await runtimePath(name), [file]);
          assertEquals(written.trim(), await run());
        }),
    });
  }

  Deno.test({
    name: `${entry} works in workerd`,
    ignore: !hasRuntimes,
    fn: () =>
      withFolder(async (folder) => {
        const source = `import { run } from "${module}";
        export default { fetch: async () => new Response(await run()) };`;
        await bundle(source, `${folder}/bundle.js`, FOR_BROWSERS);
        const port = freePort();
        await Deno.writeTextFile(
          `${folder}/config.capnp`,
          `using Workerd = import "/workerd/workerd.capnp";
        const config :Workerd.Config = (
          services = [(name = "main", worker = .worker)],
          sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
        );
        const worker :Workerd.Worker = (
          modules = [(name = "main", esModule = embed "bundle.js")],
          compatibilityDate = "2026-01-01",
        );`,
        );
        await using _program = await serving(
          [await runtimePath("workerd"), "serve", `${folder}/config.capnp`],
          port,
        );
        const response = await fetch(`http://127.0.0.1:${port}/`);
        assertEquals(await response.text(), await run());
      }),
  });

  for (const { name, installed, launch } of BROWSERS) {
    Deno.test({
      name: `${entry} works in ${name}`,
      ignore: !installed,
      fn: () =>
        withFolder(async (folder) => {
          const file = `${folder}/bundle.js`;
          const source = `import { run } from "${module}";
          Object.assign(globalThis, { run });`;
          await bundle(source, file, FOR_BROWSERS);
          const browser = await launch();
          try {
            const page = await browser.newPage();
            await page.addScriptTag({ path: file, type: "module" });
            assertEquals(await page.evaluate("run()"), await run());
          } finally {
            await browser.close();
          }
        }),
    });
  }
}

Deno.test("GifEncoder alone is a small bundle", () =>
  withFolder(async (folder) => {
    const module = import.meta.resolve(
      "../../src/gif/encoder/gif_encoder.ts",
    );
    const file = `${folder}/encoder.js`;
    await bundle(`export * from "${module}";`, file, [
      ...FOR_BROWSERS,
      "--minify",
    ]);
    assertLess((await Deno.stat(file)).size, MAX_ENCODER_BYTES);
    const { GifEncoder } = await import(toFileUrl(file).href);
    assertEquals(new GifEncoder({ width: 3, height: 2 }).width, 3);
  }));

/** A program, once it listens. */
async function serving(
  [command, ...args]: string[],
  port: number,
): Promise<AsyncDisposable> {
  const child = new Deno.Command(command, { args, stdout: "null" }).spawn();
  const program = {
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.status;
    },
  };
  for (let tries = 0; tries < 100; tries++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return program;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await program[Symbol.asyncDispose]();
  throw new Error(`${command} does not listen`);
}
