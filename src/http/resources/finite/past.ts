import { jsonAnswer } from "../../answer/json_answer.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import type { NumberParameter } from "../../parameters/query_parameter.ts";
import { readNumber } from "../../parameters/read_parameter.ts";
import { ofPast } from "./live_picture.ts";
import { clockLead } from "./past_time.ts";

const MOST = {
  type: "number",
  name: "most",
  description: "Most times; of more pictures, those of some, spread evenly",
  min: 2,
  max: 10_000,
  integer: true,
  default: 1000,
} as const satisfies NumberParameter;

/** The past of a channel, as {@linkcode past} tells it. */
export interface PastAnswer {
  /** The server's time, in milliseconds since 1970. */
  nowMilliseconds: number;
  /** Length of the past that is kept, in seconds. */
  keptSeconds: number;
  /** Times of the pictures that are kept, in the same way, oldest first. */
  times: number[];
}

/**
 * `GET /NAME/past`: the times of the pictures that are kept, as JSON. It starts
 * no source.
 */
export const past: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [MOST],
  async answer({ request, query, channel: { past } }) {
    const most = readNumber(query, MOST) ?? MOST.default;
    const times = await ofPast(() => past.times(most));
    // By the wall clock, as `at` takes them.
    const lead = clockLead(past);
    const answer: PastAnswer = {
      nowMilliseconds: Date.now(),
      keptSeconds: past.seconds,
      // The lead is true to a millisecond: `at` must not mean the one before.
      times: times.map((time) => Math.ceil(time + lead) + 1),
    };
    return jsonAnswer(request, answer);
  },
};
