import { STATUS_CODE } from "@std/http/status";
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
import { attachPictures } from "./picture_stream.ts";

const FORMAT = {
  type: "choice",
  name: "format",
  description: "Format of each message, which is a whole file",
  choices: ["gif", "jpeg"],
  default: "gif",
} as const satisfies ChoiceParameter;

/**
 * `GET /NAME/ws`: a WebSocket with one binary message per picture: a whole GIF,
 * or a JPEG with `?format=jpeg`; `?width=`, `?quality=` and `?fps=` limit it.
 * A slow viewer skips pictures, and goes on with the newest.
 */
export const ws: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [FORMAT, ...SERIES_PARAMETERS],
  answer(call) {
    const { request, query } = call;
    const series = readSeries(query, readChoice(query, FORMAT));
    if (!wantsSocket(request)) throw upgradeRequired();
    const stream = { look: "ws", series, options };
    return new SocketAnswer((connection) =>
      attachPictures(call, stream, connection)
    );
  },
};

/** A picture is a message. */
function options(): PictureOutletOptions {
  return { viewedForm: "websocket", wrap: (_, bytes) => bytes };
}

/** True if the request asks for a WebSocket (RFC 6455, 4.2.1). */
export function wantsSocket({ method, headers }: Request): boolean {
  return method === "GET" &&
    headers.get("upgrade")?.toLowerCase() === "websocket" &&
    headers.get("connection")?.toLowerCase().includes("upgrade") === true &&
    headers.get("sec-websocket-version") === "13" &&
    headers.has("sec-websocket-key");
}

/** The refusal of a request that asks for no WebSocket. */
export function upgradeRequired(): HttpError {
  return new HttpError(
    STATUS_CODE.UpgradeRequired,
    'This address is for WebSockets: new WebSocket("ws://.../NAME/ws").',
    { upgrade: "websocket", connection: "upgrade" },
  );
}
