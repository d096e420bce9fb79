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
import { type GivenValues, merged, placeOnLine } from "./given_values.ts";
import { checkNames, type NamedInput } from "./named_input.ts";
import type { ServiceAction } from "./service_action.ts";
import { type PublishOptions, publishOptions } from "./publish_options.ts";
import {
  numberValue,
  parseBitrate,
  parseBytes,
  parsePattern,
  parseSize,
  ruleOf,
  switchValue,
  textValue,
  textValues,
  turnOf,
} from "./option_values.ts";

/** An input, with the options that are its own. */
export interface GivenInput extends NamedInput {
  /** Its own options; undefined if it has none. */
  own?: OwnOptions;
}

/** Options of one input. */
export interface OwnOptions {
  /** The values that are given for this input alone. */
  given: GivenValues;
  /** These options, and all others, which count for all inputs. */
  options: CliOptions;
}

/** An input as a place gives it. */
export interface PlacedInput extends NamedInput {
  /** Options that are given for this input alone. */
  given?: GivenValues;
}

/** A place where options are given. */
export interface OptionPlace {
  values: GivenValues;
  /** None: those of a place before it count. */
  inputs: readonly PlacedInput[];
}

/** The options, wherever they are given. */
export interface CliOptions
  extends AccessOptions, ReachOptions, PublishOptions {
  /** The values that are given, by name. */
  given: GivenValues;
  /** True if there is a configuration file. */
  isConfigured: boolean;
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
  /** The turn of pictures, as EXIF numbers orientations. */
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
 * The options that count when several places give some: of each option the
 * value of the last place that has it, and the inputs of the last place that
 * has any.
 *
 * @param places The places; a later one wins.
 * @throws {UsageError} If an option has a bad value; the message names it, and
 * says what is allowed.
 */
export function optionsOf(places: readonly OptionPlace[]): CliOptions {
  const options = valuesOf(merged(...places.map(({ values }) => values)));
  const at = places.findLastIndex(({ inputs }) => inputs.length > 0);
  checkNames(places[at]?.inputs ?? []);
  const usual = options.ingest ? [] : [{ input: DEFAULT_INPUT }];
  const inputs = places[at]?.inputs.map(({ given, ...named }) => {
    if (given === undefined) return named;
    const before = places.slice(0, at + 1).map(({ values }) => values);
    const after = places.slice(at + 1).map(({ values }) => values);
    const all = merged(...before, given, ...after);
    return { ...named, own: { given, options: valuesOf(all) } };
  });
  return { ...options, inputs: inputs ?? usual };
}

/** Options without inputs. */
function valuesOf(given: GivenValues): CliOptions {
  const text = (name: string) => textValue(ruleOf(name), given.get(name));
  const number = (name: string) => numberValue(ruleOf(name), given.get(name));
  const isGiven = (name: string) => switchValue(given.get(name));
  const place = (name: string) =>
    given.get(name)?.place ?? placeOnLine({ name });
  const all: GivenOptions = {
    text,
    number,
    texts: (name) => textValues(ruleOf(name), given.get(name)),
    isGiven,
    has: (name) => given.has(name),
    place,
  };
  const isFile = text("output") !== undefined;
  return {
    given,
    isConfigured: given.has("config"),
    inputs: [],
    ...accessOptions(all),
    ...reachOptions(all),
    ...publishOptions(all),
    channels: parsePattern(text("channels"), () => place("channels")),
    onDemand: isGiven("on-demand"),
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
    loop: isGiven("loop"),
    size: parseSize(text("size"), () => place("size")),
    turn: turnOf(text("rotate"), isGiven("flip")),
    timestamp: isGiven("timestamp"),
    filter: text("filter"),
    maxPixels: number("max-pixels")!,
    quality: number("quality"),
    bitsPerSecond: parseBitrate(text("bitrate"), () => place("bitrate")),
    mode: (text("mode") ?? (isFile ? "best" : "balanced")) as EncoderMode,
    dither: (text("dither") ?? (isFile ? "auto" : "none")) as Dither,
    output: text("output"),
    durationSeconds: number("duration"),
    maxBytes: parseBytes(text("max-bytes"), () => place("max-bytes")),
    plays: number("plays"),
    inputArguments: text("input-args")?.split(/\s+/).filter(Boolean) ?? [],
    rtspTransport: text("rtsp-transport") as RtspTransport | undefined,
    onResize: text("on-resize") as "end" | "place",
    keepUnchanged: isGiven("keep-unchanged"),
  };
}

/** The INPUT or value of an argument, without its name or option. */
export function valueIn(arg: string): string {
  return arg.replace(/^[^/\\:=]+=/, "");
}
