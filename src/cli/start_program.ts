import { serveThreads } from "../system/worker/worker_module.ts";
import { VERSION } from "../system/version.ts";

/** The words of Deno for a package that it has not, and cannot fetch. */
const UNFETCHED =
  /Failed (loading|caching)|not found in cache|error sending request|Import '.*' failed/;

/**
 * Runs the program, whose packages Deno fetches when it is started for the
 * first time: this loads what needs them last, so that the version can be told
 * without, and a sentence says why it cannot start.
 *
 * @param address The address of the program's first module.
 * @param args The command line.
 * @returns The exit code; undefined in a thread, which goes on.
 */
export async function startProgram(
  address: string,
  args: string[],
): Promise<number | undefined> {
  if (args.length === 1 && args[0] === "--version") {
    console.log(`gifstream ${VERSION}`);
    return 0;
  }
  let main;
  try {
    ({ main } = await import("./main.ts"));
  } catch (error) {
    const said = unfetched(error);
    if (said === undefined) throw error;
    console.error(said);
    return 1;
  }
  // Threads of a bundle run this, too: they have no other file.
  return serveThreads(address) ? undefined : await main(args);
}

/** Says what is missing; undefined: the error is another one. */
function unfetched(error: unknown): string | undefined {
  const { message } = error as Error;
  if (!UNFETCHED.test(message)) return undefined;
  const [reason] = message.split("\n");
  return "Cannot start: what gifstream is made of is not on this machine yet, " +
    "and Deno cannot download it; start it once where there is a network, " +
    `with the same DENO_DIR: ${reason}`;
}
