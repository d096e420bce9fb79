import { DEVICE } from "../device_formats.ts";

/** Rate and size of the pictures to make. */
export interface PictureRequest {
  /** Pictures a second. */
  framesPerSecond: number;
  /**
   * Pixels of a row; undefined: from `height` and the aspect, or at most 480.
   */
  width?: number;
  /** Rows; undefined: from `width` and the aspect. */
  height?: number;
  /** How to turn them, as EXIF numbers orientations. */
  turn?: number;
  /** A filter of ffmpeg's, before turning and scaling. */
  filter?: string;
}

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
   * True: pictures go out when they come, each once, and only those that come
   * too soon are dropped. Otherwise they come at even times, as a film's.
   */
  asTheyCome: boolean;
  /** True: the input ends by itself, as a file does. */
  finite: boolean;
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
}

/** Largest width of pictures whose size is not given. */
const MAX_WIDTH = 480;

const URL_SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** Schemes of servers whose streams have no end. */
const LIVE_SCHEMES = /^(rtmps?|rtmpts?|rtmpe|rtmpte|rtsps?|rtp|srt|tcp|udp)$/;
/** Web addresses of files, and of playlists that set their own pace. */
const WEB_FILE =
  /\.(mp4|m4v|mov|mkv|webm|avi|ts|mpe?g|flv|ogv|wmv|gif|webp|apng|m3u8|mpd)$/i;

/**
 * Time without a byte after which ffmpeg gives up. A silent camera is then
 * tried again, and an ffmpeg whose gifstream was killed ends even with nothing
 * to write.
 */
const TIMEOUT_MICROSECONDS = "10000000";

/**
 * Filter that stamps each picture with the time of its decoding, in
 * microseconds.
 */
const BY_ARRIVAL = "settb=AVTB,setpts=RTCTIME-RTCSTART";

/**
 * Enough to recognize a stream; ffmpeg's own 5 s mean 5 s without a picture.
 */
const SHORT_ANALYSIS = ["-analyzeduration", "1000000"];

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
  const { kind, name, before, timeout } = inputKind(input);
  const finite = kind === "file" || kind === "web file" || kind === "lavfi";
  const pace = finite && paced ? ["-re"] : [];
  const again = loop && finite && kind !== "lavfi"
    ? ["-stream_loop", "-1"]
    : [];
  return {
    args: [...pace, ...again, ...before, ...inputArguments, "-i", name],
    remote: kind === "web file" || kind === "live",
    live: kind === "live",
    asTheyCome: kind === "live" || kind === "device",
    finite: finite && !loop,
    timeout,
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

function inputKind(input: string): InputKind {
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
  return addressKind(input, scheme);
}

function addressKind(input: string, scheme: string): InputKind {
  if (scheme === "http" || scheme === "https") {
    const before = [
      "-protocol_whitelist",
      "http,https,tls,tcp,httpproxy,crypto,data",
    ];
    if (WEB_FILE.test(input.replace(/[?#].*$/s, ""))) {
      return { kind: "web file", name: input, before, timeout: "any" };
    }
    return {
      kind: "live",
      name: input,
      before: [...before, ...SHORT_ANALYSIS],
      timeout: "any",
    };
  }
  if (!LIVE_SCHEMES.test(scheme)) {
    throw new Error(
      `Cannot play ${scheme}://: expected an address that begins with ` +
        "http, https, rtmp, rtsp, rtp, srt, tcp or udp",
    );
  }
  // Not by UDP: where packets are lost, parts of the picture turn gray.
  const before = scheme === "rtsp" ? ["-rtsp_transport", "tcp"] : [];
  return {
    kind: "live",
    name: input,
    before: [...before, ...SHORT_ANALYSIS],
    timeout: timeoutOf(scheme),
  };
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
  const rate = input.asTheyCome
    ? notTooSoon(request.framesPerSecond)
    : `fps=${request.framesPerSecond}`;
  const filters = [rate, pictureFilter(request)];
  if (input.live) filters.unshift(BY_ARRIVAL);
  return [
    ...["-hide_banner", "-nostats", "-nostdin", "-loglevel", "error"],
    ...timeoutArguments(input.timeout, majorVersion),
    ...input.args,
    ...["-map", "0:v:0", "-vf", filters.join(",")],
    // Otherwise pictures would be made twice, or left out, for an even rate.
    ...input.asTheyCome ? ["-vsync", "passthrough"] : [],
    ...["-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24"],
    ...["-flush_packets", "1", "pipe:1"],
  ];
}

/** Filters for each orientation, as EXIF numbers them. */
const TURNS: Record<number, string> = {
  2: "hflip",
  3: "hflip,vflip",
  4: "vflip",
  5: "transpose=0",
  6: "transpose=1",
  7: "transpose=3",
  8: "transpose=2",
};

/** Share of an interval by which a picture may come before it is due. */
const MOST_EARLY = 0.75;

/**
 * Filter that drops pictures beyond a rate: what comes long before it is due.
 * The time when the next one is due is kept in variable 0.
 */
function notTooSoon(framesPerSecond: number): string {
  const interval = 1 / framesPerSecond;
  const isDue = `gte(t,ld(0)-${MOST_EARLY * interval})`;
  return `select='if(${isDue},0*st(0,max(ld(0)+${interval},t))+1,0)'`;
}

/**
 * Filter for turning and size. With one side given, the other follows from the
 * aspect, including that of pixels; with both, bars fill the rest.
 */
function pictureFilter(request: PictureRequest): string {
  const { width, height, filter, turn = 1 } = request;
  const turned = [filter, TURNS[turn]]
    .filter((each) => each !== undefined && each !== "");
  return [...turned, sizeFilter(width, height)].join(",");
}

function sizeFilter(
  width: number | undefined,
  height: number | undefined,
): string {
  const ofWidth = "h='max(1,round(ow/dar))':flags=lanczos";
  if (width !== undefined && height !== undefined) {
    const fit = `min(${width}/dar,${height})`;
    return `scale=w='max(1,round(${fit}*dar))':` +
      `h='max(1,round(${fit}))':flags=lanczos,` +
      `pad=${width}:${height}:-1:-1,setsar=1`;
  }
  if (width !== undefined) return `scale=w=${width}:${ofWidth}`;
  if (height !== undefined) {
    return `scale=w='max(1,round(${height}*dar))':h=${height}:` +
      "flags=lanczos";
  }
  const natural = `w='max(1,min(${MAX_WIDTH},round(iw*sar)))'`;
  return `scale=${natural}:${ofWidth}`;
}
