import { LIVE_HEADERS } from "../../answer/live_headers.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import type { NumberParameter } from "../../parameters/query_parameter.ts";
import { readNumber } from "../../parameters/read_parameter.ts";
import { needLivePicture, noPictureYet, ofPast } from "./live_picture.ts";
import { AT, isoTime, pastTime } from "./past_time.ts";

const SECONDS = {
  type: "number",
  name: "seconds",
  description: "Length of the clip in seconds",
  min: 0.1,
  max: 3600,
  default: 10,
} as const satisfies NumberParameter;

/**
 * `GET /NAME/clip.gif`: the last `seconds`, or those before the time `at`, as
 * a GIF that plays again and again at true speed; less if less is kept.
 */
export const clipGif: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [SECONDS, AT],
  async answer(call) {
    const { request, query, channel, settings } = call;
    const { past } = channel;
    const seconds = readNumber(query, SECONDS) ?? SECONDS.default;
    const endMilliseconds = await pastTime(call);
    if (endMilliseconds === undefined) await needLivePicture(call);
    const clip = await settings.clips.make(() =>
      ofPast(() => past.clip({ seconds, endMilliseconds }))
    );
    if (clip === undefined) throw noPictureYet();
    const begin = fileTime(isoTime(past, clip.startMilliseconds));
    const body = request.method === "HEAD"
      ? null
      : settings.clips.body(clip.gif, call.client);
    return new Response(body, {
      headers: {
        ...LIVE_HEADERS,
        "content-type": "image/gif",
        "content-length": String(clip.gif.length),
        "content-disposition":
          `inline; filename="${channel.name}-${begin}.gif"`,
      },
    });
  },
};

/** Formats a time for a file name on any system. */
function fileTime(iso: string): string {
  return iso.slice(0, "2026-11-23T12:00:05".length).replaceAll(":", "-");
}
