import { MAX_LISTENERS, QUIET_SECONDS } from "../resources/state/event_hub.ts";
import { json, type Operation, response } from "./form.ts";

const STATE = ["State"] as const;
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
    200: json("All channels, the first one first", "Channels"),
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

/** What goes on. */
export const events: Operation = {
  operationId: "getEvents",
  summary: "What goes on, as server-sent events",
  description: `The \`data\` of each event is JSON:

| event | when | data |
| --- | --- | --- |
| \`channels\` | at first, and when the client missed something | \`Channels\`: all |
| \`status\` | once a second at most, if anything changed | \`Channels\`: those that changed |
| \`added\` | a channel has come | \`Channel\` |
| \`removed\` | a channel has gone | \`Removed\` |

After ${QUIET_SECONDS} seconds without news comes a comment. At most ${MAX_LISTENERS} listen at a time.`,
  tags: STATE,
  responses: {
    200: {
      description: "Events without an end",
      content: { "text/event-stream": { schema: { type: "string" } } },
    },
    403: response("Forbidden"),
    503: response("Unavailable"),
    ...REFUSALS,
  },
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
    description: "Nobody is asked for a token or a password.",
    tags: OPERATION,
    security: [],
    responses: {
      200: { description: "It is so", content },
      405: response("MethodNotAllowed"),
    },
  };
}

/** Whether the server answers. */
export const health: Operation = open(
  "getHealth",
  "Whether the server answers",
  "ok",
);

const ready = open(
  "getReadiness",
  "Whether any channel has a picture of now, or starts when watched",
  "ready",
);

/** Whether there is anything to see. */
export const readiness: Operation = {
  ...ready,
  responses: { ...ready.responses, 503: response("Unavailable") },
};
