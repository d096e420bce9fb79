/**
 * The oldest version of Deno that gifstream is run with. Those from 2.8.3 on
 * break a request whose body is answered before it has ended, which is how
 * senders are turned away.
 */
export const OLDEST_DENO = "2.9.6";

/**
 * Compares the version of Deno with the oldest that will do.
 *
 * @param version The version that runs, as `Deno.version.deno` has it.
 * @returns The one line that says what to do; undefined if there is nothing.
 */
export function denoProblem(version: string): string | undefined {
  if (!isOlder(numbersOf(version), numbersOf(OLDEST_DENO))) return undefined;
  return `gifstream needs Deno ${OLDEST_DENO} or newer, and this is Deno ` +
    `${version}: run "deno upgrade", or install it anew from deno.com`;
}

/** Of a version between two releases, that of the next: `2.9.6-rc.1`. */
function numbersOf(version: string): number[] {
  return version.split(/[-+]/)[0].split(".").map(Number);
}

function isOlder(version: number[], other: number[]): boolean {
  const at = other.findIndex((number, i) => version[i] !== number);
  return at >= 0 && version[at] < other[at];
}
