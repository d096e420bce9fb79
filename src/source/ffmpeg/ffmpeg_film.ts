import type { Pixels } from "../../image/pixels.ts";
import { programOutput } from "../process/program_output.ts";
import { SecretWords } from "../secrets/secret_words.ts";
import { shownInput } from "../secrets/shown_input.ts";
import { ffmpegArguments, ffmpegInput } from "./ffmpeg_arguments.ts";
import type { PictureRequest } from "./ffmpeg_filters.ts";
import { readPictures } from "./ffmpeg_pictures.ts";
import { FfmpegProcess } from "./ffmpeg_process.ts";

/** Options of {@linkcode ffmpegFilm}. */
export interface FfmpegFilmOptions extends PictureRequest {
  /** Options that ffmpeg opens the input with. */
  inputArguments?: readonly string[];
  /** Ends ffmpeg and the iteration. */
  signal?: AbortSignal;
}

const MAX_PIXELS = 2 ** 25;
/** For the length of a film, which is only for the progress. */
const LENGTH_BOUNDS = { milliseconds: 20_000, maxBytes: 64 * 1024 };

/** True if ffmpeg finds the end of an input by itself, as that of a file. */
export function isFilm(input: string): boolean {
  return ffmpegInput(input).finite;
}

/**
 * All pictures of a film, as fast as they are taken; none is dropped.
 *
 * @throws {Error} While iterating, if ffmpeg is not installed, or if it cannot
 * play the input; the message ends with ffmpeg's own words.
 */
export async function* ffmpegFilm(
  input: string,
  options: FfmpegFilmOptions,
): AsyncGenerator<Pixels, void> {
  const { inputArguments, signal } = options;
  const secrets = new SecretWords([input], inputArguments);
  const opened = ffmpegInput(input, { inputArguments, paced: false });
  const ffmpeg = await FfmpegProcess.start(
    ffmpegArguments(opened, options),
    (words) => secrets.hideAll(words),
  );
  const stop = () => ffmpeg.stop();
  signal?.addEventListener("abort", stop, { once: true });
  let pictures = 0;
  try {
    for await (const picture of readPictures(ffmpeg.stdout, MAX_PIXELS)) {
      if (signal?.aborted) return;
      pictures++;
      yield picture;
    }
    const { success, reason } = await ffmpeg.end();
    if (signal?.aborted || success && pictures > 0) return;
    const what = success ? "it has no pictures" : `ffmpeg: ${reason}`;
    throw new Error(`Cannot play ${shownInput(input)}: ${what}`);
  } finally {
    ffmpeg.stop();
    await ffmpeg.end();
    signal?.removeEventListener("abort", stop);
  }
}

/**
 * The length of a film in seconds, by what its container says; undefined if it
 * says nothing.
 */
export async function filmSeconds(
  input: string,
  inputArguments: readonly string[] = [],
): Promise<number | undefined> {
  const { args } = ffmpegInput(input, { inputArguments, paced: false });
  const { words } = await programOutput(
    "ffmpeg",
    ["-hide_banner", "-nostdin", ...args],
    LENGTH_BOUNDS,
  );
  return secondsIn(words);
}

/** The length in seconds that the words of `ffmpeg -i` tell. */
export function secondsIn(words: string): number | undefined {
  const [, hours, minutes, seconds] =
    words.match(/Duration: (\d+):(\d+):(\d+\.\d+)/) ?? [];
  if (hours === undefined) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
