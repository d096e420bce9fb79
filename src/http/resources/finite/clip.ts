import { MIN_CLIP_BYTES, type PastClipOptions } from "../../../past/past.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import type { NumberParameter } from "../../parameters/query_parameter.ts";
import { readNumber } from "../../parameters/read_parameter.ts";
import { fileAnswer, type FileAnswerOptions } from "./file_answer.ts";
import { needLivePicture, noPictureYet, ofPast } from "./live_picture.ts";
import { AT, fileTime, pastTime, savedAs } from "./past_time.ts";

const SECONDS = {
  type: "number",
  name: "seconds",
  description: "Length of the clip in seconds",
  min: 0.1,
  max: 3600,
  default: 10,
} as const satisfies NumberParameter;

/** `?max_bytes=`: the most bytes of a clip. */
export const MAX_BYTES = {
  type: "number",
  name: "max_bytes",
  description: "Most bytes of the file: beyond it has fewer pictures, then " +
    "smaller ones; by default no limit",
  min: MIN_CLIP_BYTES,
  max: 1e9,
  integer: true,
} as const satisfies NumberParameter;

/**
 * `GET /NAME/clip.gif`: the last `seconds`, or those before the time `at`, as
 * a GIF that plays again and again at true speed; less if less is kept.
 */
export const clipGif: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [SECONDS, MAX_BYTES, AT],
  answer(call) {
    const { query } = call;
    const seconds = readNumber(query, SECONDS) ?? SECONDS.default;
    const maxBytes = readNumber(query, MAX_BYTES);
    return clipAnswer(call, { seconds, maxBytes });
  },
};

/**
 * Answers with a clip that ends at the time `at`, or now.
 *
 * @param call The request.
 * @param clip The clip that is wanted.
 * @param headers Headers besides those of every clip.
 * @param sharedMilliseconds Time for which others get the same clip.
 */
export function clipAnswer(
  call: ChannelCall,
  clip: PastClipOptions,
  headers: Record<string, string> = {},
  sharedMilliseconds?: number,
): Promise<Response> {
  const { channel: { name, past }, client, network } = call;
  const to = { client, network };
  const { clips } = call.settings;
  const options: FileAnswerOptions = {
    kept: true,
    sharedMilliseconds,
    body: (bytes) => clips.body(bytes, to),
  };
  return fileAnswer(call, async () => {
    const endMilliseconds = await pastTime(call);
    if (endMilliseconds === undefined) await needLivePicture(call);
    const made = await clips.make(
      () => ofPast(() => past.clip({ ...clip, endMilliseconds })),
      // Others may wait for one that is shared.
      sharedMilliseconds === undefined ? to : { network },
    );
    if (made === undefined) throw noPictureYet();
    return {
      bytes: made.gif,
      headers: {
        "content-type": "image/gif",
        ...savedAs(`${name}-${fileTime(past, made.startMilliseconds)}.gif`),
        ...headers,
      },
    };
  }, options);
}
