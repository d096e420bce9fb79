/**
 * Publishes the package to JSR, or with `--dry-run` shows what that would
 * send.
 *
 * It does so from a copy of the checkout without `tools/std`: the stand-ins
 * for the standard library that lie there are linked in deno.json, and so
 * count as modules of the package, which has no use for them.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";
import { cp } from "node:fs/promises";

const ROOT = fromFileUrl(new URL("../", import.meta.url));

/** What deno.json says that is changed for the copy. */
interface Config {
  links: string[];
  publish: { include: string[] };
}

/** What came of `deno publish`. */
export interface Published {
  code: number;
  /** What it has said. */
  text: string;
  /** The files that it sends, by their paths in the package. */
  files: string[];
}

/**
 * Runs `deno publish` in a copy.
 *
 * @param args Its arguments. With `--dry-run` the stand-ins are linked from
 * where they are, since JSR may be out of reach.
 */
export async function publish(args: string[]): Promise<Published> {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-publish-" });
  try {
    const config: Config = JSON.parse(
      await Deno.readTextFile(join(ROOT, "deno.json")),
    );
    for (const name of ["deno.lock", ...topLevel(config.publish.include)]) {
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
    }
    const links = args.includes("--dry-run")
      ? config.links.map((link) => join(ROOT, link))
      : [];
    await Deno.writeTextFile(
      join(folder, "deno.json"),
      JSON.stringify({ ...config, links }),
    );
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["publish", "--allow-dirty", ...args],
      cwd: folder,
      stdin: "inherit",
      env: { NO_COLOR: "1" },
    }).output();
    const decoder = new TextDecoder();
    const text = decoder.decode(stdout) + decoder.decode(stderr);
    const files = [...text.matchAll(/^ +file:\/\/(.+) \([\d.]+\w+\)$/gm)]
      .map(([, path]) => decodeURI(path))
      .map((path) => path.slice(path.indexOf(folder) + folder.length + 1));
    return { code, text, files };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The files and folders that patterns lie in. */
function topLevel(patterns: string[]): Set<string> {
  const names = patterns.map((pattern) => pattern.split("/")[0]);
  return new Set(names.filter((name) => name !== "deno.json"));
}

if (import.meta.main) {
  const { code, text } = await publish(Deno.args);
  console.log(text);
  Deno.exit(code);
}
