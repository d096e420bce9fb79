import { type ResponseObject, schema } from "./form.ts";

const RETRY_AFTER = {
  "Retry-After": {
    description: "Seconds to wait before trying again",
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
    description: "The accepted ways to authenticate",
    schema: { type: "string" },
  },
};

const CONTENT_RANGE = {
  "Content-Range": {
    description: "Length of the file",
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

/** Answers that several operations share, by their names. */
export const RESPONSES: Readonly<Record<string, ResponseObject>> = {
  BadRequest: sentence("The request or one of its parameters is invalid"),
  Unauthorized: sentence("A token or password is missing or wrong", CHALLENGE),
  Forbidden: sentence("The request is not allowed"),
  NotFound: sentence("No such channel, or nothing is kept of that time"),
  MethodNotAllowed: sentence("The address takes other methods", ALLOW),
  Timeout: sentence("Nothing came for too long"),
  Conflict: sentence("The channel has another source", RETRY_AFTER),
  ContentTooLarge: sentence("A frame has too many bytes"),
  UnsupportedMediaType: sentence("The body is of an unknown kind"),
  RangeNotSatisfiable: sentence("The file has no such bytes", CONTENT_RANGE),
  UpgradeRequired: sentence("The address is for WebSockets"),
  ServerError: sentence("An internal error of the server"),
  Unavailable: sentence(
    "There is no picture yet, or all places are taken",
    RETRY_AFTER,
  ),
  NotModified: { description: "The client has the same file, by its `ETag`" },
  Moved: {
    description: "The resource is at another address",
    headers: {
      Location: {
        description: "The other address",
        schema: { type: "string" },
      },
    },
  },
};
