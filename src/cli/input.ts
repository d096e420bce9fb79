import { isFinishedGif } from "../source/clip.ts";
import { type CliOptions, STDIN_INPUT, TEST_INPUT } from "./options.ts";
import { UsageError } from "./usage_error.ts";

/** The kinds of INPUT, and what a message calls one and many of each. */
const KINDS = {
  test: ["the test pattern", "the test pattern"],
  stdin: ["standard input", "standard input"],
  pipe: ["a named pipe", "named pipes"],
  folder: ["a folder", "folders"],
  growing: ["a GIF file that grows", "growing GIF files"],
  finished: ["a finished GIF file", "finished GIF files"],
  video: ["played by ffmpeg", "what ffmpeg plays"],
} as const;

/** What INPUT is. */
export type InputKind = keyof typeof KINDS;

/** Options that only some kinds of INPUT heed. */
const SPECIAL: {
  option: string;
  isGiven: (options: CliOptions) => boolean;
  kinds: readonly InputKind[];
}[] = [
  {
    option: "fps",
    isGiven: ({ framesPerSecond }) => framesPerSecond !== undefined,
    kinds: ["folder", "growing", "test", "video"],
  },
  {
    option: "delete-after",
    isGiven: ({ deleteAfterSeconds }) => deleteAfterSeconds !== undefined,
    // Of a file it would remove the very one that the user named.
    kinds: ["folder"],
  },
  {
    option: "poll",
    isGiven: ({ pollMilliseconds }) => pollMilliseconds !== undefined,
    kinds: ["folder", "growing"],
  },
  { option: "loop", isGiven: ({ loop }) => loop, kinds: ["finished", "video"] },
  {
    option: "size",
    isGiven: ({ size }) => Object.keys(size).length > 0,
    kinds: ["video"],
  },
  {
    option: "quality",
    isGiven: ({ quality }) => quality !== undefined,
    kinds: ["video"],
  },
  {
    option: "input-args",
    isGiven: ({ inputArguments }) => inputArguments.length > 0,
    kinds: ["video"],
  },
];

/** What only ffmpeg understands: addresses, devices, its own sources. */
const FFMPEG_INPUT =
  /^([a-z][a-z0-9+.-]*:\/\/|\/dev\/video|(lavfi|v4l2|x11grab|kmsgrab|fbdev|gdigrab|dshow|avfoundation):.)/i;
/** What every GIF begins with, of either version. */
const GIF_SIGNATURE = "GIF8";

/**
 * Looks at what the command line names as INPUT.
 *
 * @throws {Error} If it is not there but no folder either that could be made,
 * or has no frames, as a device.
 */
export async function inputKind(
  { input, loop }: CliOptions,
): Promise<InputKind> {
  if (input === TEST_INPUT) return "test";
  if (input === STDIN_INPUT) return "stdin";
  if (FFMPEG_INPUT.test(input)) return "video";
  const info = await statIfThere(input);
  if (info === undefined) {
    // Of a mistyped name no folder is to be made.
    if (!loop && !/\.gif$/i.test(input)) return "folder";
    throw new Error(`Cannot read ${input}: there is no such file`);
  }
  if (info.isDirectory) return "folder";
  if (info.isFifo) return "pipe";
  if (!info.isFile) {
    throw new Error(`Cannot read ${input}: it is no folder, file or pipe`);
  }
  if (info.size > 0 && !await isGif(input)) return "video";
  return await isFinishedGif(input) ? "finished" : "growing";
}

/**
 * Refuses options that this kind of INPUT would not heed.
 *
 * @throws {UsageError} That says which option, and what it is for.
 */
export function checkOptions(options: CliOptions, kind: InputKind): void {
  for (const { option, isGiven, kinds } of SPECIAL) {
    if (!isGiven(options) || kinds.includes(kind)) continue;
    const names = kinds.map((each) => KINDS[each][1]);
    const last = names.pop();
    const all = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
    throw new UsageError(
      `Option --${option} is for ${all}: ${options.input} is ${KINDS[kind][0]}`,
    );
  }
}

async function isGif(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(GIF_SIGNATURE.length);
  const length = await file.read(bytes) ?? 0;
  const head = new TextDecoder().decode(bytes.subarray(0, length));
  // Of a file that is just being begun there may be less.
  return GIF_SIGNATURE.startsWith(head);
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
