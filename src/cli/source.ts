import { basename, dirname } from "@std/path";
import { byteStreamFrames } from "../source/byte_stream.ts";
import { clipFrames, isFinishedGif } from "../source/clip.ts";
import { DirectorySource } from "../source/directory.ts";
import type { SourceEvents, SourceFrame } from "../source/source.ts";
import { testPattern } from "../source/test_pattern.ts";
import {
  type CliOptions,
  ffmpegRecipe,
  STDIN_INPUT,
  TEST_INPUT,
} from "./options.ts";

type Frames = AsyncIterable<SourceFrame>;

/**
 * Opens what the command line names as INPUT.
 *
 * @throws {Error} If it is something that has no frames, as a device.
 */
export async function openSource(
  options: CliOptions,
  events: Required<SourceEvents>,
  signal: AbortSignal,
): Promise<Frames> {
  const { input, framesPerSecond } = options;
  if (input === TEST_INPUT) return testPattern({ framesPerSecond, signal });
  if (input === STDIN_INPUT) {
    return byteStreamFrames(Deno.stdin.readable, events);
  }
  const info = await statIfThere(input);
  if (info === undefined || info.isDirectory) {
    events.onNotice(
      `Waiting for GIF frames in ${input}; for instance from\n  ` +
        ffmpegRecipe(input),
    );
    return followFolder(input, options, events, signal);
  }
  if (info.isFifo) return readPipe(input, events, signal);
  if (!info.isFile) {
    throw new Error(`Cannot read ${input}: it is no folder, file or pipe`);
  }
  if (await isFinishedGif(input)) {
    return clipFrames(input, { ...events, loop: options.loop, signal });
  }
  events.onNotice(`Following ${input} as it grows`);
  const only = basename(input);
  return followFolder(dirname(input), options, events, signal, only);
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

async function statIfThere(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read ${path}: ${reason}`, { cause: error });
  }
}
