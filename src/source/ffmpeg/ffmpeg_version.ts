import { programOutput } from "../process/program_output.ts";

/** Enough for all that an ffmpeg says of itself, on a busy machine. */
const BOUNDS = { milliseconds: 5000, maxBytes: 64 * 1024 };

/**
 * The major version of the ffmpeg in the search path; undefined: ffmpeg is
 * missing, does not say it, or is a daily build, newer than any version that
 * matters here.
 */
export async function ffmpegMajorVersion(): Promise<number | undefined> {
  try {
    const { output } = await programOutput("ffmpeg", ["-version"], BOUNDS);
    return majorVersionIn(output);
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
