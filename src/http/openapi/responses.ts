import { type ResponseObject, schema } from "./form.ts";

const RETRY_AFTER = {
  "Retry-After": {
    description: "Seconds after which it is worth to try again",
    schema: { type: "integer", minimum: 1 },
  },
};

const ALLOW = {
  Allow: {
    description: "Methods that the address takes",
    schema: { type: "string" },
  },
};

const CHALLENGE = {
  "WWW-Authenticate": {
    description: "How to show what must be known",
    schema: { type: "string" },
  },
};

function sentence(
  description: string,
  headers?: ResponseObject["headers"],
): ResponseObject {
  const content = { "text/plain": { schema: schema("Sentence") } };
  return { description, headers, content };
}

/** Answers that many operations have, by the names under which they do. */
export const RESPONSES: Readonly<Record<string, ResponseObject>> = {
  BadRequest: sentence("A parameter is not what it may be"),
  Unauthorized: sentence("A token or a password is missing", CHALLENGE),
  Forbidden: sentence("It is not allowed, whoever asks"),
  NotFound: sentence("There is no such channel, or nothing of that time"),
  MethodNotAllowed: sentence("The address takes other methods", ALLOW),
  Timeout: sentence("Nothing came for too long"),
  Conflict: sentence("The channel has its frames from elsewhere", RETRY_AFTER),
  ContentTooLarge: sentence("A frame has more bytes than it may have"),
  UnsupportedMediaType: sentence("The body is of no kind that is known"),
  UpgradeRequired: sentence("The address is for WebSockets"),
  ServerError: sentence("The server made a mistake"),
  Unavailable: sentence(
    "There is no picture yet, or all places are taken",
    RETRY_AFTER,
  ),
  NotModified: { description: "The client has it already, by its `ETag`" },
  Moved: {
    description: "It is at another address",
    headers: {
      Location: { description: "Which", schema: { type: "string" } },
    },
  },
};
