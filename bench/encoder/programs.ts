/**
 * Other programs, and the CPU time that they take.
 *
 * @module
 */

/** Runs a program to its end and answers with its standard output. */
export async function run(
  program: string,
  args: string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    const reason = new TextDecoder().decode(stderr).trim();
    throw new Error(`Cannot run ${program}: ${reason}`);
  }
  return stdout;
}

/** Runs a program and answers with the CPU time of it, in milliseconds. */
export async function timed(program: string, args: string[]): Promise<number> {
  const script = `TIMEFORMAT='%U %S'; time "$0" "$@" >&2`;
  const { success, stderr } = await new Deno.Command("bash", {
    args: ["-c", script, program, ...args],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  const text = new TextDecoder().decode(stderr).trim();
  if (!success) throw new Error(`Cannot run ${program}: ${text}`);
  const [user, system] = text.split("\n").at(-1)!.split(" ").map(Number);
  return (user + system) * 1000;
}
