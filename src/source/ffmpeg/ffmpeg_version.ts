/**
 * The major version of the ffmpeg in the search path; undefined: ffmpeg is
 * missing, or is a daily build, newer than any version that matters here.
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
    // The next start of ffmpeg reports this, and says what to do.
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The major version that the text of `ffmpeg -version` begins with. */
export function majorVersionIn(text: string): number | undefined {
  const [, major] = text.match(/^ffmpeg version n?(\d+)\./) ?? [];
  return major === undefined ? undefined : Number(major);
}
