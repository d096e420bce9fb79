import { parseArgs } from "@std/cli/parse-args";
import type { GivenValue, GivenValues } from "./given_values.ts";
import { placeOnLine } from "./given_values.ts";
import { OPTIONS } from "./option_table.ts";
import { unknownOption } from "./option_values.ts";

/** A command line, not yet checked but for its names. */
export interface CommandLine {
  values: GivenValues;
  /** The INPUTs. */
  inputs: readonly string[];
  /** The text that is shown instead of running, if any is. */
  shows: "help" | "version" | undefined;
}

/** Words that stand alone for an option, as people try them. */
const WORDS = new Map<string, "help" | "version">([
  ["help", "help"],
  ["version", "version"],
]);

/**
 * Reads a command line.
 *
 * @param args The arguments, without the program's name.
 * @throws {UsageError} If there is no such option; the message names one that
 * is close.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const named = OPTIONS.filter(({ value }) => value !== undefined)
    .map(({ name }) => name);
  const switches = OPTIONS.filter(({ value }) => value === undefined)
    .map(({ name }) => name);
  const unknown: string[] = [];
  const flags = parseArgs(withDashedValues(args), {
    string: [...named, "_"],
    collect: named,
    boolean: switches,
    // Otherwise a switch that is not given has the value of one that is off.
    default: Object.fromEntries(switches.map((name) => [name, undefined])),
    negatable: switches,
    alias: { h: "help", V: "version", v: "version" },
    unknown: (arg, key) => {
      if (key !== undefined) unknown.push(arg);
      return key === undefined;
    },
  }) as Record<string, unknown>;
  const inputs = (flags._ as (string | number)[]).map(String);
  const word = args.length === 1 ? WORDS.get(args[0]) : undefined;
  const shows = flags.help === true
    ? "help"
    : flags.version === true
    ? "version"
    : word;
  if (shows === undefined && unknown.length > 0) {
    throw unknownOption(unknown[0]);
  }
  const values = new Map<string, GivenValue>();
  for (const rule of OPTIONS) {
    const given = flags[rule.name];
    const texts = Array.isArray(given)
      ? given.map(String)
      : given === undefined
      ? []
      : [String(given)];
    if (texts.length === 0) continue;
    const place = placeOnLine(rule);
    values.set(rule.name, { texts, place, origin: "command line" });
  }
  return { values, inputs, shows };
}

/**
 * Joins an option and the negative number after it, to refuse the number, or
 * the `-` after it, which stands for standard output.
 */
function withDashedValues(args: readonly string[]): string[] {
  const options = new Set(
    OPTIONS.filter(({ number }) => number !== undefined)
      .map(({ name }) => `--${name}`),
  );
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const joined: string[] = [];
  for (const [i, arg] of args.entries()) {
    const isValue = i > 0 && i < end && options.has(args[i - 1]) &&
      /^-\.?\d/.test(arg);
    const isOutput = i > 0 && i < end && args[i - 1] === "--output" &&
      arg === "-";
    if (isValue || isOutput) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}
