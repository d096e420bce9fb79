/**
 * The program: serves a folder of GIF frames, or a test pattern, as a GIF
 * that never ends.
 *
 * ```sh
 * deno run -A jsr:@x/gifstream/cli --help
 * ```
 *
 * @module
 */

import { main } from "./src/cli/main.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
