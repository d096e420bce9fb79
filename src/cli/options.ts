import { parseArgs } from "@std/cli/parse-args";
import { closestString } from "@std/text/closest-string";
import type { EncoderMode } from "../gif/encoder/effort.ts";

/** What the command line asks for. */
export interface CliOptions {
  input: string;
  host: string;
  port: number;
  framesPerSecond: number | undefined;
  delayCentiseconds: number;
  backlogSeconds: number;
  deleteAfterSeconds: number | undefined;
  pollMilliseconds: number | undefined;
  loop: boolean;
  /** Pixels of what ffmpeg plays; what is missing follows from the aspect. */
  size: { width?: number; height?: number };
  quality: number | undefined;
  mode: EncoderMode;
  inputArguments: string[];
  onResize: "end" | "place";
  keepDuplicates: boolean;
  maxViewers: number;
  stallTimeoutSeconds: number;
  server: "deno" | "node";
  log: "text" | "json";
}

/** A command line that cannot be understood; the program exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A number in a range, and what the text stands for. */
interface NumberRule {
  min: number;
  max: number;
  integer?: boolean;
}

interface OptionRule {
  name: string;
  /** What stands for the value in the help; none for a switch. */
  value?: string;
  default?: string;
  number?: NumberRule;
  choices?: readonly string[];
  help: readonly string[];
}

const WHOLE = { integer: true };

/** Every option: what is parsed, its default and its help come from here. */
const OPTIONS = [
  {
    name: "host",
    value: "ADDRESS",
    default: "127.0.0.1",
    help: ["listen on this address; 0.0.0.0 lets other", "machines watch"],
  },
  {
    name: "port",
    value: "N",
    default: "8080",
    number: { min: 0, max: 65535, ...WHOLE },
    help: ["listen on this port; 0 takes any free one"],
  },
  {
    name: "fps",
    value: "N",
    number: { min: 0.1, max: 50 },
    help: [
      "send at most N frames a second of a folder,",
      "evenly spaced (default: each as it comes); N",
      "of what ffmpeg plays or test: (default: 10)",
    ],
  },
  {
    name: "delay",
    value: "CS",
    default: "2",
    number: { min: 0, max: 65535, ...WHOLE },
    help: [
      "hundredths of a second that players show a",
      "frame; 2 lets them catch up with live",
    ],
  },
  {
    name: "backlog",
    value: "SECONDS",
    default: "0",
    number: { min: 0, max: 3600 },
    help: ["start viewers this far in the past"],
  },
  {
    name: "loop",
    help: ["play a finished file again and again"],
  },
  {
    name: "size",
    value: "WxH",
    help: [
      "size of what ffmpeg plays; W or xH keeps the",
      "aspect (default: its own, 480 wide at most)",
    ],
  },
  {
    name: "quality",
    value: "N",
    number: { min: 1, max: 100 },
    help: ["of what ffmpeg plays, 1 to 100 (default: 60)"],
  },
  {
    name: "mode",
    value: "MODE",
    default: "balanced",
    choices: ["fast", "balanced", "best"],
    help: [
      "how hard to look for fewer bytes; less if it",
      "cannot keep up",
    ],
  },
  {
    name: "input-args",
    value: "ARGS",
    help: [
      "options for ffmpeg to open its input with, as",
      "in --input-args='-ss 60'",
    ],
  },
  {
    name: "on-resize",
    value: "ACTION",
    default: "end",
    choices: ["end", "place"],
    help: [
      "when the size of the picture changes: end the",
      "GIF of those who watch, so that they can come",
      "back; or place it in the first size",
    ],
  },
  {
    name: "keep-duplicates",
    help: ["send pictures again that did not change"],
  },
  {
    name: "delete-after",
    value: "SECONDS",
    number: { min: 0.1, max: 1e9 },
    help: [
      "remove frames from the folder when they are",
      "older than this (default: keep them)",
    ],
  },
  {
    name: "poll",
    value: "MS",
    number: { min: 10, max: 60_000, ...WHOLE },
    help: [
      "look for frames this often, for folders that",
      "report no changes (NFS, SMB, some mounts)",
    ],
  },
  {
    name: "max-viewers",
    value: "N",
    default: "10000",
    number: { min: 1, max: 1e6, ...WHOLE },
    help: ["turn away more viewers than this"],
  },
  {
    name: "stall-timeout",
    value: "SECONDS",
    default: "30",
    number: { min: 1, max: 86_400 },
    help: ["cut off viewers that take nothing this long"],
  },
  {
    name: "server",
    value: "KIND",
    default: "deno",
    choices: ["deno", "node"],
    help: [
      "deno serves by web streams, node by sockets:",
      "a third of the memory a viewer, less CPU",
    ],
  },
  {
    name: "log",
    value: "FORMAT",
    default: "text",
    choices: ["text", "json"],
    help: ["text, or json: one object a line"],
  },
  { name: "help", help: ["show this help"] },
  { name: "version", help: ["show the version"] },
] as const satisfies readonly OptionRule[];

/** The folder that is watched if none is named. */
export const DEFAULT_INPUT = "input";
/** The INPUT that stands for the built-in test pattern. */
export const TEST_INPUT = "test:";
/** The INPUT that stands for standard input. */
export const STDIN_INPUT = "-";

/**
 * Reads a command line.
 *
 * @param args The arguments, without the program's name.
 * @returns The options, or which text was asked for.
 * @throws {UsageError} If an option is unknown or has a bad value; the
 * message says which, and what there is.
 */
export function parseOptions(
  args: string[],
): CliOptions | "help" | "version" {
  const rules: readonly OptionRule[] = OPTIONS;
  const named = rules.filter(({ value }) => value !== undefined);
  const unknown: string[] = [];
  const flags = parseArgs(withNegativeNumbers(args), {
    string: [...named.map(({ name }) => name), "_"],
    collect: named.map(({ name }) => name),
    boolean: rules.filter(({ value }) => value === undefined)
      .map(({ name }) => name),
    alias: { h: "help", V: "version" },
    unknown: (arg, key) => {
      if (key !== undefined) unknown.push(arg);
      return key === undefined;
    },
  });
  if (flags.help) return "help";
  if (flags.version) return "version";
  if (unknown.length > 0) throw unknownOption(unknown[0]);
  const inputs = flags._.map(String);
  if (inputs.length > 1) {
    throw new UsageError(`Expected one INPUT: ${inputs.join(" ")}`);
  }
  const values = flags as Record<string, unknown>;
  const given = (name: string) => values[name] as string[];
  const text = (name: string) => textValue(ruleOf(name), given(name));
  const number = (name: string) => numberValue(ruleOf(name), given(name));
  return {
    input: inputs[0] ?? DEFAULT_INPUT,
    host: text("host")!,
    port: number("port")!,
    framesPerSecond: number("fps"),
    delayCentiseconds: number("delay")!,
    backlogSeconds: number("backlog")!,
    deleteAfterSeconds: number("delete-after"),
    pollMilliseconds: number("poll"),
    maxViewers: number("max-viewers")!,
    stallTimeoutSeconds: number("stall-timeout")!,
    server: text("server") as "deno" | "node",
    log: text("log") as "text" | "json",
    loop: values.loop === true,
    size: parseSize(text("size")),
    quality: number("quality"),
    mode: text("mode") as EncoderMode,
    inputArguments: text("input-args")?.split(/\s+/).filter(Boolean) ?? [],
    onResize: text("on-resize") as "end" | "place",
    keepDuplicates: values["keep-duplicates"] === true,
  };
}

/** Gives number options the negative number behind them, to be refused. */
function withNegativeNumbers(args: string[]): string[] {
  const rules: readonly OptionRule[] = OPTIONS;
  const options = new Set(
    rules.filter(({ number }) => number !== undefined)
      .map(({ name }) => `--${name}`),
  );
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const joined: string[] = [];
  for (const [i, arg] of args.entries()) {
    const isValue = i > 0 && i < end && options.has(args[i - 1]) &&
      /^-\.?\d/.test(arg);
    if (isValue) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function ruleOf(name: string): OptionRule {
  const rule = OPTIONS.find((option) => option.name === name);
  if (rule === undefined) throw new TypeError(`No such option: ${name}`);
  return rule;
}

function textValue(rule: OptionRule, values: string[]): string | undefined {
  const [value, ...more] = values;
  if (value === undefined) return rule.default;
  if (value === "" || more.length > 0) {
    throw new UsageError(
      `Option --${rule.name} needs one value: --${rule.name} ${rule.value}`,
    );
  }
  if (rule.choices !== undefined && !rule.choices.includes(value)) {
    throw new UsageError(
      `Option --${rule.name} takes ${rule.choices.join(" or ")}: ${value}`,
    );
  }
  return value;
}

function numberValue(rule: OptionRule, values: string[]): number | undefined {
  const text = textValue(rule, values);
  if (text === undefined) return undefined;
  const { min, max, integer = false } = rule.number!;
  const number = /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  if (number >= min && number <= max && (!integer || number % 1 === 0)) {
    return number;
  }
  throw new UsageError(
    `Option --${rule.name} takes a${integer ? " whole" : ""} number ` +
      `from ${min} to ${max}: ${text}`,
  );
}

function parseSize(text = ""): CliOptions["size"] {
  const [, width, height] = text.match(/^(\d+)?(?:x(\d+))?$/) ?? [];
  const sides = [width, height].filter((side) => side !== undefined);
  const bad = sides.some((side) => Number(side) < 1 || Number(side) > 65535);
  if (bad || (text !== "" && sides.length === 0)) {
    throw new UsageError(
      `Option --size takes a size as 480x270, 480 or x270: ${text}`,
    );
  }
  return {
    ...(width === undefined ? {} : { width: Number(width) }),
    ...(height === undefined ? {} : { height: Number(height) }),
  };
}

function unknownOption(arg: string): UsageError {
  const option = arg.replace(/=.*$/, "");
  const names = OPTIONS.map(({ name }) => `--${name}`);
  return new UsageError(
    `No such option: ${option}; did you mean ${closestString(option, names)}?`,
  );
}

const COLUMNS = 80;
const HELP_COLUMN = 27;

/** The text of `--help`, at most 80 columns wide. */
export function helpText(version: string): string {
  return `gifstream ${version}: live video in a plain <img> tag

Usage: gifstream [INPUT] [OPTIONS]

INPUT is what goes on air:
  FOLDER                   GIF frames, as some program writes them there
                           (default: ./${DEFAULT_INPUT}, made if it is not there)
  FILE                     an animated GIF, finished or still growing,
                           or a named pipe
  VIDEO                    what ffmpeg can play: a video file, an address
                           (rtmp://, rtsp://, http://), /dev/video0, or
                           lavfi:GRAPH
  ${STDIN_INPUT}                        an animated GIF on standard input
  ${TEST_INPUT}                    a live test pattern

Options:
${OPTIONS.map(optionHelp).join("\n")}

Examples:
  gifstream ${TEST_INPUT}                       try it: http://127.0.0.1:8080/
  gifstream frames --host 0.0.0.0       let other machines watch
  gifstream --delete-after 20           do not let the folder grow
  gifstream clip.gif --loop             a GIF that never ends of one that does
  gifstream rtsp://camera/1 --size 640  a camera

Frames for the default folder, from a video file played in real time:
${ffmpegRecipe(DEFAULT_INPUT).map((line) => `  ${line}`).join("\n")}

Show it anywhere: <img src="http://127.0.0.1:8080/live.gif">
`;
}

/** The lines of the command that writes a folder of frames today. */
export function ffmpegRecipe(folder: string): string[] {
  return [
    "ffmpeg -re -i video.mp4 -r 10 -vf scale=480:-2 -f image2 -c:v gif \\",
    `  -gifimage 1 '${folder}/in%d.gif'`,
  ];
}

function optionHelp(rule: OptionRule): string {
  const head = `  --${rule.name}${rule.value ? ` ${rule.value}` : ""}`;
  const lines: string[] = [...rule.help];
  if (rule.default !== undefined) {
    const note = `(default: ${rule.default})`;
    const last = `${lines.at(-1)} ${note}`;
    if (last.length <= COLUMNS - HELP_COLUMN) lines[lines.length - 1] = last;
    else lines.push(note);
  }
  return lines
    .map((line, i) => (i === 0 ? head : "").padEnd(HELP_COLUMN) + line)
    .join("\n");
}
