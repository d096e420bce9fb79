/**
 * Builds the executables of a release, `dist/gifstream-linux-x64` and
 * `dist/gifstream-linux-arm64`, as `deno task compile` builds that of this
 * machine.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

/** Deno's names of machines, by ours. */
export const TARGETS = new Map([
  ["x64", "x86_64-unknown-linux-gnu"],
  ["arm64", "aarch64-unknown-linux-gnu"],
]);

/**
 * The command that builds for a kind of machine.
 *
 * @param folder Where the executable goes.
 */
export function compileCommand(machine: string, folder = "dist"): string {
  return config.tasks.compile.command
    .replace("deno compile", `deno compile --target ${TARGETS.get(machine)}`)
    .replace("dist/gifstream", `${folder}/gifstream-linux-${machine}`);
}

if (import.meta.main) {
  for (const machine of TARGETS.keys()) {
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--eval", compileCommand(machine)],
    }).spawn().status;
    if (code !== 0) Deno.exit(code);
  }
}
