import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import { WIDTH } from "../../parameters/picture_parameters.ts";
import { fileAnswer } from "./file_answer.ts";
import { needLivePicture, NEXT, noPictureYet, ofPast } from "./live_picture.ts";
import { AT, fileTime, pastTime, savedAs } from "./past_time.ts";
import { snapshotAnswer } from "./snapshot_image.ts";

/**
 * `GET /NAME/snapshot.gif`: the newest picture, or that of the time `at`, as
 * a GIF that ends; scaled down to `width`, it has new colors.
 */
export const snapshotGif: Resource<ChannelCall> = {
  methods: READ_METHODS,
  parameters: [AT, NEXT, WIDTH],
  async answer(call) {
    if (call.query.has(WIDTH.name)) return await snapshotAnswer(call, "gif");
    return await fileAnswer(call, async () => {
      const { name, past, newestInfo } = call.channel;
      const time = await pastTime(call);
      if (time === undefined) await needLivePicture(call);
      const bytes = await ofPast(() => past.still(time));
      if (bytes === undefined) throw noPictureYet();
      const at = time ?? newestInfo?.timeMilliseconds ?? past.now;
      const headers = {
        "content-type": "image/gif",
        ...savedAs(`${name}-${fileTime(past, at)}.gif`),
      };
      return { bytes, headers };
    });
  },
};
