/**
 * The addresses of mjpg-streamer and µStreamer, for programs that expect such
 * cameras: OctoPrint, Mainsail, Home Assistant, Motion.
 *
 * @module
 */

import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../../channel/channel.ts";
import { DEFAULT_QUALITY } from "../../image/default_quality.ts";
import type { Answer } from "../answer/answer.ts";
import { HttpError } from "../answer/http_error.ts";
import { jsonAnswer } from "../answer/json_answer.ts";
import { StreamAnswer } from "../answer/stream_answer.ts";
import type { ChannelCall } from "../call/call.ts";
import { READ_METHODS, type Resource } from "../call/resource.ts";
import {
  QUALITY,
  SERIES_PARAMETERS,
  WIDTH,
} from "../parameters/picture_parameters.ts";
import type {
  ChannelParameter,
  TextParameter,
} from "../parameters/query_parameter.ts";
import { NEXT } from "./finite/live_picture.ts";
import { snapshotAnswer } from "./finite/snapshot_image.ts";
import {
  multipartAnswer,
  type MultipartQuirks,
  quirksFor,
} from "./live/mjpeg.ts";
import { attachClient, streamClients } from "./stream_clients.ts";

/** `?action=` of mjpg-streamer. */
export const ACTION = {
  type: "text",
  name: "action",
  description: "As in mjpg-streamer: `stream` is the multipart stream, " +
    "`snapshot` the newest picture as JPEG; the suffix `_1` means the second " +
    "channel, and so on; what follows another question mark are parameters",
  pattern: "^(stream|snapshot)(_[0-9]+)?(\\?.*)?$",
} as const satisfies TextParameter;

/**
 * Programs put more behind it as if it ended the path, as OpenCV needs a name
 * in `?action=stream?dummy=param.mjpg`: mjpg-streamer looks at the beginning.
 */
const SECOND_QUERY = /^([^?]*)\??([^]*)$/;

/** `?channel=`: another channel. */
export const CHANNEL = {
  type: "channel",
  name: "channel",
  description: "A channel instead of the one of the address",
} as const satisfies ChannelParameter;

/** `?extra_headers=` of µStreamer. */
export const EXTRA_HEADERS = flag(
  "extra_headers",
  "`X-UStreamer-` headers in each part",
);

/** `?advance_headers=` of µStreamer. */
export const ADVANCE_HEADERS = flag(
  "advance_headers",
  "The head of each part right after the previous part",
);

/** `?dual_final_frames=` of µStreamer. */
export const DUAL_FINAL_FRAMES = flag(
  "dual_final_frames",
  "The last picture before a pause sent twice",
);

/** `?key=` of µStreamer. */
export const KEY = {
  type: "text",
  name: "key",
  description: "A word that identifies the client in the state",
  pattern: "^[A-Za-z0-9_-]{1,64}$",
} as const satisfies TextParameter;

/** `GET /stream`: the multipart stream; `?channel=` names another channel. */
export const compatStream: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [
    CHANNEL,
    ...SERIES_PARAMETERS,
    EXTRA_HEADERS,
    ADVANCE_HEADERS,
    DUAL_FINAL_FRAMES,
    KEY,
  ],
  answer: (call) => stream(chosen(call)),
};

/** `GET /snapshot`: the newest picture as JPEG. */
export const compatSnapshot: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [CHANNEL, NEXT, WIDTH, QUALITY],
  answer: (call) => snapshotAnswer(chosen(call), "jpeg"),
};

/** `GET /state`: the state in the form of µStreamer. */
export const compatState: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [CHANNEL],
  answer(call) {
    const { request, channel } = chosen(call);
    return jsonAnswer(request, { ok: true, result: stateOf(channel) });
  },
};

/**
 * `GET /?action=`: mjpg-streamer's `stream` and `snapshot`; `stream_1` is the
 * stream of the second channel.
 *
 * @returns Undefined if the address names no action.
 * @throws {HttpError} If the action or the channel does not exist.
 */
export function actionAnswer(
  call: ChannelCall,
): Answer | Promise<Answer> | undefined {
  const asked = call.query.get(ACTION.name);
  if (asked === null) return undefined;
  const [, action, more] = asked.match(SECOND_QUERY)!;
  const [, name, index] = action.match(/^(stream|snapshot)(?:_(\d+))?$/) ?? [];
  if (name === undefined) throw noSuchAction();
  const whole = { ...call, query: withMore(call.query, more) };
  const of = index === undefined
    ? chosen(whole)
    : numbered(whole, Number(index));
  return name === "stream" ? stream(of) : snapshotAnswer(of, "jpeg");
}

function stream(call: ChannelCall): Answer {
  const { request, query, channel } = call;
  const { advanceHeaders } = quirksFor(request);
  const quirks: MultipartQuirks = {
    advanceHeaders: advanceHeaders || isSet(query, ADVANCE_HEADERS),
    extraHeaders: isSet(query, EXTRA_HEADERS),
    dualFinalFrames: isSet(query, DUAL_FINAL_FRAMES),
  };
  const answer = multipartAnswer(call, { quirks });
  if (!(answer instanceof StreamAnswer)) return answer;
  const id = crypto.randomUUID().slice(-12);
  const key = query.get(KEY.name) ?? "0";
  return new StreamAnswer(
    { ...answer.headers, ...cookie(key, id) },
    (connection) =>
      attachClient(channel, id, { key, quirks }, connection, answer.attach),
  );
}

/**
 * The parameters of an address, and those behind a second question mark, which
 * count less.
 */
function withMore(query: URLSearchParams, more: string): URLSearchParams {
  const all = new URLSearchParams(query);
  for (const [name, value] of new URLSearchParams(more)) {
    all.append(name, value);
  }
  return all;
}

/** A cookie by which the client finds its entry in the state. */
function cookie(key: string, id: string): Record<string, string> {
  if (!new RegExp(KEY.pattern).test(key)) return {};
  return { "set-cookie": `stream_client=${key}/${id}; path=/; max-age=30` };
}

function flag(name: string, description: string): TextParameter {
  return { type: "text", name, description, examples: ["1"] };
}

function isSet(query: URLSearchParams, { name }: TextParameter): boolean {
  return /^(1|true|yes)$/i.test(query.get(name) ?? "");
}

/** Applies `?channel=`, which names another channel. */
function chosen(call: ChannelCall): ChannelCall {
  const name = call.query.get(CHANNEL.name);
  if (name === null) return call;
  const channel = call.channels.get(name);
  if (channel === undefined) throw noSuchChannel();
  return { ...call, channel };
}

function numbered(call: ChannelCall, index: number): ChannelCall {
  const channel = [...call.channels][index];
  if (channel === undefined) throw noSuchChannel();
  return { ...call, channel };
}

function stateOf(channel: Channel) {
  const { width, height, framesPerSecond, viewers, source } = channel.status();
  const fps = Math.round(framesPerSecond);
  return {
    instance_id: "",
    encoder: { type: "CPU", quality: DEFAULT_QUALITY },
    source: {
      resolution: { width, height },
      online: channel.newestInfo !== undefined && source.state !== "no signal",
      desired_fps: fps,
      captured_fps: fps,
    },
    stream: {
      queued_fps: fps,
      clients: viewers,
      clients_stat: streamClients(channel),
    },
  };
}

function noSuchAction(): HttpError {
  return new HttpError(
    STATUS_CODE.BadRequest,
    "The parameter action must be stream or snapshot.",
  );
}

function noSuchChannel(): HttpError {
  return new HttpError(
    STATUS_CODE.NotFound,
    "There is no such channel; /api/channels tells which there are.",
  );
}
