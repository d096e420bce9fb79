import {
  binary,
  json,
  type Operation,
  parameter,
  response,
  type ResponseObject,
} from "./form.ts";

const WATCH = ["Watch"] as const;
const PICTURES = ["Pictures"] as const;
const OTHER_SERVERS = ["Addresses of other servers"] as const;
const MULTIPART = "multipart/x-mixed-replace";

const FILE_HEADERS = {
  ETag: {
    description: "Entity tag of the file, for `If-None-Match`",
    schema: { type: "string" },
  },
  "Content-Length": {
    description: "Length of the file in bytes",
    schema: { type: "integer", minimum: 1 },
  },
};

const PART_HEADERS = {
  ...FILE_HEADERS,
  "Content-Range": {
    description: "The bytes of the file that these are, and its length",
    schema: { type: "string" },
  },
};

const SAVED_AS = {
  "Content-Disposition": {
    description: "A file name for saving",
    schema: { type: "string" },
  },
};

/** Headers that ask for a file again, or in pieces. */
const FILE_PARAMETERS = [
  parameter("IfNoneMatch"),
  parameter("Range"),
  parameter("IfRange"),
];

/** The answers that every operation on a channel may give. */
const REFUSALS = {
  400: response("BadRequest"),
  401: response("Unauthorized"),
  404: response("NotFound"),
  405: response("MethodNotAllowed"),
  503: response("Unavailable"),
};

/** The answers that are a file, or why there is none. */
function fileResponses(
  description: string,
  type: string,
  headers: ResponseObject["headers"] = {},
): Operation["responses"] {
  return {
    200: {
      ...binary(description, type),
      headers: { ...FILE_HEADERS, ...headers },
    },
    206: {
      ...binary("The range of the file", type),
      headers: { ...PART_HEADERS, ...headers },
    },
    304: response("NotModified"),
    ...REFUSALS,
    416: response("RangeNotSatisfiable"),
  };
}

/** The endless GIF. */
export const stream: Operation = {
  operationId: "watchGif",
  summary: "The endless GIF",
  description: "For an `<img>`. A slow viewer skips pictures, and goes on " +
    "with the newest. The GIF never loops, and ends only with the channel. " +
    "With `finite`, and to services that fetch images for people, it is one " +
    "of the last seconds, with the headers and answers of a clip.",
  tags: WATCH,
  parameters: FILE_PARAMETERS,
  responses: {
    200: binary("An endless GIF, or a finite one", "image/gif"),
    206: binary("A range of the finite GIF", "image/gif"),
    304: response("NotModified"),
    ...REFUSALS,
    416: response("RangeNotSatisfiable"),
  },
};

/** The page, or the endless GIF. */
export const root: Operation = {
  operationId: "open",
  summary: "The page, or the endless GIF",
  description: "The page for a browser that navigates, according to " +
    "`Accept`; otherwise the endless GIF. With `action`, the stream or " +
    "snapshot that it names, with the parameters of `/stream` and " +
    "`/snapshot`.",
  tags: WATCH,
  responses: {
    200: binary(
      "The page, the endless GIF, or the answer to `action`",
      "text/html",
      "image/gif",
      "image/jpeg",
      MULTIPART,
    ),
    206: binary("A range of a file", "image/gif", "image/jpeg"),
    304: response("NotModified"),
    ...REFUSALS,
    416: response("RangeNotSatisfiable"),
  },
};

/** The address of the page with a slash at its end. */
export const slash: Operation = {
  operationId: "openSlash",
  summary: "A redirect to the address without the slash",
  tags: WATCH,
  responses: { ...REFUSALS, 308: response("Moved") },
};

/** The picture alone, for frames. */
export const embed: Operation = {
  operationId: "openEmbed",
  summary: "The picture alone, as a page for an `<iframe>`",
  description: "It comes back by itself after an interruption, rests while " +
    "it is hidden, and needs no more memory after days.",
  tags: WATCH,
  responses: { 200: binary("A page", "text/html"), ...REFUSALS },
};

/** A page without a script. */
export const still: Operation = {
  operationId: "openStill",
  summary: "A page that shows a new snapshot every two seconds",
  description: "For browsers without scripts, or without moving pictures.",
  tags: WATCH,
  responses: { 200: binary("A page", "text/html"), ...REFUSALS },
};

/** Pictures that replace each other. */
export const mjpeg: Operation = {
  operationId: "watchMultipart",
  summary: "Pictures, each of which replaces the one before",
  description: "As cameras send them. Each part has a `Content-Length`, " +
    "unless its head is sent in advance.",
  tags: WATCH,
  responses: { 200: binary("Endless parts", MULTIPART), ...REFUSALS },
};

/** A JPEG that goes on. */
export const endlessJpeg: Operation = {
  operationId: "watchEndlessJpeg",
  summary: "One JPEG that goes on: each picture is more scans of it",
  description: "Moves in browsers that show a JPEG while it loads, and " +
    "neither a GIF nor parts that replace each other, as Dillo and Links.",
  tags: WATCH,
  responses: {
    200: binary("A long progressive JPEG", "image/jpeg"),
    ...REFUSALS,
  },
};

/** Pictures as messages. */
export const ws: Operation = {
  operationId: "watchWebSocket",
  summary: "A WebSocket: one binary message per picture",
  description: "A slow viewer skips pictures, and goes on with the newest.",
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
    200: binary("Endless half blocks in 24-bit color", "text/plain"),
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
    parameters: FILE_PARAMETERS,
    responses: fileResponses("The picture", type, SAVED_AS),
  };
}

/** The newest picture, or one of the past. */
export const snapshotGif: Operation = snapshot(
  "getSnapshotGif",
  "The newest picture, or a past one, as a finished GIF",
  "image/gif",
);

/** The newest picture, or one of the past. */
export const snapshotPng: Operation = snapshot(
  "getSnapshotPng",
  "The newest picture, or a past one, as PNG, exactly as viewers see it",
  "image/png",
);

/** The newest picture, or one of the past. */
export const snapshotJpeg: Operation = snapshot(
  "getSnapshotJpeg",
  "The newest picture, or a past one, as JPEG; unchanged if it came as JPEG",
  "image/jpeg",
);

/** The last seconds. */
export const clip: Operation = {
  operationId: "getClip",
  summary: "The last seconds as a GIF that loops",
  description: "It plays at real speed, and is shorter if less is kept.",
  tags: PICTURES,
  parameters: FILE_PARAMETERS,
  responses: fileResponses("A finished GIF", "image/gif", SAVED_AS),
};

/** The pictures that are kept. */
export const past: Operation = {
  operationId: "getPast",
  summary: "The times of the pictures that are kept",
  description: "For a strip of the past: each time can be asked for by `at` " +
    "of a snapshot, and be the end of a clip.",
  tags: PICTURES,
  responses: { 200: json("The times", "Past"), ...REFUSALS },
};

/** The multipart stream of other servers. */
export const compatStream: Operation = {
  operationId: "watchAsOtherServers",
  summary: "The multipart stream, as mjpg-streamer and µStreamer have it",
  description: "Unknown parameters are ignored.",
  tags: OTHER_SERVERS,
  responses: mjpeg.responses,
};

/** The newest picture at the address of other servers. */
export const compatSnapshot: Operation = {
  operationId: "getSnapshotAsOtherServers",
  summary: "The newest picture as JPEG, as mjpg-streamer and µStreamer have it",
  tags: OTHER_SERVERS,
  parameters: FILE_PARAMETERS,
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
  description: "One GIF, PNG or JPEG, or many of them one after another: " +
    "for instance an endless animated GIF, or MJPEG. The first bytes decide " +
    "the kind. The channel is created if that is allowed. The answer comes " +
    "after the end of the body.",
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
    200: json("The fate of the frames", "IntakeCounts"),
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
/** Takes frames by PUT, in the same way. */
export const putFrames: Operation = { operationId: "putFrames", ...FRAMES };
