import { STATUS_CODE, type StatusCode } from "@std/http/status";
import {
  type Intake,
  IntakeError,
  type IntakeProblem,
} from "../../channel/intake.ts";
import { authorization, decoded } from "../access/access.ts";
import type { IngestSettings } from "../access/ingest_access.ts";
import { HttpError } from "../answer/http_error.ts";
import { jsonAnswer } from "../answer/json_answer.ts";
import type { ChannelCall, NameCall } from "../call/call.ts";
import type { Resource } from "../call/resource.ts";

const STATUS_OF: Record<IntakeProblem, StatusCode> = {
  "no-channel": STATUS_CODE.NotFound,
  full: STATUS_CODE.ServiceUnavailable,
  taken: STATUS_CODE.Conflict,
  "too-large": STATUS_CODE.ContentTooLarge,
  "unknown-kind": STATUS_CODE.UnsupportedMediaType,
  broken: STATUS_CODE.BadRequest,
  silent: STATUS_CODE.RequestTimeout,
  "cut-off": STATUS_CODE.BadRequest,
};

/**
 * `POST /NAME/frames`: takes one GIF, JPEG or PNG, or a body of such frames
 * that never ends.
 */
export const frames: Resource<NameCall> = {
  methods: ["POST", "PUT"],
  // Who sends must know another word than who watches.
  open: true,
  async answer(call) {
    try {
      return await receive(call);
    } catch (error) {
      if (error instanceof HttpError) noteRefusal(call, error);
      throw error;
    }
  },
};

/** `POST /frames`: the same for the first channel. */
export const framesOfFirst: Resource<ChannelCall> = {
  methods: frames.methods,
  open: true,
  answer: (call) => frames.answer({ ...call, name: call.channel.name }),
};

/** Reports a refusal, unless the server takes no frames at all. */
function noteRefusal({ name, settings }: NameCall, { message }: HttpError) {
  if (settings.ingest?.secret === undefined) return;
  settings.ingest.onRefused(`Frames for ${name} were refused: ${message}`);
}

async function receive(
  { request, name, settings, query }: NameCall,
): Promise<Response> {
  const intake = enter(request, query, settings.ingest);
  if (request.body === null) {
    throw new HttpError(
      STATUS_CODE.BadRequest,
      "The body is empty: it should be a GIF, JPEG or PNG, or many of them.",
    );
  }
  try {
    return jsonAnswer(request, await intake.receive(name, request.body));
  } catch (error) {
    if (error instanceof IntakeError) throw refusal(error);
    throw error;
  }
}

function enter(
  request: Request,
  query: URLSearchParams,
  ingest: IngestSettings | undefined,
): Intake {
  if (ingest?.secret === undefined) throw takesNone(ingest?.advice);
  const { scheme, credentials } = authorization(request);
  const { secret, anyAuthentication } = ingest;
  const words = [
    scheme === "bearer" ? credentials : "",
    ...(anyAuthentication
      ? [
        scheme === "basic" ? passwordIn(decoded(credentials)) : "",
        query.get("token") ?? "",
      ]
      : []),
  ];
  if (words.some((word) => secret.matches(word))) return ingest.intake;
  const found = scheme === "" ? "" : "; what was sent is not it";
  throw new HttpError(
    STATUS_CODE.Unauthorized,
    `Frames need the server's token: Authorization: Bearer TOKEN${found}.`,
    {
      "www-authenticate": anyAuthentication
        // Cameras send a password only if they are asked for it.
        ? 'Basic realm="gifstream frames", Bearer realm="gifstream frames"'
        : 'Bearer realm="gifstream frames"',
    },
  );
}

function passwordIn(userAndPassword: string): string {
  return userAndPassword.slice(userAndPassword.indexOf(":") + 1);
}

function takesNone(advice: string | undefined): HttpError {
  return new HttpError(
    STATUS_CODE.Forbidden,
    "This server takes no frames, since it has no token for those who send " +
      `them${advice === undefined ? "" : `: ${advice}`}.`,
  );
}

function refusal({ problem, message }: IntakeError): HttpError {
  const later: Record<string, string> =
    problem === "full" || problem === "taken" ? { "retry-after": "10" } : {};
  return new HttpError(STATUS_OF[problem], `${message}.`, later);
}
