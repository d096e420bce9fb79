import type { FrameSource, SourceFrame } from "../source/source.ts";
import { DirectorySource } from "../source/directory.ts";
import { testPattern } from "../source/test_pattern.ts";
import { type CliOptions, ffmpegRecipe, TEST_INPUT } from "./options.ts";
import type { Report } from "./report.ts";

/** Opens what the command line names as INPUT. */
export function openSource(
  options: CliOptions,
  report: Report,
  signal: AbortSignal,
): AsyncIterable<SourceFrame> {
  const { input, framesPerSecond } = options;
  if (input === TEST_INPUT) return testPattern({ framesPerSecond, signal });
  report.info(
    `Waiting for GIF frames in ${input}; for instance from\n  ` +
      ffmpegRecipe(input),
  );
  const source: FrameSource = new DirectorySource(input, {
    framesPerSecond,
    deleteAfterSeconds: options.deleteAfterSeconds,
    pollMilliseconds: options.pollMilliseconds,
    signal,
    onWarning: (message) => report.warn(message),
    onNotice: (message) => report.info(message),
  });
  return source;
}
