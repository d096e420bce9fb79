import { VARY } from "../../call/browser.ts";
import type { ChannelCall } from "../../call/call.ts";
import type {
  NumberParameter,
  TextParameter,
} from "../../parameters/query_parameter.ts";
import { badParameter, readNumber } from "../../parameters/read_parameter.ts";
import { clipAnswer, MAX_BYTES } from "./clip.ts";
import { AT } from "./past_time.ts";
import { fetcherOf } from "./fetchers.ts";

/** `?finite`: the last seconds instead of the endless GIF. */
const FINITE = {
  type: "text",
  name: "finite",
  description: "A finite GIF of the last seconds, as services that fetch " +
    "images for people get it anyway; `0` for the endless one",
  pattern: "^(|1|true|yes|0|false|no)$",
} as const satisfies TextParameter;

const SECONDS = {
  type: "number",
  name: "seconds",
  description: "With `finite`: its length in seconds; by default 5, or down " +
    "to 1 if that keeps all pictures within `max_bytes`",
  min: 0.1,
  max: 3600,
} as const satisfies NumberParameter;

const FINITE_MAX_BYTES = {
  ...MAX_BYTES,
  description: "With `finite`: most bytes of the file; beyond it has fewer " +
    "pictures, then smaller ones",
  default: 2e6,
} as const satisfies NumberParameter;

const FINITE_AT = {
  ...AT,
  description: `With \`finite\`: its end. ${AT.description}`,
} as const satisfies TextParameter;

/** The parameters of the finite GIF. */
export const FINITE_PARAMETERS = [
  FINITE,
  SECONDS,
  FINITE_MAX_BYTES,
  FINITE_AT,
];

/** Length that is as good as any to those who did not ask for one. */
const USUAL_SECONDS = 5;
const LEAST_SECONDS = 1;
/** A service fetches one image for many people; some wait no second. */
const ENCODING_MILLISECONDS = 70;
const SHARED_MILLISECONDS = 1000;

const HEADERS = { "cache-control": "no-cache, max-age=0", vary: VARY };

/**
 * The finite GIF, if the address asks for it, or the request is of a service
 * that could do nothing with an endless one.
 *
 * @returns Undefined if it is the endless GIF that is wanted.
 * @throws {HttpError} With status 400 if a parameter has a bad value.
 */
export function finiteGif(call: ChannelCall): Promise<Response> | undefined {
  const { query, request } = call;
  const asked = readFinite(query);
  const seconds = readNumber(query, SECONDS);
  const maxBytes = readNumber(query, FINITE_MAX_BYTES);
  if (!(asked ?? fetcherOf(request) !== undefined)) return undefined;
  const clip = {
    seconds: seconds ?? USUAL_SECONDS,
    leastSeconds: seconds ?? LEAST_SECONDS,
    maxBytes: maxBytes ?? FINITE_MAX_BYTES.default,
    encodingMilliseconds: ENCODING_MILLISECONDS,
  };
  return clipAnswer(call, clip, HEADERS, SHARED_MILLISECONDS);
}

/** `?finite=`; undefined if the address does not have it. */
function readFinite(query: URLSearchParams): boolean | undefined {
  const text = query.get(FINITE.name);
  if (text === null) return undefined;
  if (/^(|1|true|yes)$/i.test(text)) return true;
  if (/^(0|false|no)$/i.test(text)) return false;
  throw badParameter(FINITE.name, text, "1 or 0");
}
