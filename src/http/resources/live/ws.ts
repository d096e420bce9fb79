import { STATUS_CODE } from "@std/http/status";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import type { PictureOutletOptions } from "../../../picture/picture_outlet.ts";
import { HttpError } from "../../answer/http_error.ts";
import { SocketAnswer } from "../../answer/socket_answer.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import {
  readSeries,
  SERIES_PARAMETERS,
} from "../../parameters/picture_parameters.ts";
import type { ChoiceParameter } from "../../parameters/query_parameter.ts";
import { readChoice } from "../../parameters/read_parameter.ts";
import { attachWithStatus } from "../state/status_ticker.ts";
import { attachPictures, bestFormat } from "./picture_stream.ts";

const FORMAT = {
  type: "choice",
  name: "format",
  description: "Format of each message, which is a whole file; `auto`: GIF " +
    "where pictures came so, else JPEG",
  choices: ["gif", "jpeg", "auto"],
  default: "gif",
} as const satisfies ChoiceParameter;

const STATUS = {
  type: "choice",
  name: "status",
  description: "`yes`: every two seconds a message with the state of all " +
    "channels comes too, as JSON, which begins with `{`; `changes`: with the " +
    "fields that have changed, after a first one with all",
  choices: ["no", "yes", "changes"],
  default: "no",
} as const satisfies ChoiceParameter;

const TIME = {
  type: "choice",
  name: "time",
  description:
    "`yes`: eight bytes before each picture tell when it was sent, " +
    "by the clock of `nowMilliseconds`: milliseconds since 1970 as a " +
    "big-endian double, which never begins with `{`",
  choices: ["no", "yes"],
  default: "no",
} as const satisfies ChoiceParameter;

/**
 * `GET /NAME/ws`: a WebSocket with one binary message per picture: a whole GIF,
 * or a JPEG with `?format=jpeg`; `?width=`, `?quality=` and `?fps=` limit it.
 * A slow viewer skips pictures, and goes on with the newest. With
 * `?status=yes` the state of the channels comes on the same connection, and
 * with `?time=yes` each picture comes after its time.
 */
export const ws: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [FORMAT, ...SERIES_PARAMETERS, STATUS, TIME],
  answer(call) {
    const { request, query, channel, channels, settings } = call;
    const format = readChoice(query, FORMAT);
    const series = readSeries(
      query,
      format === "auto" ? bestFormat(channel) : format,
    );
    const telling = readChoice(query, STATUS);
    const withTime = readChoice(query, TIME) === "yes";
    if (!wantsSocket(request)) throw upgradeRequired();
    const stream = withTime
      ? { look: "ws with times", series, options: optionsWithTime }
      : { look: "ws", series, options };
    const attach = (connection: ViewerConnection) =>
      attachPictures(call, stream, connection);
    const { faults } = settings;
    return new SocketAnswer((connection) =>
      telling === "no"
        ? attach(connection)
        : attachWithStatus({ channels, faults, telling }, connection, attach)
    );
  },
};

/** A picture is a message. */
function options(): PictureOutletOptions {
  return { viewedForm: "websocket", wrap: (_, bytes) => bytes };
}

/** A picture is a message, after its time. */
function optionsWithTime(): PictureOutletOptions {
  return {
    viewedForm: "websocket",
    wrap({ timeMilliseconds }, bytes) {
      const message = new Uint8Array(TIME_BYTES + bytes.length);
      new DataView(message.buffer).setFloat64(0, timeMilliseconds);
      message.set(bytes, TIME_BYTES);
      return message;
    },
  };
}

const TIME_BYTES = 8;

/** Sixteen bytes by base64. */
const KEY = /^[A-Za-z0-9+/]{22}==$/;

/** True if the request asks for a WebSocket (RFC 6455, 4.2.1). */
export function wantsSocket({ method, headers }: Request): boolean {
  return method === "GET" &&
    headers.get("upgrade")?.toLowerCase() === "websocket" &&
    headers.get("connection")?.toLowerCase().includes("upgrade") === true &&
    headers.get("sec-websocket-version") === "13" &&
    KEY.test(headers.get("sec-websocket-key") ?? "");
}

/** The refusal of a request that asks for no WebSocket. */
export function upgradeRequired(path: string = "/NAME/ws"): HttpError {
  return new HttpError(
    STATUS_CODE.UpgradeRequired,
    `This address is for WebSockets: new WebSocket("ws://...${path}").`,
    { upgrade: "websocket", connection: "upgrade" },
  );
}
