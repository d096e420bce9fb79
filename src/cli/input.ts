import { isFinishedGif } from "../source/clip.ts";
import {
  type CliOptions,
  STDIN_INPUT,
  TEST_INPUT,
  UsageError,
} from "./options.ts";

/** The kinds of INPUT, and what a message calls one and many of each. */
const KINDS = {
  test: ["the test pattern", "the test pattern"],
  stdin: ["standard input", "standard input"],
  pipe: ["a named pipe", "named pipes"],
  folder: ["a folder", "folders"],
  growing: ["a GIF file that grows", "growing GIF files"],
  finished: ["a finished GIF file", "finished GIF files"],
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
    kinds: ["folder", "growing", "test"],
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
  { option: "loop", isGiven: ({ loop }) => loop, kinds: ["finished"] },
];

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

async function statIfThere(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read ${path}: ${reason}`, { cause: error });
  }
}
