/**
 * The packages of this checkout as JSR serves them: to Deno they are then the
 * work of others, whose types it takes from declarations alone, and our
 * deno.json has no say.
 *
 * @module
 */

import { walk } from "@std/fs/walk";
import { fromFileUrl, join, relative } from "@std/path";
import { createHash } from "node:crypto";
import { publish } from "../../tools/publish.ts";
import { withFolder } from "./folder/temporary_folder.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const FILES_ONLY = { includeDirs: false };

/** What is read of a package's deno.json. */
interface Config {
  version: string;
  exports: Record<string, string>;
  imports?: Record<string, string>;
}

/**
 * Runs a program that may import the package from JSR. Its types are checked
 * first.
 *
 * @param source The program.
 * @param permissions Flags of what it may do; by default nothing.
 * @returns What it has written to standard output.
 * @throws {Error} If it fails, with what it has written to standard error.
 */
export async function runWithJsr(
  source: string,
  permissions: string[] = [],
): Promise<string> {
  let written = "";
  await using jsr = serveJsr();
  await withFolder(async (folder) => {
    const env = await jsr.environment(folder);
    const program = join(folder, "program.ts");
    await Deno.writeTextFile(program, source);
    written = await deno([
      "run",
      "--check",
      "--no-config",
      ...permissions,
      program,
    ], env);
  });
  return written;
}

/** JSR, as far as it has this package. `await using` ends it. */
export function serveJsr() {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    answer,
  );
  return {
    /**
     * The variables by which Deno asks it.
     *
     * @param folder An empty folder, for Deno's cache.
     */
    async environment(folder: string): Promise<Record<string, string>> {
      const { npmCache } = JSON.parse(await deno(["info", "--json"]));
      // What comes from npm is not fetched again.
      await Deno.symlink(npmCache, join(folder, "npm"));
      const JSR_URL = `http://127.0.0.1:${server.addr.port}/`;
      return { JSR_URL, DENO_DIR: folder };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function deno(
  args: string[],
  env?: Record<string, string>,
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** The addresses of JSR: a package, one of its versions, a file of that. */
async function answer({ url }: Request): Promise<Response> {
  const [, scope, name, of, ...path] = new URL(url).pathname.split("/");
  const folder = scope === "@std" ? join(ROOT, "tools/std", name) : ROOT;
  const config: Config = JSON.parse(
    await Deno.readTextFile(join(folder, "deno.json")),
  );
  const { version, exports } = config;
  if (of === "meta.json") {
    return Response.json({ versions: { [version]: {} } });
  }
  if (of === `${version}_meta.json`) {
    const manifest = await manifestOf(folder, config);
    return Response.json({ exports, manifest });
  }
  const file = join(folder, ...path);
  const language = file.endsWith(".json") ? "json" : "typescript";
  return new Response(await published(file, config), {
    headers: { "content-type": `application/${language}` },
  });
}

/** What Deno holds the files of a package against. */
async function manifestOf(folder: string, config: Config) {
  const manifest: Record<string, { size: number; checksum: string }> = {};
  for (const path of await filesOf(folder)) {
    const bytes = await published(join(folder, path), config);
    const hash = createHash("sha256").update(bytes).digest("hex");
    manifest[`/${path}`] = {
      size: bytes.length,
      checksum: `sha256-${hash}`,
    };
  }
  return manifest;
}

/** What `deno publish` would send; of a stand-in all that there is. */
async function filesOf(folder: string): Promise<string[]> {
  if (folder === ROOT) {
    const { files, text } = await publish(["--dry-run", "--no-check"]);
    if (files.length === 0) throw new Error(text);
    return files;
  }
  const found = await Array.fromAsync(walk(folder, FILES_ONLY));
  return found.map(({ path }) => relative(folder, path));
}

/** A file as it is published: with the addresses that its names stand for. */
async function published(path: string, { imports = {} }: Config) {
  const text = await Deno.readTextFile(path);
  const unfurled = text.replaceAll(
    /(?<=\bfrom |\bimport\()"((?:@[^"/]+\/)?[^"/]+)([^"]*)"/g,
    (found, name, rest) =>
      Object.hasOwn(imports, name) ? `"${imports[name]}${rest}"` : found,
  );
  return new TextEncoder().encode(unfurled);
}
