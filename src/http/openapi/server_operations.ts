import { MAX_LISTENERS, QUIET_SECONDS } from "../resources/state/event_hub.ts";
import { MAX_WALL_VIEWERS } from "../resources/wall/walls.ts";
import { binary, json, type Operation, response } from "./form.ts";

const STATE = ["State"] as const;
const WATCH = ["Watch"] as const;
const OPERATION = ["Operation"] as const;

const REFUSALS = {
  401: response("Unauthorized"),
  405: response("MethodNotAllowed"),
};

/** The state of all channels. */
export const channels: Operation = {
  operationId: "getChannels",
  summary: "The state of all channels",
  tags: STATE,
  responses: {
    200: json("All channels, the first one first", "AllChannels"),
    ...REFUSALS,
  },
};

/** The state of one channel. */
export const channel: Operation = {
  operationId: "getChannel",
  summary: "The state of one channel",
  tags: STATE,
  responses: {
    200: json("The channel", "Channel"),
    404: response("NotFound"),
    ...REFUSALS,
  },
};

/** The state of other places. */
export const places: Operation = {
  operationId: "getPlaces",
  summary: "The state of places where the channels are published",
  tags: STATE,
  responses: {
    200: json("All places, as `--publish` names them", "Places"),
    ...REFUSALS,
  },
};

/** Changes of the state. */
export const events: Operation = {
  operationId: "getEvents",
  summary: "Changes of the state, as server-sent events",
  description: `The \`data\` of each event is JSON:

| event | when | data |
| --- | --- | --- |
| \`channels\` | at first, and when the client missed an event | \`Channels\`: all |
| \`status\` | at most once a second, after a change | \`Channels\`: those that changed |
| \`added\` | a channel was added | \`Channel\` |
| \`removed\` | a channel was removed | \`Removed\` |

After ${QUIET_SECONDS} seconds without an event, a comment is sent. At most ${MAX_LISTENERS} clients can listen at once.`,
  tags: STATE,
  responses: {
    200: {
      description: "Endless events",
      content: { "text/event-stream": { schema: { type: "string" } } },
    },
    403: response("Forbidden"),
    503: response("Unavailable"),
    ...REFUSALS,
  },
};

/** Many channels in one connection. */
export const wall: Operation = {
  operationId: "getWall",
  summary: "Small pictures of many channels, and their state, by WebSocket",
  description: `Each message begins with the length of a head in four bytes, \
the first one the greatest; the head is JSON:

| field | what |
| --- | --- |
| \`nowMilliseconds\` | the server's clock, in milliseconds since 1970 |
| \`channels\` | the state of all channels: what was told before is void |
| \`changes\` | channels that have come, and fields that have changed |
| \`removed\` | names of channels that have gone |
| \`pictures\` | \`name\`, \`bytes\` and \`timeMilliseconds\` of each picture |

The files of the pictures follow in their order: JPEG, or GIF where a small \
picture came so. A slow client skips messages, and then gets the newest \
picture of each channel. At most ${MAX_WALL_VIEWERS} clients can watch at once.`,
  tags: WATCH,
  responses: {
    101: { description: "A WebSocket" },
    400: response("BadRequest"),
    426: response("UpgradeRequired"),
    503: response("Unavailable"),
    ...REFUSALS,
  },
};

/** The element for pages of others. */
export const embedJs: Operation = {
  operationId: "getEmbedScript",
  summary: "The script that makes `<gif-stream src>` an element of a page",
  tags: WATCH,
  responses: {
    200: {
      description: "A script",
      content: { "text/javascript": { schema: { type: "string" } } },
    },
    ...REFUSALS,
  },
};

/** The drawing of QR codes. */
export const qrJs: Operation = {
  operationId: "getQrScript",
  summary: "The script by which the page draws a QR code of a link",
  tags: WATCH,
  responses: {
    200: {
      description: "A script",
      content: { "text/javascript": { schema: { type: "string" } } },
    },
    ...REFUSALS,
  },
};

/** No icon. */
export const favicon: Operation = {
  operationId: "getIcon",
  summary: "An empty icon, for browsers that would ask again and again",
  tags: WATCH,
  responses: { 200: binary("No bytes", "image/x-icon"), ...REFUSALS },
  security: [],
};

/** Counts and times. */
export const metrics: Operation = {
  operationId: "getMetrics",
  summary: "Counts and times in Prometheus' text format",
  tags: OPERATION,
  responses: {
    200: {
      description: "Metrics, labeled by channel",
      content: { "text/plain": { schema: { type: "string" } } },
    },
    ...REFUSALS,
  },
};

/** This document. */
export const openapi: Operation = {
  operationId: "getOpenApi",
  summary: "This document",
  tags: OPERATION,
  responses: {
    200: {
      description: "An OpenAPI 3.1 document",
      content: { "application/json": { schema: { type: "object" } } },
    },
    ...REFUSALS,
  },
};

function open(
  operationId: string,
  summary: string,
  word: string,
): Operation {
  const content = { "text/plain": { schema: { const: `${word}\n` } } };
  return {
    operationId,
    summary,
    description: "Needs no token or password.",
    tags: OPERATION,
    security: [],
    responses: {
      200: { description: "Yes", content },
      405: response("MethodNotAllowed"),
    },
  };
}

/** Tells if the server answers. */
export const health: Operation = open(
  "getHealth",
  "Whether the server answers",
  "ok",
);

const ready = open(
  "getReadiness",
  "Whether any channel has a recent picture, or starts when watched",
  "ready",
);

/** Tells if a viewer would see a live picture. */
export const readiness: Operation = {
  ...ready,
  responses: { ...ready.responses, 503: response("Unavailable") },
};
