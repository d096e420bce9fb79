import { type ChannelCall, READ_METHODS, type Resource } from "./call.ts";
import { fileAnswer } from "./file_answer.ts";
import { needLivePicture } from "./live_picture.ts";
import { pastTime } from "./past_time.ts";

/**
 * `GET /NAME/snapshot.gif`: the newest picture, or that of the time `at`, as
 * a GIF that ends.
 */
export const snapshotGif: Resource<ChannelCall> = {
  methods: READ_METHODS,
  async answer(call) {
    const time = pastTime(call);
    if (time === undefined) await needLivePicture(call);
    const gif = call.channel.past.still(time)!;
    return await fileAnswer(call.request, gif, { "content-type": "image/gif" });
  },
};
