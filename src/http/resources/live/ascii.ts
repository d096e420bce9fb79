import { concat } from "@std/bytes/concat";
import type { PictureOutletOptions } from "../../../picture/picture_outlet.ts";
import type { StreamPicture } from "../../../picture/picture_series.ts";
import type { Answer } from "../../answer/answer.ts";
import { PLAIN_TEXT_HEADERS } from "../../answer/plain_text.ts";
import { streamOrHead } from "../../answer/stream_answer.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import {
  FRAMES_PER_SECOND,
  readRate,
} from "../../parameters/picture_parameters.ts";
import type { NumberParameter } from "../../parameters/query_parameter.ts";
import { readNumber } from "../../parameters/read_parameter.ts";
import { attachPictures } from "./picture_stream.ts";

const COLUMNS = {
  type: "number",
  name: "width",
  description: "Columns of the terminal",
  min: 1,
  max: 500,
  integer: true,
  default: 80,
} as const satisfies NumberParameter;

const DEFAULT_FRAMES_PER_SECOND = 10;

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const CLEAR_SCREEN = "\x1b[2J";
const encoder = new TextEncoder();

/**
 * `GET /NAME/ascii`: the stream for a terminal, as `curl -N` shows it, in
 * half blocks of 24-bit color; `?width=` is the number of columns.
 */
export const ascii: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [COLUMNS, FRAMES_PER_SECOND],
  answer: asciiAnswer,
};

function asciiAnswer(call: ChannelCall): Answer {
  const { request, query } = call;
  const columns = readNumber(query, COLUMNS) ?? COLUMNS.default;
  const framesPerSecond = readRate(query) ?? DEFAULT_FRAMES_PER_SECOND;
  const form = { format: "ansi", width: columns } as const;
  const series = { form, framesPerSecond };
  const stream = { look: "ascii", series, options: terminal };
  return streamOrHead(
    request,
    PLAIN_TEXT_HEADERS,
    (connection) => attachPictures(call, stream, connection),
  );
}

function terminal(): PictureOutletOptions {
  let rows = 0;
  const begin = ({ height }: StreamPicture) => {
    if (height === rows) return "";
    rows = height;
    return CLEAR_SCREEN;
  };
  return {
    viewedForm: "text",
    greeting: () => encoder.encode(HIDE_CURSOR + CLEAR_SCREEN),
    wrap: (picture, bytes) =>
      concat([
        encoder.encode(begin(picture)),
        bytes,
        // Text written after the end of the stream goes below the picture.
        encoder.encode(`\x1b[${picture.height + 1};1H`),
      ]),
    // The cursor is hidden already. Proxies cut off what is silent.
    signOfLife: encoder.encode(HIDE_CURSOR),
    farewell: () => encoder.encode(`${SHOW_CURSOR}\n`),
  };
}
