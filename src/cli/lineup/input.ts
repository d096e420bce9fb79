import { mayBegin, SIGNATURES } from "../../gif/signature.ts";
import { commandOf } from "../../source/command_input.ts";
import { DEVICE_FORMATS } from "../../source/device_formats.ts";
import { isFrameName } from "../../source/folder/folder.ts";
import {
  channelOfRedis,
  isRedisAddress,
} from "../../source/redis/redis_address.ts";
import { errorMessage } from "../../system/error_message.ts";
import {
  INGEST_INPUT,
  STDIN_INPUT,
  TEST_INPUT,
} from "../options/named_input.ts";
import { problemOfAbsent, problemOfWord } from "./absent_input.ts";
import { type CliOptions, DEFAULT_INPUT } from "../options/options.ts";
import type { InputKind } from "../source/source_kind.ts";
import { isFinishedInThread } from "../source/thread_tasks.ts";

/** The end of the name of a folder of folders. */
const ALL_IN_IT = /[/\\]\*$/;

/** Inputs that only ffmpeg understands: addresses, devices, its own sources. */
const FFMPEG_INPUT = new RegExp(
  `^([a-z][a-z0-9+.-]*://|/dev/video|(${DEVICE_FORMATS.join("|")}):.)`,
  "i",
);
/** The name of a file, such as film.mp4 or clip.gif. */
const FILE_NAME = /[^/\\]\.[a-z][a-z0-9]{1,4}$/i;

/** The name of one picture; many in a file have others. */
const PICTURE_NAME = /\.(jpe?g|jpe|png)$/i;

/** The options that tell kinds of inputs apart. */
export type InputOptions = Pick<CliOptions, "loop" | "channels">;

/**
 * Finds the kind of an INPUT of the command line.
 *
 * @throws {Error} If a file is missing, or if the path is neither a folder, a
 * file nor a pipe.
 */
export async function inputKind(
  input: string,
  { loop, channels }: InputOptions,
): Promise<InputKind> {
  if (input === TEST_INPUT) return "test";
  if (input === STDIN_INPUT) return "stdin";
  if (input === INGEST_INPUT) return "ingest";
  if (isRedisAddress(input)) {
    return channelOfRedis(input) === undefined ? "edge" : "redis";
  }
  if (commandOf(input)?.trim()) return "exec";
  if (FFMPEG_INPUT.test(input)) return "video";
  if (ALL_IN_IT.test(input)) return "folders";
  const info = await statIfThere(input);
  if (info === undefined) return await kindOfAbsent(input, loop);
  if (info.isDirectory) {
    return await holdsFolders(input, channels) ? "folders" : "folder";
  }
  if (info.isFifo) return "pipe";
  if (!info.isFile) {
    throw new Error(`Cannot read ${input}: it is not a folder, file or pipe`);
  }
  if (info.size > 0 && !await isGif(input)) {
    return PICTURE_NAME.test(input) ? "picture" : "video";
  }
  return await isFinishedInThread(input) ? "finished" : "growing";
}

/** The folder that holds the folders of the channels. */
export function folderOfFolders(input: string): string {
  const folder = input.replace(ALL_IN_IT, "");
  return folder === "" ? "/" : folder;
}

/** Makes no folder for a mistyped file name, address or word. */
async function kindOfAbsent(input: string, loop: boolean): Promise<InputKind> {
  const problem = problemOfAbsent(input);
  if (problem !== undefined) throw new Error(problem);
  if (!loop && !FILE_NAME.test(input)) {
    const isPath = /[/\\]/.test(input) || input === DEFAULT_INPUT;
    if (isPath) return "folder";
    throw new Error(await problemOfWord(input));
  }
  const folder = loop ? "" : `; for a folder of that name, write ${input}/`;
  throw new Error(`Cannot read ${input}: there is no such file${folder}`);
}

/**
 * True for a folder of folders: it has no frame itself, but its folders have,
 * or the user has named channels for them.
 */
async function holdsFolders(
  path: string,
  channels: RegExp | undefined,
): Promise<boolean> {
  const folders: string[] = [];
  for await (const { name, isDirectory } of readFolder(path)) {
    if (!isDirectory && isFrameName(name)) return false;
    if (isDirectory && !name.startsWith(".")) folders.push(name);
  }
  if (channels !== undefined) return true;
  for (const folder of folders) {
    for await (const { name, isFile } of readFolder(`${path}/${folder}`)) {
      if (isFile && isFrameName(name)) return true;
    }
  }
  return false;
}

/** The entries of a folder; none if it cannot be read. */
async function* readFolder(path: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(path);
  } catch {
    // The source of the folder reports that.
  }
}

async function isGif(path: string): Promise<boolean> {
  using file = await openFile(path);
  const bytes = new Uint8Array(SIGNATURES.GIF.length);
  const length = await file.read(bytes) ?? 0;
  // A file that has just been begun may be shorter.
  return mayBegin(bytes.subarray(0, length), SIGNATURES.GIF);
}

async function openFile(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

async function statIfThere(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new Error(`Cannot read ${path}: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}
