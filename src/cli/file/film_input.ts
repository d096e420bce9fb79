import {
  ffmpegFilm,
  filmSeconds,
  isFilm,
} from "../../source/ffmpeg/ffmpeg_film.ts";
import { ffmpegFrames } from "../../source/ffmpeg/ffmpeg_frames.ts";
import type { CliOptions } from "../options/options.ts";
import type { InputKind, SourceKind } from "../source/source_kind.ts";
import { UsageError } from "../options/usage_error.ts";
import type { FilmPicture } from "./film_picture.ts";
import { folderFilm, folderPictures } from "./folder_film.ts";
import { recordedFilm, type RecordingEvents } from "./recorded_film.ts";

/** Pictures a second, if nothing is said. */
const USUAL_FRAMES_PER_SECOND = 10;

/** An input that a file is to be made of. */
export interface FilmInput {
  framesPerSecond: number;
  /** Pictures that there are going to be, if that is known. */
  allPictures: number | undefined;
  /** True if the pictures can be had again. */
  repeats: boolean;
  /** The pictures, from the beginning. */
  open(signal: AbortSignal): AsyncGenerator<FilmPicture, void>;
}

/** Listeners of an input. */
export interface FilmEvents extends RecordingEvents {
  onDrop: (frames: number) => void;
}

/**
 * Finds out how the pictures of an INPUT are had.
 *
 * @throws {UsageError} If it is not of a kind that files are made of.
 */
export async function filmInput(
  input: string,
  kind: InputKind,
  options: CliOptions,
  events: FilmEvents,
): Promise<FilmInput> {
  const { framesPerSecond = USUAL_FRAMES_PER_SECOND } = options;
  const { size, inputArguments, durationSeconds } = options;
  const { rtspTransport } = options;
  const request = { ...size, framesPerSecond, inputArguments, rtspTransport };
  const most = durationSeconds === undefined
    ? Infinity
    : Math.max(1, Math.round(durationSeconds * framesPerSecond));
  const common = { framesPerSecond };
  switch (kind) {
    case "video":
    case "picture":
    case "finished": {
      if (!isFilm(input)) {
        return {
          ...common,
          allPictures: isFinite(most) ? most : undefined,
          repeats: false,
          open: (signal) =>
            atMost(
              most,
              ffmpegFrames(input, { ...request, ...events, signal }),
            ),
        };
      }
      const seconds = await filmSeconds(input, inputArguments);
      const pictures = seconds === undefined
        ? most
        : Math.min(most, Math.ceil(seconds * framesPerSecond));
      return {
        ...common,
        allPictures: isFinite(pictures) ? pictures : undefined,
        repeats: isFinite(pictures),
        open: (signal) =>
          atMost(most, ffmpegFilm(input, { ...request, signal })),
      };
    }
    case "folder": {
      const paths = (await folderPictures(input)).slice(0, most);
      if (paths.length === 0) return recording(input, kind, options, events);
      return {
        ...common,
        allPictures: paths.length,
        repeats: true,
        open: (signal) => folderFilm(paths, size, events.onWarning, signal),
      };
    }
    case "folders":
    case "ingest":
    case "edge":
    case "redis":
      throw new UsageError(
        `Option --output takes one film, folder, stream or camera: ${input}`,
      );
    default:
      return recording(input, kind, options, events);
  }
}

/** Frames that are written as they come, until they end or are stopped. */
function recording(
  input: string,
  kind: SourceKind,
  options: CliOptions,
  events: FilmEvents,
): FilmInput {
  const { framesPerSecond = USUAL_FRAMES_PER_SECOND, durationSeconds } =
    options;
  if (kind === "folder") {
    const end = durationSeconds === undefined
      ? "Ctrl-C ends the file"
      : `the file ends ${durationSeconds} s after the first`;
    events.onNotice(`Waiting for pictures in ${input}: ${end}`);
  }
  return {
    framesPerSecond,
    allPictures: undefined,
    repeats: false,
    open: (signal) => recordedFilm(input, kind, options, events, signal),
  };
}

async function* atMost(
  most: number,
  pictures: AsyncIterable<FilmPicture>,
): AsyncGenerator<FilmPicture, void> {
  let taken = 0;
  for await (const picture of pictures) {
    yield picture;
    if (++taken >= most) return;
  }
}
