/**
 * Ways to run a bundle, which has a `run()`, in runtimes other than Deno.
 *
 * @module
 */

import type { Browser } from "puppeteer-core";
import { withFolder } from "../folder/temporary_folder.ts";
import { freePort } from "../http/free_port.ts";
import { bundle, output, type RuntimeName, runtimePath } from "./runtime.ts";

const FOR_BROWSERS = ["--platform=browser"];

/** What a module's `run()` gives in Node or Bun. */
export async function runInProcess(
  name: RuntimeName,
  module: string,
): Promise<string> {
  let written = "";
  await withFolder(async (folder) => {
    const file = `${folder}/bundle.mjs`;
    const source = `import { run } from "${module}";
      console.log(await run());`;
    await bundle(source, file, FOR_BROWSERS);
    written = await output(await runtimePath(name), [file]);
  });
  return written.trim();
}

/** What a module's `run()` gives in workerd. */
export async function runInWorkerd(module: string): Promise<string> {
  let text = "";
  await withFolder(async (folder) => {
    const source = `import { run } from "${module}";
      export default { fetch: async () => new Response(await run()) };`;
    await bundle(source, `${folder}/bundle.js`, FOR_BROWSERS);
    const address = `127.0.0.1:${freePort()}`;
    const config = `${folder}/config.capnp`;
    await Deno.writeTextFile(config, workerdConfig(address));
    const args = ["serve", config];
    await using _program = start(await runtimePath("workerd"), args);
    text = await (await fetchPatiently(`http://${address}/`)).text();
  });
  return text;
}

function workerdConfig(address: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [
    (name = "http", address = "${address}", http = (), service = "main"),
  ],
);
const worker :Workerd.Worker = (
  modules = [(name = "main", esModule = embed "bundle.js")],
  compatibilityDate = "2026-01-01",
);
`;
}

/** What a module's `run()` gives in a page of a browser. */
export async function runInBrowser(
  browser: Browser,
  module: string,
): Promise<unknown> {
  let result: unknown;
  await withFolder(async (folder) => {
    const file = `${folder}/bundle.js`;
    const source = `import { run } from "${module}";
      globalThis.result = run();`;
    await bundle(source, file, FOR_BROWSERS);
    const script = await Deno.readFile(file);
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      ({ url }) => {
        const isScript = new URL(url).pathname === "/bundle.js";
        if (new URL(url).pathname !== "/" && !isScript) {
          return new Response("Nothing there", { status: 404 });
        }
        return isScript
          ? new Response(script, {
            headers: { "content-type": "text/javascript" },
          })
          : new Response(`<script type="module" src="bundle.js"></script>`, {
            headers: { "content-type": "text/html" },
          });
      },
    );
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    result = await page.evaluate("globalThis.result");
    await page.close();
  });
  return result;
}

/** Runs a program until it is disposed of. */
function start(command: string, args: string[]): AsyncDisposable {
  const child = new Deno.Command(command, { args, stdout: "null" }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      try {
        child.kill();
      } catch (error) {
        // It has ended already.
        if (!(error instanceof TypeError)) throw error;
      }
      await child.status;
    },
  };
}

/** Asks again while the server is not there yet. */
async function fetchPatiently(address: string): Promise<Response> {
  for (let tries = 0;; tries++) {
    try {
      return await fetch(address);
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
