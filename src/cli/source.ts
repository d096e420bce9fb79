import { basename, dirname } from "@std/path";
import { byteStreamFrames } from "../source/byte_stream.ts";
import { clipFrames } from "../source/clip.ts";
import { DirectorySource } from "../source/directory.ts";
import { EncodedFrames } from "../source/encoding.ts";
import { ffmpegFrames } from "../source/ffmpeg.ts";
import { withNoSignal } from "../source/no_signal.ts";
import type {
  SourceEvents,
  SourceFrame,
  SourceStats,
} from "../source/source.ts";
import { testPattern } from "../source/test_pattern.ts";
import type { InputKind } from "./input.ts";
import { ffmpegRecipe } from "./help.ts";
import type { CliOptions } from "./options.ts";

/** Frames, and what their source counts, if it does. */
export interface Frames extends AsyncIterable<SourceFrame> {
  /** Its counts, which it keeps up to date. */
  readonly stats?: SourceStats & { late?: number };
}

/** Opens what the command line names as INPUT, of a kind known by now. */
export function openSource(
  options: CliOptions,
  kind: InputKind,
  events: Required<SourceEvents>,
  signal: AbortSignal,
): Frames {
  const { input, framesPerSecond, loop } = options;
  switch (kind) {
    case "test":
      return testPattern({ framesPerSecond, signal });
    case "stdin":
      return byteStreamFrames(Deno.stdin.readable, events);
    case "pipe":
      return readPipe(input, events, signal);
    case "finished":
      return clipFrames(input, { ...events, loop, signal });
    case "growing":
      events.onNotice(`Following ${input} as it grows`);
      return followFolder(
        dirname(input),
        options,
        events,
        signal,
        basename(input),
      );
    case "video":
      return playVideo(options, events, signal);
    case "folder":
      events.onNotice(`Waiting for GIF frames in ${input}; for instance from`);
      for (const line of ffmpegRecipe(input)) events.onNotice(`  ${line}`);
      return followFolder(input, options, events, signal);
  }
}

function playVideo(
  options: CliOptions,
  events: Required<SourceEvents>,
  signal: AbortSignal,
): Frames {
  const { input, framesPerSecond = 10, loop, inputArguments } = options;
  const { quality, mode } = options;
  const pictures = ffmpegFrames(input, {
    ...events,
    ...options.size,
    framesPerSecond,
    loop,
    inputArguments,
    signal,
  });
  return new EncodedFrames(withNoSignal(pictures, { signal }), {
    ...events,
    framesPerSecond,
    quality,
    mode,
  });
}

function followFolder(
  folder: string,
  options: CliOptions,
  events: SourceEvents,
  signal: AbortSignal,
  only?: string,
): Frames {
  return new DirectorySource(folder, {
    ...events,
    only,
    framesPerSecond: options.framesPerSecond,
    deleteAfterSeconds: options.deleteAfterSeconds,
    pollMilliseconds: options.pollMilliseconds,
    signal,
  });
}

/** A named pipe, which one writer after another may open. */
async function* readPipe(
  path: string,
  events: Required<SourceEvents>,
  signal: AbortSignal,
): AsyncGenerator<SourceFrame> {
  while (!signal.aborted) {
    events.onNotice(`Waiting for a writer of ${path}`);
    const pipe = await Deno.open(path);
    yield* byteStreamFrames(pipe.readable, events);
    events.onNotice(`The writer of ${path} has ended: the last picture stays`);
  }
}
