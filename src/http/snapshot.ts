import { type ChannelCall, READ_METHODS, type Resource } from "./call.ts";
import { needLivePicture } from "./live_picture.ts";
import { LIVE_HEADERS } from "./respond.ts";

/** `GET /NAME/snapshot.gif`: the newest picture, as a GIF that ends. */
export const snapshotGif: Resource<ChannelCall> = {
  methods: READ_METHODS,
  async answer(call) {
    await needLivePicture(call);
    const { request, channel } = call;
    const gif = channel.snapshot()!;
    return new Response(request.method === "HEAD" ? null : gif as BodyInit, {
      headers: {
        ...LIVE_HEADERS,
        "content-type": "image/gif",
        "content-length": String(gif.length),
      },
    });
  },
};
