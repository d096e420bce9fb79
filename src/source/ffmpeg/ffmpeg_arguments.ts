import { DEVICE } from "../device_formats.ts";
import { filterGraph, type PictureRequest } from "./ffmpeg_filters.ts";

/** An input, and the options that ffmpeg opens it with. */
export interface FfmpegInput {
  /** Options for the input, then `-i` and the input's name. */
  args: string[];
  /** True: the input may be out of reach now and be there later. */
  remote: boolean;
  /**
   * True: pictures get the time of their arrival, whatever their timestamps
   * say. Those of a stream restart with its publisher, and a web camera has
   * none.
   */
  live: boolean;
  /**
   * Time of the pictures: `arrival`: they go out when they come; `own`: at
   * their own times, as a film's; `none`: as fast as they are taken, at an even
   * rate.
   */
  pace: "arrival" | "own" | "none";
  /** True: the input ends by itself, as a file does. */
  finite: boolean;
  /** True: a server of RTSP that refuses TCP is asked for UDP. */
  triesUdp: boolean;
  /**
   * Option that limits how long ffmpeg waits for bytes; undefined: none does.
   */
  timeout?: Timeout;
}

/**
 * Kind of option that limits how long ffmpeg waits: one for all reading and
 * writing (most protocols), or the protocol's own.
 */
type Timeout = "any" | "udp" | "rtsp";

/** Options of {@linkcode ffmpegInput}. */
export interface InputOptions {
  /** Restarts at the end, if the input has one. */
  loop?: boolean;
  /**
   * False: as fast as it goes, where the input is there as a whole.
   *
   * @default {true}
   */
  paced?: boolean;
  /** Options for ffmpeg to open the input with, after ours. */
  inputArguments?: readonly string[];
  /**
   * True: looks at one picture of a live input to recognize it, if it can. That
   * is for pictures that come slowly.
   *
   * @default {false}
   */
  looksQuickly?: boolean;
  /**
   * Transport of RTSP.
   *
   * @default {undefined} TCP, and UDP where the server refuses that
   */
  rtspTransport?: RtspTransport;
}

/** A transport of RTSP, as ffmpeg names it. */
export type RtspTransport = "tcp" | "udp" | "udp_multicast" | "http" | "https";

/** All transports of RTSP. */
export const RTSP_TRANSPORTS: readonly RtspTransport[] = [
  ...["tcp", "udp", "udp_multicast", "http", "https"] as const,
];

const URL_SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** Schemes of servers whose streams have no end. */
const LIVE_SCHEMES = /^(rtmps?|rtmpts?|rtmpe|rtmpte|rtsps?|rtp|srt|tcp|udp)$/;
/** Web addresses of files, and of playlists that set their own pace. */
const WEB_FILE =
  /\.(mp4|m4v|mov|mkv|webm|avi|ts|mpe?g|flv|ogv|wmv|gif|webp|apng|m3u8|mpd)$/i;

/**
 * Time without a byte after which ffmpeg gives up by itself: longer than the
 * slowest camera takes from one picture to the next. An ffmpeg whose gifstream
 * was killed ends even with nothing to write, where nothing else ends it.
 */
const TIMEOUT_MICROSECONDS = "120000000";

/**
 * Enough to recognize a stream; ffmpeg's own 5 s mean 5 s without a picture.
 */
const SHORT_ANALYSIS = ["-analyzeduration", "1000000"];
/** Enough for most: one picture, where ffmpeg would wait for four. */
const QUICK_ANALYSIS = ["-probesize", "32", "-analyzeduration", "100000"];
/**
 * Several threads for one picture, not for several: those would be held back
 * until the next ones come.
 */
const NO_PICTURES_HELD = ["-thread_type", "slice"];

/**
 * Finds out how ffmpeg opens an input.
 *
 * A path becomes a `file:` address with a list of allowed protocols, so that
 * neither the file's name nor a playlist in the file can make ffmpeg open
 * anything else.
 *
 * @param input A path, an address, or a device's format and name.
 * @throws {Error} If the address has an unknown scheme.
 */
export function ffmpegInput(
  input: string,
  options: InputOptions = {},
): FfmpegInput {
  const { loop = false, paced = true, inputArguments = [] } = options;
  const { kind, name, before, timeout } = inputKind(input, options);
  const { looksQuickly = false } = options;
  const isFilm = kind === "file" || kind === "web file" || kind === "lavfi";
  const again = loop && isFilm && kind !== "lavfi"
    ? ["-stream_loop", "-1"]
    : [];
  return {
    args: [
      ...again,
      ...isFilm ? [] : NO_PICTURES_HELD,
      ...before,
      ...kind !== "live" ? [] : looksQuickly ? QUICK_ANALYSIS : SHORT_ANALYSIS,
      ...inputArguments,
      ...["-i", name],
    ],
    remote: kind === "web file" || kind === "live",
    live: kind === "live",
    pace: !isFilm ? "arrival" : paced ? "own" : "none",
    finite: isFilm && !loop,
    triesUdp: isRtsp(input) && options.rtspTransport === undefined &&
      !inputArguments.includes("-rtsp_transport"),
    timeout,
  };
}

/** Arguments by which ffmpeg reads standard input, and nothing else. */
export function ffmpegPipe(
  { live = false, inputArguments = [] }: {
    live?: boolean;
    inputArguments?: readonly string[];
  },
): FfmpegInput {
  return {
    args: [
      ...live ? NO_PICTURES_HELD : [],
      ...["-protocol_whitelist", "pipe", ...SHORT_ANALYSIS],
      ...inputArguments,
      ...["-i", "pipe:0"],
    ],
    remote: false,
    live,
    pace: live ? "arrival" : "own",
    finite: true,
    triesUdp: false,
    timeout: undefined,
  };
}

/** Kind of an input, and its part of the command line. */
interface InputKind {
  kind: "file" | "web file" | "live" | "lavfi" | "device";
  /** The argument of `-i`. */
  name: string;
  before: string[];
  timeout?: Timeout;
}

function inputKind(input: string, options: InputOptions): InputKind {
  const device = input.match(DEVICE);
  if (device !== null) {
    const [, format, name] = device;
    const kind = format === "lavfi" ? "lavfi" : "device";
    return { kind, name, before: ["-f", format] };
  }
  if (/^\/dev\/video/.test(input)) {
    return { kind: "device", name: input, before: ["-f", "v4l2"] };
  }
  const scheme = input.match(URL_SCHEME)?.[1].toLowerCase();
  if (scheme === undefined || scheme === "file") {
    return {
      kind: "file",
      name: `file:${input.replace(/^file:(\/\/)?/i, "")}`,
      before: ["-protocol_whitelist", "file,crypto,data"],
    };
  }
  return addressKind(input, scheme, options);
}

function addressKind(
  input: string,
  scheme: string,
  { rtspTransport = "tcp" }: InputOptions,
): InputKind {
  if (scheme === "http" || scheme === "https") {
    const before = [
      "-protocol_whitelist",
      "http,https,tls,tcp,httpproxy,crypto,data",
    ];
    if (WEB_FILE.test(input.replace(/[?#].*$/s, ""))) {
      return { kind: "web file", name: input, before, timeout: "any" };
    }
    return { kind: "live", name: input, before, timeout: "any" };
  }
  if (!LIVE_SCHEMES.test(scheme)) {
    const advice = scheme === "onvif"
      ? "; the settings of a camera, or an ONVIF program, tell its rtsp address"
      : "";
    throw new Error(
      `Cannot play ${scheme}://: expected an address that begins with ` +
        `http, https, rtmp, rtsp, rtp, srt, tcp or udp${advice}`,
    );
  }
  // Not by UDP: where packets are lost, parts of the picture turn gray.
  const before = isRtsp(input) ? ["-rtsp_transport", rtspTransport] : [];
  return { kind: "live", name: input, before, timeout: timeoutOf(scheme) };
}

function isRtsp(input: string): boolean {
  return /^rtsp:/i.test(input);
}

/** Option that limits waiting for a scheme; RTP has none. */
function timeoutOf(scheme: string): Timeout | undefined {
  switch (scheme) {
    case "rtp":
      return undefined;
    case "rtsp":
    case "rtsps":
      return "rtsp";
    case "udp":
      return "udp";
    default:
      return "any";
  }
}

/** Before version 5, `-timeout` made ffmpeg wait for the camera to connect. */
function timeoutArguments(
  timeout: Timeout | undefined,
  majorVersion: number = Infinity,
): string[] {
  if (timeout === undefined) return [];
  const option = timeout === "any"
    ? "-rw_timeout"
    : timeout === "rtsp" && majorVersion < 5
    ? "-stimeout"
    : "-timeout";
  return [option, TIMEOUT_MICROSECONDS];
}

/** The command line that reads an input, and writes its pictures as is said. */
function commandLine(
  input: FfmpegInput,
  majorVersion: number | undefined,
  written: readonly string[],
): string[] {
  return [
    ...["-hide_banner", "-nostats", "-nostdin", "-loglevel", "error"],
    ...timeoutArguments(input.timeout, majorVersion),
    ...input.args,
    ...["-map", "0:v:0", ...written],
    ...["-flush_packets", "1", "pipe:1"],
  ];
}

/**
 * ffmpeg's whole command line to write the JPEGs of an input as they are, one
 * after another.
 *
 * @param majorVersion As of {@linkcode ffmpegArguments}.
 */
export function copyArguments(
  input: FfmpegInput,
  majorVersion?: number,
): string[] {
  return commandLine(input, majorVersion, ["-c:v", "copy", "-f", "mjpeg"]);
}

/** True if the options for an input have it give JPEGs, as web cameras do. */
export function givesJpegs(inputArguments: readonly string[]): boolean {
  const at = inputArguments.indexOf("-input_format");
  return at >= 0 && /^m?jpeg$/.test(inputArguments[at + 1] ?? "");
}

/**
 * ffmpeg's whole command line. ffmpeg writes the input's pictures to standard
 * output as PPM images, each with its size in front.
 *
 * @param majorVersion ffmpeg's major version, for RTSP; undefined: the newest.
 */
export function ffmpegArguments(
  input: FfmpegInput,
  request: PictureRequest,
  majorVersion?: number,
): string[] {
  return commandLine(input, majorVersion, [
    ...["-vf", filterGraph(input, request)],
    // Otherwise pictures would be made twice, or left out, for an even rate.
    ...input.pace === "none" ? [] : ["-vsync", "passthrough"],
    ...["-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24"],
  ]);
}
