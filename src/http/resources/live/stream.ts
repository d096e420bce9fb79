import {
  attachToRendition,
  type RenditionForm,
} from "../../../channel/rendition/rendition.ts";
import { TimedConnection } from "../../../channel/viewers/timed_connection.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import type { Answer } from "../../answer/answer.ts";
import { channelHeaders } from "../../answer/live_headers.ts";
import { streamOrHead } from "../../answer/stream_answer.ts";
import type { ChannelCall } from "../../call/call.ts";
import type { Resource } from "../../call/resource.ts";
import { READ_METHODS } from "../../call/resource.ts";
import {
  needsEndlessJpeg,
  VARY,
  waitsForWholeGif,
} from "../../call/browser.ts";
import { FRAMES_PER_SECOND } from "../../parameters/picture_parameters.ts";
import type {
  ChoiceParameter,
  NumberParameter,
} from "../../parameters/query_parameter.ts";
import { FINITE_PARAMETERS, finiteGif } from "../finite/finite_gif.ts";
import {
  badParameter,
  readChoice,
  readNumber,
} from "../../parameters/read_parameter.ts";
import { endlessJpegAnswer } from "./endless_jpeg.ts";
import { multipartAnswer } from "./mjpeg.ts";

const BACKLOG = {
  type: "number",
  name: "backlog",
  description: "Seconds of the past to start with, if kept; not with `fps` " +
    "or `pace=real`",
  min: 0,
} as const satisfies NumberParameter;

const DURATION = {
  type: "number",
  name: "duration",
  description: "Seconds after which the GIF ends",
  min: 0.1,
  // A timer holds no more than 24 days.
  max: 1e6,
} as const satisfies NumberParameter;

const PACE = {
  type: "choice",
  name: "pace",
  description: "`live` shows each picture at once. `real` shows each picture " +
    "as long as it was on air, for recordings",
  choices: ["live", "real"],
  default: "live",
} as const satisfies ChoiceParameter;

const DELAY = {
  type: "number",
  name: "delay",
  description:
    "Hundredths of a second that each picture is shown for, and no " +
    "more pictures than that allows: 6 for browsers that turn less into 10, " +
    "as those of before 2012; not with `pace=real`",
  min: 2,
  max: 1000,
  integer: true,
} as const satisfies NumberParameter;

const AS = {
  type: "choice",
  name: "as",
  description: "`gif` is one GIF that never ends; `multipart` are pictures, " +
    "each of which replaces the one before, `jpeg` is one JPEG that goes on; " +
    "neither with `backlog`, `duration` or `pace=real`. By default browsers " +
    "that show no GIF while it loads get multipart, as Safari, or JPEG, as Dillo",
  choices: ["auto", "gif", "multipart", "jpeg"],
  default: "auto",
} as const satisfies ChoiceParameter;

/** The parameters of the endless GIF, at all of its addresses. */
export const STREAM_PARAMETERS = [
  AS,
  BACKLOG,
  FRAMES_PER_SECOND,
  DURATION,
  PACE,
  DELAY,
  ...FINITE_PARAMETERS,
];

/** Options of one viewer. */
interface StreamParameters extends RenditionForm {
  backlogSeconds?: number;
  durationSeconds?: number;
}

/**
 * `GET /NAME.gif`: a GIF that never ends. It begins `backlog` seconds in the
 * past, has at most `fps` pictures per second, ends after `duration` seconds,
 * and with `pace=real` has true delays.
 */
export const stream: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: STREAM_PARAMETERS,
  answer: (call) => streamAnswer(call),
};

/**
 * Answers with the endless GIF, with pictures that replace each other where
 * that is wanted or needed, or with a finite GIF in the same way.
 */
export function streamAnswer(call: ChannelCall): Answer | Promise<Answer> {
  const finite = finiteGif(call);
  if (finite !== undefined) return finite;
  const parameters = readParameters(call);
  const form = formOf(call, parameters);
  if (form === "multipart") return multipartAnswer(call, { parts: "auto" });
  if (form === "jpeg") return endlessJpegAnswer(call);
  return streamOrHead(
    call.request,
    {
      ...channelHeaders(call.channel),
      "content-type": "image/gif",
      vary: VARY,
    },
    attachment(call, parameters),
  );
}

/** The form that is wanted, or needed. */
function formOf(
  { request, query }: ChannelCall,
  { pace, durationSeconds, backlogSeconds }: StreamParameters,
): "gif" | "multipart" | "jpeg" {
  const as = readChoice(query, AS);
  if (as === "gif") return as;
  const asksForGif = pace === "real" || durationSeconds !== undefined;
  if (as === "auto") {
    if (asksForGif) return "gif";
    if (needsEndlessJpeg(request)) return "jpeg";
    return waitsForWholeGif(request) ? "multipart" : "gif";
  }
  if (asksForGif || backlogSeconds !== undefined) {
    throw badParameter(AS.name, as, "gif with backlog, duration or pace=real");
  }
  return as;
}

function readParameters({ query, channel }: ChannelCall): StreamParameters {
  const parameters: StreamParameters = {
    backlogSeconds: readNumber(query, {
      ...BACKLOG,
      max: channel.past.seconds,
    }),
    framesPerSecond: readNumber(query, FRAMES_PER_SECOND),
    durationSeconds: readNumber(query, DURATION),
    pace: readChoice(query, PACE),
    delayCentiseconds: readNumber(query, DELAY),
  };
  const { delayCentiseconds, pace } = parameters;
  if (delayCentiseconds !== undefined && pace === "real") {
    throw badParameter(PACE.name, pace, "live with delay");
  }
  if (parameters.backlogSeconds && isRendition(parameters)) {
    const backlog = query.get(BACKLOG.name)!;
    throw badParameter(BACKLOG.name, backlog, "0 with fps, delay or pace=real");
  }
  return parameters;
}

/** True if the stream differs in more than its beginning or end. */
function isRendition(
  { framesPerSecond, pace, delayCentiseconds }: RenditionForm,
): boolean {
  return framesPerSecond !== undefined || pace === "real" ||
    delayCentiseconds !== undefined;
}

function attachment(
  { channel }: ChannelCall,
  parameters: StreamParameters,
): (connection: ViewerConnection) => () => void {
  const { durationSeconds, backlogSeconds } = parameters;
  const attach = isRendition(parameters)
    ? (connection: ViewerConnection) =>
      attachToRendition(channel, parameters, connection)
    : (connection: ViewerConnection) =>
      channel.attach(connection, { backlogSeconds });
  if (durationSeconds === undefined) return attach;
  return (connection) => {
    const milliseconds = durationSeconds * 1000;
    const { faults } = channel;
    const timed = new TimedConnection(connection, milliseconds, { faults });
    const leave = timed.attach(attach);
    // The first picture is held until the next one comes, which may take long.
    const isHeld = parameters.pace === "real";
    if (isHeld && channel.newestInfo !== undefined) timed.start();
    return leave;
  };
}
