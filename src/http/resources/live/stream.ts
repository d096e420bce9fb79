import {
  attachToRendition,
  type RenditionForm,
} from "../../../channel/rendition/rendition.ts";
import { TimedConnection } from "../../../channel/viewers/timed_connection.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import type { Answer } from "../../answer/answer.ts";
import { LIVE_HEADERS } from "../../answer/live_headers.ts";
import { StreamAnswer } from "../../answer/stream_answer.ts";
import type { ChannelCall } from "../../call/call.ts";
import type { Resource } from "../../call/resource.ts";
import { READ_METHODS } from "../../call/resource.ts";
import {
  badParameter,
  choiceParameter,
  numberParameter,
} from "../../parameters/query_parameter.ts";

const GIF_HEADERS = { ...LIVE_HEADERS, "content-type": "image/gif" };

const FRAMES_PER_SECOND = { min: 0.1, max: 100 };
/** A timer holds no more than 24 days. */
const DURATION_SECONDS = { min: 0.1, max: 1e6 };

/** How one viewer wants the stream. */
interface StreamParameters extends RenditionForm {
  backlogSeconds?: number;
  durationSeconds?: number;
}

/**
 * `GET /NAME.gif`: a GIF that never ends. It begins `backlog` seconds in the
 * past, has at most `fps` pictures a second, ends after `duration` seconds,
 * and has true delays by `pace=real`.
 */
export const stream: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer: (call) => streamAnswer(call),
};

/** The endless GIF, with these headers besides its own. */
export function streamAnswer(
  call: ChannelCall,
  headers: Record<string, string> = {},
): Answer {
  const parameters = readParameters(call);
  const all = { ...GIF_HEADERS, ...headers };
  if (call.request.method === "HEAD") {
    return new Response(null, { headers: all });
  }
  return new StreamAnswer(all, attachment(call, parameters));
}

function readParameters({ query, channel }: ChannelCall): StreamParameters {
  const parameters: StreamParameters = {
    backlogSeconds: numberParameter(query, "backlog", {
      min: 0,
      max: channel.past.seconds,
    }),
    framesPerSecond: numberParameter(query, "fps", FRAMES_PER_SECOND),
    durationSeconds: numberParameter(query, "duration", DURATION_SECONDS),
    pace: choiceParameter(query, "pace", ["live", "real"]) ?? "live",
  };
  if (parameters.backlogSeconds && isRendition(parameters)) {
    const backlog = query.get("backlog")!;
    throw badParameter("backlog", backlog, "0 with fps or pace=real");
  }
  return parameters;
}

/** Whether it is more than another beginning, or end, of the same stream. */
function isRendition({ framesPerSecond, pace }: RenditionForm): boolean {
  return framesPerSecond !== undefined || pace === "real";
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
    const timed = new TimedConnection(connection, milliseconds, channel.faults);
    const leave = timed.attach(attach);
    if (channel.newestInfo !== undefined) timed.start();
    return leave;
  };
}
