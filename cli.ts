/**
 * The program: serves a folder of frames, a camera, a video or a test pattern
 * as a GIF that never ends.
 *
 * ```sh
 * deno run -A jsr:@x/gifstream/cli --help
 * ```
 *
 * @module
 */

import { denoProblem } from "./src/system/deno_version.ts";
import { startProgram } from "./src/cli/start_program.ts";

if (import.meta.main) {
  const problem = denoProblem(Deno.version.deno);
  if (problem !== undefined) console.error(problem);
  const code = problem === undefined
    ? await startProgram(import.meta.url, Deno.args)
    : 1;
  if (code !== undefined) Deno.exit(code);
}
