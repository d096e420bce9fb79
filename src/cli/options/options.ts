import { parseArgs } from "@std/cli/parse-args";
import type { Dither } from "../../gif/encoder/gif_encoder_options.ts";
import type { EncoderMode } from "../../gif/encoder/effort.ts";
import type { PictureSize } from "../../image/scale_pixels.ts";
import type { RtspTransport } from "../../source/ffmpeg/ffmpeg_arguments.ts";
import {
  type AccessOptions,
  accessOptions,
  type GivenOptions,
  type ReachOptions,
  reachOptions,
} from "./access_options.ts";
import { checkNames, type GivenInput, parseInput } from "./named_input.ts";
import type { ServiceAction } from "./service_action.ts";
import type { OptionRule } from "./option_rule.ts";
import { OPTIONS } from "./option_table.ts";
import { type PublishOptions, publishOptions } from "./publish_options.ts";
import {
  numberValue,
  parseBitrate,
  parseBytes,
  parsePattern,
  parseSize,
  textValue,
  textValues,
  turnOf,
  unknownOption,
} from "./option_values.ts";

/** The options of the command line. */
export interface CliOptions
  extends AccessOptions, ReachOptions, PublishOptions {
  /** The inputs. Names are unique; the list is empty only with `ingest`. */
  inputs: GivenInput[];
  /** Channels of folders of folders to keep; undefined for all. */
  channels: RegExp | undefined;
  onDemand: boolean;
  /** Pictures that a camera drops when it starts on demand. */
  warmUpPictures: number;
  framesPerSecond: number | undefined;
  delayCentiseconds: number;
  backlogSeconds: number;
  keepSeconds: number;
  deleteAfterSeconds: number | undefined;
  pollMilliseconds: number | undefined;
  loop: boolean;
  size: PictureSize;
  /** How to turn pictures, as EXIF numbers orientations. */
  turn: number;
  timestamp: boolean;
  /** A filter of ffmpeg's. */
  filter: string | undefined;
  /** Most pixels of a JPEG or PNG. */
  maxPixels: number;
  quality: number | undefined;
  bitsPerSecond: number | undefined;
  mode: EncoderMode;
  dither: Dither;
  inputArguments: string[];
  /** Undefined: TCP, or UDP where that is refused. */
  rtspTransport: RtspTransport | undefined;
  /** The file to write instead of serving, or `-`. */
  output: string | undefined;
  durationSeconds: number | undefined;
  maxBytes: number | undefined;
  plays: number | undefined;
  onResize: "end" | "place";
  keepUnchanged: boolean;
  maxViewers: number;
  /** Undefined for as many as all channels together. */
  maxChannelViewers: number | undefined;
  /** Undefined for any number. */
  maxAddressViewers: number | undefined;
  stallTimeoutSeconds: number;
  log: "text" | "json";
  /** Undefined: the program runs now. */
  service: ServiceAction | undefined;
}

/** The folder to watch if there is no INPUT. */
export const DEFAULT_INPUT = "input";

/**
 * Reads a command line.
 *
 * @param args The arguments, without the program's name.
 * @param more Further INPUTs, from a file.
 * @returns The options, or the name of the text to print.
 * @throws {UsageError} If an option is unknown or has a bad value; the
 * message names it, and says what is allowed.
 */
export function parseOptions(
  args: string[],
  more: readonly string[] = [],
): CliOptions | "help" | "version" {
  const named = OPTIONS.filter(({ value }) => value !== undefined);
  const unknown: string[] = [];
  const flags = parseArgs(withDashedValues(args), {
    string: [...named.map(({ name }) => name), "_"],
    collect: named.map(({ name }) => name),
    boolean: OPTIONS.filter(({ value }) => value === undefined)
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
  const inputs = [...flags._, ...more].map((text) => parseInput(String(text)));
  checkNames(inputs);
  const values = flags as Record<string, unknown>;
  const given = (name: string) => values[name] as string[];
  const text = (name: string) => textValue(ruleOf(name), given(name));
  const number = (name: string) => numberValue(ruleOf(name), given(name));
  const all: GivenOptions = {
    text,
    number,
    texts: (name) => textValues(ruleOf(name), given(name)),
    isGiven: (name) => values[name] === true,
  };
  const access = accessOptions(all);
  const isFile = text("output") !== undefined;
  const usual = access.ingest ? [] : [{ input: DEFAULT_INPUT }];
  return {
    ...access,
    ...reachOptions(all),
    ...publishOptions(all),
    inputs: inputs.length > 0 ? inputs : usual,
    channels: parsePattern("channels", text("channels")),
    onDemand: values["on-demand"] === true,
    warmUpPictures: number("warm-up")!,
    framesPerSecond: number("fps"),
    delayCentiseconds: number("delay")!,
    backlogSeconds: number("backlog")!,
    keepSeconds: number("keep")!,
    deleteAfterSeconds: number("delete-after"),
    pollMilliseconds: number("poll"),
    maxViewers: number("max-viewers")!,
    maxChannelViewers: number("max-channel-viewers"),
    maxAddressViewers: number("max-address-viewers"),
    stallTimeoutSeconds: number("stall-timeout")!,
    log: text("log") as "text" | "json",
    service: text("service") as ServiceAction | undefined,
    loop: values.loop === true,
    size: parseSize(text("size")),
    turn: turnOf(text("rotate"), values.flip === true),
    timestamp: values.timestamp === true,
    filter: text("filter"),
    maxPixels: number("max-pixels")!,
    quality: number("quality"),
    bitsPerSecond: parseBitrate(text("bitrate")),
    mode: (text("mode") ?? (isFile ? "best" : "balanced")) as EncoderMode,
    dither: (text("dither") ?? (isFile ? "auto" : "none")) as Dither,
    output: text("output"),
    durationSeconds: number("duration"),
    maxBytes: parseBytes(text("max-bytes")),
    plays: number("plays"),
    inputArguments: text("input-args")?.split(/\s+/).filter(Boolean) ?? [],
    rtspTransport: text("rtsp-transport") as RtspTransport | undefined,
    onResize: text("on-resize") as "end" | "place",
    keepUnchanged: values["keep-unchanged"] === true,
  };
}

/** The INPUT or value of an argument, without its name or option. */
export function valueIn(arg: string): string {
  return arg.replace(/^[^/\\:=]+=/, "");
}

/**
 * Joins an option and the negative number after it, to refuse the number, or
 * the `-` after it, which stands for standard output.
 */
function withDashedValues(args: string[]): string[] {
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

function ruleOf(name: string): OptionRule {
  const rule = OPTIONS.find((option) => option.name === name);
  if (rule === undefined) throw new TypeError(`No such option: ${name}`);
  return rule;
}
