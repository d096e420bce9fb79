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
import { main } from "./src/cli/main.ts";
import { serveThreads } from "./src/system/worker/worker_module.ts";

// Threads of a bundle run this module, too: they have no other file.
if (import.meta.main && !serveThreads(import.meta.url)) {
  const problem = denoProblem(Deno.version.deno);
  if (problem !== undefined) console.error(problem);
  Deno.exit(problem === undefined ? await main(Deno.args) : 1);
}
