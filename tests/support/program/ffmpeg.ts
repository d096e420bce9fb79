/**
 * ffmpeg, and other programs, run to their end.
 *
 * @module
 */

/** At the end of ffmpeg's arguments: red, green and blue of all pixels. */
export const RAW_RGB: readonly string[] = [
  ...["-f", "rawvideo", "-pix_fmt", "rgb24"],
  "-",
];

/**
 * Runs a program.
 *
 * @param input What it reads; nothing if it is not given.
 * @returns What it writes to standard output.
 * @throws {Error} If it fails; the message is what it says.
 */
export async function run(
  program: string,
  args: string[],
  input?: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const child = new Deno.Command(program, {
    args,
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writing = input &&
    new Blob([input.slice()]).stream().pipeTo(child.stdin);
  const [{ success, code, stdout, stderr }] = await Promise.all([
    child.output(),
    writing,
  ]);
  if (success) return stdout;
  const words = new TextDecoder().decode(stderr);
  throw new Error(`${program} ended with code ${code}: ${words}`);
}

/** Runs ffmpeg as {@linkcode run} does; files are overwritten. */
export function ffmpeg(
  args: readonly string[],
  input?: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const quiet = ["-nostdin", "-v", "error", "-y"];
  return run("ffmpeg", [...quiet, ...args], input);
}

/** Peak signal-to-noise ratio of two pictures, in decibels. */
export function psnr(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  if (a.length !== b.length) {
    throw new Error(`Cannot compare ${a.length} samples with ${b.length}`);
  }
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i] - b[i]) ** 2;
  return 10 * Math.log10(255 ** 2 * a.length / squares);
}
