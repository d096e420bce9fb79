import { parseArgs } from "@std/cli/parse-args";

/** What the command line asks for. */
export interface FuzzOptions {
  way: "in-process" | "browser" | "live";
  seed: number;
  /** Number of the first input. */
  first: number;
  count: number;
  /** A file to try instead. */
  file?: string;
  /** Folder for inputs that fail. */
  failures: string;
}

/** What the command line is answered with where it cannot be followed. */
export class UsageError extends Error {}

/** Teaches the program. */
export const HELP = `Tries gifstream with random GIFs and mutants of GIFs.

  deno run -A tools/fuzz/main.ts --seed 1 --count 1000000
  deno run -A tools/fuzz/main.ts --seed 1 --browser 20000
  deno run -A tools/fuzz/main.ts --seed 1 --live 10000

Each input is made of the seed and its number, so that the same one can be made
again. The first ones are the files of ../shared/corpus and ../shared/cases/gif
where those are there.

Ways (default: in this process):
  --browser N    N inputs beside Chromium: its pictures of each GIF, and of the
                 endless GIF that is made of it, are those of gifstream
  --live N       N inputs sent to a running gifstream, to its standard input, a
                 folder and by HTTP in turn, while viewers watch

Inputs:
  --seed S       which inputs (default: 1)
  --count N      so many of them, in this process (default: 100000)
  --first N      begin with this one (default: 0)
  --only N       only this one, told in detail
  --file PATH    only this file, told in detail

  --failures DIR where inputs that fail are kept, with what was wrong and the
                 command that tries them again (default: fuzz-failures)
  --help         show this help

Ctrl-C ends it with the summary so far. It exits 1 if an input failed.`;

const NUMBERS = ["seed", "count", "first", "only", "browser", "live"] as const;

/**
 * Reads the command line.
 *
 * @returns `"help"` if that is asked for.
 * @throws {UsageError} If it cannot be followed.
 */
export function readOptions(args: string[]): FuzzOptions | "help" {
  const given = parseArgs(args, {
    string: [...NUMBERS, "file", "failures"],
    boolean: ["help"],
    unknown(arg) {
      throw new UsageError(`Unknown option: ${arg}; see --help`);
    },
  });
  if (given.help) return "help";
  const numbers: Partial<Record<typeof NUMBERS[number], number>> = {};
  for (const name of NUMBERS) {
    const text = given[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (text === "" || !Number.isSafeInteger(value) || value < 0) {
      throw new UsageError(`--${name} must be an integer from 0 on: ${text}`);
    }
    numbers[name] = value;
  }
  const { seed = 1, only, browser, live, count = 100_000 } = numbers;
  if (browser !== undefined && live !== undefined) {
    throw new UsageError("--browser and --live are two ways: give one of them");
  }
  return {
    way: browser !== undefined
      ? "browser"
      : live !== undefined
      ? "live"
      : "in-process",
    seed,
    first: only ?? numbers.first ?? 0,
    count: only === undefined ? browser ?? live ?? count : 1,
    file: given.file,
    failures: given.failures ?? "fuzz-failures",
  };
}
