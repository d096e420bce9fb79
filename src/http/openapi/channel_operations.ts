import { binary, json, type Operation, parameter, response } from "./form.ts";

const WATCH = ["Watch"] as const;
const PICTURES = ["Pictures"] as const;
const OTHER_SERVERS = ["Addresses of other servers"] as const;
const MULTIPART = "multipart/x-mixed-replace";

const FILE_HEADERS = {
  ETag: {
    description: "What tells it from others, for `If-None-Match`",
    schema: { type: "string" },
  },
  "Content-Length": {
    description: "Its length in bytes",
    schema: { type: "integer", minimum: 1 },
  },
};

/** The answers that every operation on a channel may give. */
const REFUSALS = {
  400: response("BadRequest"),
  401: response("Unauthorized"),
  404: response("NotFound"),
  405: response("MethodNotAllowed"),
  503: response("Unavailable"),
};

/** The endless GIF. */
export const stream: Operation = {
  operationId: "watchGif",
  summary: "The endless GIF",
  description: "For an `<img>`. One that lags misses pictures, and goes on " +
    "with the newest. It never loops, and ends only when the channel does.",
  tags: WATCH,
  responses: {
    200: binary("A GIF without an end", "image/gif"),
    ...REFUSALS,
  },
};

/** The page, or the endless GIF. */
export const root: Operation = {
  operationId: "open",
  summary: "The page, or the endless GIF",
  description: "The page for a browser that navigates, by `Accept`, and the " +
    "endless GIF for all else. With `action`, what that says, and the " +
    "parameters are those of `/stream` and `/snapshot`.",
  tags: WATCH,
  responses: {
    200: binary(
      "The page, the endless GIF, or what `action` says",
      "text/html",
      "image/gif",
      "image/jpeg",
      MULTIPART,
    ),
    ...REFUSALS,
  },
};

/** The same with a slash behind it. */
export const slash: Operation = {
  operationId: "openSlash",
  summary: "The address without the slash",
  tags: WATCH,
  responses: { ...REFUSALS, 308: response("Moved") },
};

/** Pictures that replace each other. */
export const mjpeg: Operation = {
  operationId: "watchMultipart",
  summary: "Pictures, each of which replaces the one before",
  description: "As cameras send them; each part has its `Content-Length`.",
  tags: WATCH,
  responses: { 200: binary("Parts without an end", MULTIPART), ...REFUSALS },
};

/** Pictures as messages. */
export const ws: Operation = {
  operationId: "watchWebSocket",
  summary: "A WebSocket: one binary message a picture",
  description: "One that lags misses pictures, and goes on with the newest.",
  tags: WATCH,
  responses: {
    101: { description: "The WebSocket is open" },
    ...REFUSALS,
    403: response("Forbidden"),
    426: response("UpgradeRequired"),
  },
};

/** Pictures for a terminal. */
export const ascii: Operation = {
  operationId: "watchInTerminal",
  summary: "The stream for a terminal, as `curl -N` shows it",
  tags: WATCH,
  responses: {
    200: binary("Half blocks of 24-bit color without an end", "text/plain"),
    ...REFUSALS,
  },
};

function snapshot(
  operationId: string,
  summary: string,
  type: string,
): Operation {
  return {
    operationId,
    summary,
    tags: PICTURES,
    parameters: [parameter("IfNoneMatch")],
    responses: {
      200: { ...binary("The picture", type), headers: FILE_HEADERS },
      304: response("NotModified"),
      ...REFUSALS,
    },
  };
}

/** The newest picture, or one of the past. */
export const snapshotGif: Operation = snapshot(
  "getSnapshotGif",
  "The newest picture, or one of the past, as a GIF that ends",
  "image/gif",
);

/** The newest picture, or one of the past. */
export const snapshotPng: Operation = snapshot(
  "getSnapshotPng",
  "The newest picture, or one of the past, as PNG, as viewers see it",
  "image/png",
);

/** The newest picture, or one of the past. */
export const snapshotJpeg: Operation = snapshot(
  "getSnapshotJpeg",
  "The newest picture, or one of the past, as JPEG; as it came, if it did so",
  "image/jpeg",
);

/** The last seconds. */
export const clip: Operation = {
  operationId: "getClip",
  summary: "The last seconds as a GIF that plays again and again",
  description: "It plays at true speed, and is shorter if less is kept.",
  tags: PICTURES,
  responses: {
    200: {
      ...binary("A GIF that ends", "image/gif"),
      headers: {
        "Content-Length": FILE_HEADERS["Content-Length"],
        "Content-Disposition": {
          description: "A name to save it by",
          schema: { type: "string" },
        },
      },
    },
    ...REFUSALS,
  },
};

/** The multipart stream of other servers. */
export const compatStream: Operation = {
  operationId: "watchAsOtherServers",
  summary: "The multipart stream, as mjpg-streamer and µStreamer have it",
  description: "Parameters that are not known are not heeded.",
  tags: OTHER_SERVERS,
  responses: mjpeg.responses,
};

/** The newest picture at the address of other servers. */
export const compatSnapshot: Operation = {
  operationId: "getSnapshotAsOtherServers",
  summary: "The newest picture as JPEG, as mjpg-streamer and µStreamer have it",
  tags: OTHER_SERVERS,
  parameters: [parameter("IfNoneMatch")],
  responses: snapshotJpeg.responses,
};

/** The state as µStreamer has it. */
export const compatState: Operation = {
  operationId: "getStateAsOtherServers",
  summary: "The state, as µStreamer has it",
  tags: OTHER_SERVERS,
  responses: { 200: json("The state", "State"), ...REFUSALS },
};

const FRAMES = {
  summary: "Send frames",
  description: "One GIF, PNG or JPEG, or many of them one behind the other: " +
    "an animated GIF that never ends, or MJPEG, as it comes. What it is, is " +
    "seen by its first bytes. The channel is made if it may be. The answer " +
    "comes when the body has ended.",
  tags: ["Send"],
  requestBody: {
    required: true,
    description: "The frames",
    content: {
      "image/gif": {},
      "image/jpeg": {},
      "image/png": {},
      "multipart/x-mixed-replace": {},
      "application/octet-stream": {},
    },
  },
  security: [{ senderToken: [] }],
  responses: {
    200: json("What became of them", "IntakeCounts"),
    400: response("BadRequest"),
    401: response("Unauthorized"),
    403: response("Forbidden"),
    404: response("NotFound"),
    405: response("MethodNotAllowed"),
    408: response("Timeout"),
    409: response("Conflict"),
    413: response("ContentTooLarge"),
    415: response("UnsupportedMediaType"),
    503: response("Unavailable"),
  },
} satisfies Omit<Operation, "operationId">;

/** Takes frames. */
export const postFrames: Operation = { operationId: "postFrames", ...FRAMES };
/** Takes frames, too, for those who say PUT. */
export const putFrames: Operation = { operationId: "putFrames", ...FRAMES };
