/**
 * The major version of the ffmpeg in the search path; undefined: there is
 * none, or it is a build of the day, which is newer than all that count.
 */
export async function ffmpegMajorVersion(): Promise<number | undefined> {
  try {
    const { stdout } = await new Deno.Command("ffmpeg", {
      args: ["-version"],
      stdin: "null",
      stderr: "null",
    }).output();
    return majorVersionIn(new TextDecoder().decode(stdout));
  } catch (error) {
    // Who starts it next says so, and what to do.
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The major version that the text of `ffmpeg -version` begins with. */
export function majorVersionIn(text: string): number | undefined {
  const [, major] = text.match(/^ffmpeg version n?(\d+)\./) ?? [];
  return major === undefined ? undefined : Number(major);
}
