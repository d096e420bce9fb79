import { STATUS_CODE } from "@std/http/status";
import { type ChannelCall, READ_METHODS, type Resource } from "./call.ts";
import { HttpError } from "./http_error.ts";
import { LIVE_HEADERS } from "./respond.ts";

/** `GET /NAME/snapshot.gif`: the newest picture, as a GIF that ends. */
export const snapshotGif: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer({ request, channel }) {
    const gif = channel.snapshot();
    if (gif === undefined) {
      throw new HttpError(
        STATUS_CODE.ServiceUnavailable,
        "There is no picture yet; try again when the source is on air.",
        { "retry-after": "1" },
      );
    }
    return new Response(request.method === "HEAD" ? null : gif as BodyInit, {
      headers: {
        ...LIVE_HEADERS,
        "content-type": "image/gif",
        "content-length": String(gif.length),
      },
    });
  },
};
