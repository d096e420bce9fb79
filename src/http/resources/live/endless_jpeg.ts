import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import { TimedConnection } from "../../../channel/viewers/timed_connection.ts";
import { SCANS_END, scansHead } from "../../../image/scans/scans_head.ts";
import type { PictureOutletOptions } from "../../../picture/picture_outlet.ts";
import type { Answer } from "../../answer/answer.ts";
import { LIVE_HEADERS } from "../../answer/live_headers.ts";
import { streamOrHead } from "../../answer/stream_answer.ts";
import { VARY } from "../../call/browser.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import {
  FRAMES_PER_SECOND,
  readRate,
  WIDTH,
} from "../../parameters/picture_parameters.ts";
import type { NumberParameter } from "../../parameters/query_parameter.ts";
import { readNumber } from "../../parameters/read_parameter.ts";
import { attachPictures } from "./picture_stream.ts";

const DEFAULT_WIDTH = 640;
/** Each picture costs a browser as much as all that it has drawn before. */
const DEFAULT_FRAMES_PER_SECOND = 2;
/** A browser that has lost its connection is noticed by it. */
const REPEAT_MILLISECONDS = 5000;

const DURATION = {
  type: "number",
  name: "duration",
  description: "Seconds after which the JPEG ends: browsers keep all of it",
  min: 1,
  // A timer holds no more than 24 days.
  max: 1e6,
  default: 600,
} as const satisfies NumberParameter;

/**
 * `GET /NAME/endless.jpg`: one JPEG that goes on for ten minutes: each picture
 * is more scans of it, and programs that show a JPEG while it loads, as Dillo
 * and Links, show each.
 */
export const endlessJpeg: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [WIDTH, FRAMES_PER_SECOND, DURATION],
  answer: endlessJpegAnswer,
};

/** The answer of {@linkcode endlessJpeg}. */
export function endlessJpegAnswer(call: ChannelCall): Answer {
  const { request, query, channel: { faults } } = call;
  const width = readNumber(query, WIDTH) ?? DEFAULT_WIDTH;
  const framesPerSecond = readRate(query) ?? DEFAULT_FRAMES_PER_SECOND;
  const seconds = readNumber(query, DURATION) ?? DURATION.default;
  const series = { form: { format: "scans", width }, framesPerSecond } as const;
  const stream = { look: "jpeg", series, options };
  const headers = { ...LIVE_HEADERS, "content-type": "image/jpeg", vary: VARY };
  return streamOrHead(request, headers, (connection: ViewerConnection) => {
    const end = { faults, trailer: SCANS_END };
    const timed = new TimedConnection(connection, 1000 * seconds, end);
    return timed.attach((connection) =>
      attachPictures(call, stream, connection)
    );
  });
}

function options(): PictureOutletOptions {
  return {
    viewedForm: "jpeg",
    greeting: scansHead,
    wrap: (_, bytes) => bytes,
    farewell: () => SCANS_END,
    repeatMilliseconds: REPEAT_MILLISECONDS,
  };
}
