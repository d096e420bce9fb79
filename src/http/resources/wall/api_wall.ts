import { STATUS_CODE } from "@std/http/status";
import { CHANNEL_NAME } from "../../../channel/channel_name.ts";
import { HttpError } from "../../answer/http_error.ts";
import { SocketAnswer } from "../../answer/socket_answer.ts";
import type { Call } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import { withPlace } from "../../connection/followed_connection.ts";
import { SIDE } from "../../parameters/picture_parameters.ts";
import type {
  ChoiceParameter,
  NumberParameter,
  TextParameter,
} from "../../parameters/query_parameter.ts";
import {
  badParameter,
  readChoice,
  readNumber,
} from "../../parameters/read_parameter.ts";
import { upgradeRequired, wantsSocket } from "../live/ws.ts";
import type { WallOptions } from "./wall.ts";
import { attachToWall } from "./walls.ts";

/** Most channels of one wall. */
export const MAX_TILES = 100;

const CHANNELS = {
  type: "text",
  name: "channels",
  description: `Names of at most ${MAX_TILES} channels, with commas between ` +
    "them; those that do not exist yet may come. By default the first ones",
  examples: ["door,garden"],
} as const satisfies TextParameter;

const WIDTH = {
  ...SIDE,
  name: "width",
  description: "Width of the place of each picture, in pixels; pictures are " +
    "not much larger than their place takes",
  default: 320,
} as const satisfies NumberParameter;

const HEIGHT = {
  ...SIDE,
  name: "height",
  description: "Height of the place of each picture, in pixels",
  default: 240,
} as const satisfies NumberParameter;

const FRAMES_PER_SECOND = {
  type: "number",
  name: "fps",
  description: "Most pictures of each channel a second",
  min: 0.2,
  max: 10,
  default: 2,
} as const satisfies NumberParameter;

const START = {
  type: "choice",
  name: "start",
  description: "`yes`: sources that run on demand run for it",
  choices: ["no", "yes"],
  default: "no",
} as const satisfies ChoiceParameter;

/** Places are rounded up to these, so that walls are shared. */
const BOX_STEP = 40;

/**
 * `GET /api/wall`: a WebSocket with small pictures of many channels, made once
 * for all who watch, and the state of all channels.
 */
export const apiWall: Resource = {
  methods: READ_METHODS,
  parameters: [CHANNELS, WIDTH, HEIGHT, FRAMES_PER_SECOND, START],
  answer(call) {
    const { request, channels, settings, network } = call;
    const options = readOptions(call);
    if (!wantsSocket(request)) throw upgradeRequired("/api/wall");
    if (channels.closed) {
      const words = "The server is about to end.";
      throw new HttpError(STATUS_CODE.ServiceUnavailable, words);
    }
    const { faults, shares } = settings;
    return new SocketAnswer(withPlace(
      (connection) => attachToWall({ channels, faults }, options, connection),
      () => shares.walls.take(network),
    ));
  },
};

function readOptions({ query, channels }: Call): WallOptions {
  const step = (parameter: NumberParameter & { max: number }) =>
    BOX_STEP *
    Math.ceil((readNumber(query, parameter) ?? parameter.default!) / BOX_STEP);
  return {
    names: readNames(query) ??
      [...channels].slice(0, MAX_TILES).map(({ name }) => name),
    box: { width: step(WIDTH), height: step(HEIGHT) },
    framesPerSecond: readNumber(query, FRAMES_PER_SECOND) ??
      FRAMES_PER_SECOND.default,
    starts: readChoice(query, START) === "yes",
  };
}

function readNames(query: URLSearchParams): string[] | undefined {
  const text = query.get(CHANNELS.name);
  if (text === null) return undefined;
  const names = text === "" ? [] : text.split(",", MAX_TILES + 1);
  if (
    names.length <= MAX_TILES && names.every((name) => CHANNEL_NAME.test(name))
  ) return names;
  throw badParameter(
    CHANNELS.name,
    text,
    `names of at most ${MAX_TILES} channels with commas between them`,
  );
}
