import { mayBegin, SIGNATURES } from "../gif/signature.ts";
import { commandOf } from "../source/command_input.ts";
import { DEVICE_FORMATS } from "../source/device_formats.ts";
import { isFrameName } from "../source/folder/folder.ts";
import {
  channelOfRedis,
  isRedisAddress,
} from "../source/redis/redis_address.ts";
import { shownInput } from "../source/secrets/shown_input.ts";
import { errorMessage } from "../system/error_message.ts";
import {
  INGEST_INPUT,
  STDIN_INPUT,
  TEST_INPUT,
} from "./options/named_input.ts";
import { problemOfAbsent } from "./absent_input.ts";
import type { CliOptions } from "./options/options.ts";
import { UsageError } from "./options/usage_error.ts";
import type { InputKind } from "./source/source_kind.ts";
import { isFinishedInThread } from "./source/thread_tasks.ts";

/** The kinds of INPUT, with the words of messages for one and for many. */
const KINDS = {
  test: ["the test pattern", "the test pattern"],
  stdin: ["standard input", "standard input"],
  pipe: ["a named pipe", "named pipes"],
  exec: ["a command", "commands"],
  folder: ["a folder", "folders"],
  folders: ["a folder of folders", "folders of folders"],
  growing: ["a growing GIF file", "growing GIF files"],
  picture: ["a JPEG or PNG file", "JPEG or PNG files"],
  finished: ["a finished GIF file", "finished GIF files"],
  video: ["played by ffmpeg", "inputs that ffmpeg plays"],
  ingest: ["a channel for sent frames", "sent frames"],
  redis: ["a channel in Redis", "channels in Redis"],
  edge: ["all channels in a Redis", "channels in Redis"],
} as const satisfies Record<InputKind, [string, string]>;

/** Kinds that may give JPEG and PNG, or what ffmpeg plays. */
const PICTURES: readonly InputKind[] = [
  ...["folder", "growing", "picture", "video", "ingest"] as const,
  ...["stdin", "pipe", "exec"] as const,
];
/** Kinds whose pictures can be turned, and drawn into. */
const LOOKED_AT: readonly InputKind[] = [...PICTURES, "finished", "test"];

/** Options that apply only to some kinds of INPUT. */
const SPECIAL: {
  option: string;
  isGiven: (options: CliOptions) => boolean;
  kinds: readonly InputKind[];
}[] = [
  {
    option: "fps",
    isGiven: ({ framesPerSecond }) => framesPerSecond !== undefined,
    kinds: ["folder", "growing", "picture", "test", "video"],
  },
  {
    option: "delete-after",
    isGiven: ({ deleteAfterSeconds }) => deleteAfterSeconds !== undefined,
    // With a file, it would delete the file that the user named.
    kinds: ["folder", "folders"],
  },
  {
    option: "poll",
    isGiven: ({ pollMilliseconds }) => pollMilliseconds !== undefined,
    kinds: ["folder", "growing", "picture"],
  },
  {
    option: "channels",
    isGiven: ({ channels }) => channels !== undefined,
    kinds: ["folders", "edge"],
  },
  {
    option: "on-demand",
    isGiven: ({ onDemand }) => onDemand,
    // A pipe can be read only once.
    kinds: [
      ...["folder", "growing", "picture", "finished"] as const,
      ...["test", "video", "exec"] as const,
    ],
  },
  {
    option: "warm-up",
    isGiven: ({ warmUpPictures }) => warmUpPictures > 0,
    kinds: ["video"],
  },
  { option: "loop", isGiven: ({ loop }) => loop, kinds: ["finished", "video"] },
  {
    option: "size",
    isGiven: ({ size }) => Object.keys(size).length > 0,
    kinds: PICTURES,
  },
  {
    option: "rotate",
    isGiven: ({ turn }) => turn > 2,
    kinds: LOOKED_AT,
  },
  {
    option: "flip",
    isGiven: ({ turn }) => turn === 2,
    kinds: LOOKED_AT,
  },
  {
    option: "timestamp",
    isGiven: ({ timestamp }) => timestamp,
    kinds: LOOKED_AT,
  },
  {
    option: "filter",
    isGiven: ({ filter }) => filter !== undefined,
    kinds: ["video", "exec", "stdin", "pipe"],
  },
  {
    option: "quality",
    isGiven: ({ quality }) => quality !== undefined,
    kinds: PICTURES,
  },
  {
    option: "bitrate",
    isGiven: ({ bitsPerSecond }) => bitsPerSecond !== undefined,
    kinds: PICTURES,
  },
  {
    option: "dither",
    isGiven: ({ dither }) => dither !== "none",
    kinds: PICTURES,
  },
  {
    option: "input-args",
    isGiven: ({ inputArguments }) => inputArguments.length > 0,
    kinds: ["video", "exec", "stdin", "pipe"],
  },
  {
    option: "rtsp-transport",
    isGiven: ({ rtspTransport }) => rtspTransport !== undefined,
    kinds: ["video"],
  },
];

/** Options that are only for a file, and mean nothing to viewers. */
const OF_FILE: [option: string, isGiven: (options: CliOptions) => boolean][] = [
  ["duration", ({ durationSeconds }) => durationSeconds !== undefined],
  ["max-bytes", ({ maxBytes }) => maxBytes !== undefined],
  ["plays", ({ plays }) => plays !== undefined],
];

/** Options of encoding, which a file heeds whatever the kind of INPUT. */
const OF_ENCODING: readonly string[] = ["quality", "bitrate", "dither"];
/** Options that a file heeds of the same kinds, and of finished GIF files. */
const FOR_FILES: readonly string[] = ["fps", "size", "input-args"];

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

/** An input, and what it is. */
export interface KnownInput {
  input: string;
  /** Undefined if the input could not be read. */
  kind: InputKind | undefined;
}

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
  if (info === undefined) return kindOfAbsent(input, loop);
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

/**
 * Refuses options that apply to none of the inputs, or need another one.
 *
 * @throws {UsageError} If there is one; the message says what it applies to.
 */
export function checkOptions(
  options: CliOptions,
  inputs: readonly KnownInput[],
): void {
  if (options.warmUpPictures > 0 && !options.onDemand) {
    throw new UsageError("Option --warm-up works only with --on-demand");
  }
  for (const [option, isGiven] of OF_FILE) {
    if (options.output !== undefined || !isGiven(options)) continue;
    throw new UsageError(
      `Option --${option} works only with --output, which writes a file`,
    );
  }
  if (options.output !== undefined) return checkFileOptions(options, inputs);
  for (const { option, isGiven, kinds } of SPECIAL) {
    if (!isGiven(options)) continue;
    if (inputs.some(({ kind }) => heeds(kind, kinds))) continue;
    if (options.ingest && kinds.includes("ingest")) continue;
    throw worksOnlyWith(`Option --${option}`, kinds, inputs);
  }
}

function worksOnlyWith(
  what: string,
  kinds: readonly InputKind[],
  inputs: readonly KnownInput[],
): UsageError {
  const names: string[] = kinds.map((each) => KINDS[each][1]);
  const last = names.pop();
  const all = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
  const given = inputs.map(({ input, kind }) =>
    `${shownInput(input)} is ${KINDS[kind!][0]}`
  );
  return new UsageError(`${what} works only with ${all}: ${given.join(", ")}`);
}

/** Refuses options that mean nothing to a file, or to one of such an input. */
function checkFileOptions(
  options: CliOptions,
  inputs: readonly KnownInput[],
): void {
  for (const { option, isGiven, kinds } of SPECIAL) {
    if (!isGiven(options) || OF_ENCODING.includes(option)) continue;
    if (FOR_FILES.includes(option)) {
      const all: InputKind[] = [...kinds, "finished"];
      if (inputs.some(({ kind }) => heeds(kind, all))) continue;
      throw worksOnlyWith(`Option --${option} with --output`, all, inputs);
    }
    const advice = option === "loop"
      ? "; --plays says how often players show the file"
      : "";
    throw new UsageError(
      `Option --${option} does not work with --output${advice}`,
    );
  }
}

/** True if a kind is one of these, or not known yet. */
function heeds(
  kind: InputKind | undefined,
  kinds: readonly InputKind[],
): boolean {
  if (kind === undefined || kinds.includes(kind)) return true;
  return kind === "folders" && kinds.includes("folder");
}

/** Makes no folder for a mistyped file name or address. */
function kindOfAbsent(input: string, loop: boolean): InputKind {
  const problem = problemOfAbsent(input);
  if (problem !== undefined) throw new Error(problem);
  if (!loop && !FILE_NAME.test(input)) return "folder";
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
  using file = await Deno.open(path);
  const bytes = new Uint8Array(SIGNATURES.GIF.length);
  const length = await file.read(bytes) ?? 0;
  // A file that has just been begun may be shorter.
  return mayBegin(bytes.subarray(0, length), SIGNATURES.GIF);
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
