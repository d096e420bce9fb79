import { concat } from "@std/bytes/concat";
import type { Channel } from "../../../channel/channel.ts";
import type { PictureOutletOptions } from "../../../picture/picture_outlet.ts";
import type { StreamPicture } from "../../../picture/picture_series.ts";
import type { Answer } from "../../answer/answer.ts";
import { cameraSeconds } from "../../answer/camera_seconds.ts";
import { channelHeaders } from "../../answer/live_headers.ts";
import { streamOrHead } from "../../answer/stream_answer.ts";
import type { ChannelCall } from "../../call/call.ts";
import { needsNextHead, VARY } from "../../call/browser.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import {
  readSeries,
  SERIES_PARAMETERS,
} from "../../parameters/picture_parameters.ts";
import type { ChoiceParameter } from "../../parameters/query_parameter.ts";
import { readChoice } from "../../parameters/read_parameter.ts";
import { partBoundary } from "./boundary.ts";
import { attachPictures, bestFormat } from "./picture_stream.ts";

const PARTS = {
  type: "choice",
  name: "parts",
  description: "Format of each picture; `auto`: GIF where pictures came so",
  choices: ["jpeg", "gif", "auto"],
  default: "jpeg",
} as const satisfies ChoiceParameter;

/** Clients give up on a camera that is silent for some ten seconds. */
const REPEAT_MILLISECONDS = 5000;
/** For `dual_final_frames`: the same time as in µStreamer. */
const SOON_REPEAT_MILLISECONDS = 1000;

const encoder = new TextEncoder();

/** Options of a client, by the names of µStreamer's parameters. */
export interface MultipartQuirks {
  /** Sends the head of each part right after the one before, without length. */
  advanceHeaders: boolean;
  /** Each part tells the state in `X-UStreamer-` headers. */
  extraHeaders: boolean;
  /** The last picture of a movement is sent twice. */
  dualFinalFrames: boolean;
}

/** Default options for a client. */
export function quirksFor(request: Request): MultipartQuirks {
  return {
    advanceHeaders: needsNextHead(request),
    extraHeaders: false,
    dualFinalFrames: false,
  };
}

/**
 * `GET /NAME.mjpeg`: pictures, each of which replaces the one before, as
 * cameras send them (`multipart/x-mixed-replace`). `?parts=gif` makes them
 * GIFs instead of JPEGs; `?width=`, `?quality=` and `?fps=` bound them.
 */
export const mjpeg: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [PARTS, ...SERIES_PARAMETERS],
  answer: (call) =>
    multipartAnswer(call, { parts: readChoice(call.query, PARTS) }),
};

/** Options of a multipart stream. */
export interface MultipartOptions {
  /**
   * Format of each picture.
   *
   * @default {"jpeg"}
   */
  parts?: typeof PARTS.choices[number];
  /**
   * Peculiarities of the client.
   *
   * @default {quirksFor()} by its request
   */
  quirks?: MultipartQuirks;
}

/** The answer of {@linkcode mjpeg}. */
export function multipartAnswer(
  call: ChannelCall,
  { parts = "jpeg", quirks = quirksFor(call.request) }: MultipartOptions = {},
): Answer {
  const { request, query, channel } = call;
  const format = parts === "auto" ? bestFormat(channel) : parts;
  const series = readSeries(query, format);
  const headers = {
    ...channelHeaders(channel),
    "content-type": `multipart/x-mixed-replace;boundary=${partBoundary()}`,
    vary: VARY,
  };
  const options = (channel: Channel) => multipart(channel, format, quirks);
  const stream = { look: ["mjpeg", quirks], series, options };
  return streamOrHead(
    request,
    headers,
    (connection) => attachPictures(call, stream, connection),
  );
}

function multipart(
  channel: Channel,
  format: "jpeg" | "gif",
  quirks: MultipartQuirks,
): PictureOutletOptions {
  const type = `Content-Type: image/${format}\r\n`;
  const boundary = `--${partBoundary()}`;
  // A head sent in advance knows nothing of its part yet.
  const advance = () =>
    quirks.advanceHeaders ? type + timestamp(Date.now()) + "\r\n" : "";
  const head = (picture: StreamPicture) =>
    quirks.advanceHeaders ? "" : type +
      `Content-Length: ${picture.bytes.length}\r\n` +
      timestamp(picture.timeMilliseconds) +
      (quirks.extraHeaders ? extraFields(channel, picture) : "") + "\r\n";
  const part = (picture: StreamPicture, end: string) =>
    concat([
      encoder.encode(head(picture)),
      picture.bytes,
      encoder.encode(`\r\n${boundary}${end}`),
    ]);
  return {
    viewedForm: "multipart",
    greeting: () => encoder.encode(`${boundary}\r\n${advance()}`),
    // The next boundary tells at once that the picture is complete.
    wrap: (picture) => part(picture, `\r\n${advance()}`),
    // The boundary is open already. WebKit shows no picture at all, and is busy
    // for ever, when the stream ends in an empty part.
    farewell: (picture) => part(picture, "--\r\n"),
    repeatMilliseconds: quirks.dualFinalFrames
      ? SOON_REPEAT_MILLISECONDS
      : REPEAT_MILLISECONDS,
  };
}

/** The time of a picture, as mjpg-streamer and µStreamer send it. */
function timestamp(timeMilliseconds: number): string {
  return `X-Timestamp: ${cameraSeconds(timeMilliseconds)}\r\n`;
}

function extraFields(channel: Channel, picture: StreamPicture): string {
  const { framesPerSecond, skippedFrames } = channel.status();
  const now = performance.timeOrigin + performance.now();
  const fields = {
    Online: "true",
    Dropped: skippedFrames,
    Width: picture.width,
    Height: picture.height,
    "Client-FPS": Math.round(framesPerSecond),
    "Grab-Time": cameraSeconds(picture.timeMilliseconds),
    "Send-Time": cameraSeconds(now),
    Latency: cameraSeconds(Math.max(0, now - picture.timeMilliseconds)),
  };
  return Object.entries(fields)
    .map(([name, value]) => `X-UStreamer-${name}: ${value}\r\n`)
    .join("");
}
