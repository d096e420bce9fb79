import { DEVICE } from "../device_formats.ts";

/** What of the picture is wanted. */
export interface PictureRequest {
  /** Pictures a second. */
  framesPerSecond: number;
  /** Pixels of a row; undefined: as `height` makes it, or 480 at most. */
  width?: number;
  /** Rows; undefined: as `width` and the aspect make it. */
  height?: number;
}

/** An input, as ffmpeg is told of it. */
export interface FfmpegInput {
  /** Options that go before `-i`, then `-i` and the input's name. */
  args: string[];
  /** Whether it may be out of reach now and be there later. */
  remote: boolean;
  /**
   * Whether pictures count when they arrive, whatever time they bear: that of
   * a stream starts anew with its publisher, and a web camera has none.
   */
  live: boolean;
  /** Whether it ends by itself, as a file does. */
  finite: boolean;
  /** By which option it is told how long to wait for bytes, if it can be. */
  timeout?: Timeout;
}

/**
 * What limits how long ffmpeg waits: of most protocols all reading and
 * writing, of others their own option.
 */
type Timeout = "any" | "udp" | "rtsp";

/** How to open an input. */
export interface InputOptions {
  /** Whether to begin again at the end, where there is one. */
  loop?: boolean;
  /** Options for ffmpeg to open the input with, after ours. */
  inputArguments?: readonly string[];
}

/** Width of pictures whose size nobody asked for. */
const MAX_WIDTH = 480;

const URL_SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** Schemes of servers whose streams have no end. */
const LIVE_SCHEMES = /^(rtmps?|rtmpts?|rtmpe|rtmpte|rtsps?|rtp|srt|tcp|udp)$/;
/** Of web addresses, these are no live stream, or pace themselves by it. */
const WEB_FILE =
  /\.(mp4|m4v|mov|mkv|webm|avi|ts|mpe?g|flv|ogv|wmv|gif|webp|apng|m3u8|mpd)$/i;

/**
 * After so long without a byte ffmpeg gives up: a camera that fell silent is
 * tried again, and one whose gifstream was killed ends though it has nothing
 * to write.
 */
const TIMEOUT_MICROSECONDS = "10000000";

/** Gives each picture the time that it was decoded at, in microseconds. */
const BY_ARRIVAL = "settb=AVTB,setpts=RTCTIME-RTCSTART";

/** Enough to know a stream by; ffmpeg's 5 s would be 5 s without a picture. */
const SHORT_ANALYSIS = ["-analyzeduration", "1000000"];

/**
 * How ffmpeg opens an input.
 *
 * A path is given as `file:`, and a list of protocols goes with it, so that
 * neither its name nor a playlist in it can make ffmpeg do anything else.
 *
 * @param input A path, an address, or a device's format and name.
 * @throws {Error} If it is an address of a kind that is not known.
 */
export function ffmpegInput(
  input: string,
  options: InputOptions = {},
): FfmpegInput {
  const { loop = false, inputArguments = [] } = options;
  const { kind, name, before, timeout } = inputKind(input);
  const finite = kind === "file" || kind === "web file" || kind === "lavfi";
  const pace = finite ? ["-re"] : [];
  const again = loop && finite && kind !== "lavfi"
    ? ["-stream_loop", "-1"]
    : [];
  return {
    args: [...pace, ...again, ...before, ...inputArguments, "-i", name],
    remote: kind === "web file" || kind === "live",
    live: kind === "live",
    finite: finite && !loop,
    timeout,
  };
}

/** What an input is, for ffmpeg and for us. */
interface InputKind {
  kind: "file" | "web file" | "live" | "lavfi" | "device";
  /** What follows `-i`. */
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
  // Camera pictures of which a part was lost are gray: not by UDP.
  const before = scheme === "rtsp" ? ["-rtsp_transport", "tcp"] : [];
  return {
    kind: "live",
    name: input,
    before: [...before, ...SHORT_ANALYSIS],
    timeout: timeoutOf(scheme),
  };
}

/** RTP has none. */
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

/** Before version 5, `-timeout` made ffmpeg wait for a camera to call it. */
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
 * ffmpeg's whole command line: the input's pictures, each a PPM image with
 * its size in front, on standard output.
 *
 * @param majorVersion That of ffmpeg, for RTSP; undefined: the newest.
 */
export function ffmpegArguments(
  input: FfmpegInput,
  request: PictureRequest,
  majorVersion?: number,
): string[] {
  const filter = input.live
    ? `${BY_ARRIVAL},${pictureFilter(request)}`
    : pictureFilter(request);
  return [
    ...["-hide_banner", "-nostats", "-nostdin", "-loglevel", "error"],
    ...timeoutArguments(input.timeout, majorVersion),
    ...input.args,
    ...["-map", "0:v:0", "-vf", filter],
    ...["-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24"],
    ...["-flush_packets", "1", "pipe:1"],
  ];
}

/**
 * With one side given, the other follows from the aspect, that of pixels
 * included; with both, bars fill what the picture leaves.
 */
function pictureFilter(request: PictureRequest): string {
  const { framesPerSecond, width, height } = request;
  const fps = `fps=${framesPerSecond}`;
  const ofWidth = "h='max(1,round(ow/dar))':flags=lanczos";
  if (width !== undefined && height !== undefined) {
    const fit = `min(${width}/dar,${height})`;
    return `${fps},scale=w='max(1,round(${fit}*dar))':` +
      `h='max(1,round(${fit}))':flags=lanczos,` +
      `pad=${width}:${height}:-1:-1,setsar=1`;
  }
  if (width !== undefined) return `${fps},scale=w=${width}:${ofWidth}`;
  if (height !== undefined) {
    return `${fps},scale=w='max(1,round(${height}*dar))':h=${height}:` +
      "flags=lanczos";
  }
  const natural = `w='max(1,min(${MAX_WIDTH},round(iw*sar)))'`;
  return `${fps},scale=${natural}:${ofWidth}`;
}
