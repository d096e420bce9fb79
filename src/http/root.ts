import { accepts } from "@std/http/negotiation";
import { type ChannelCall, READ_METHODS, type Resource } from "./call.ts";
import { pageResponse } from "./page.ts";
import { streamAnswer } from "./stream.ts";

/** `GET /`: the page for a browser that navigates, the GIF for all else. */
export const root: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer(call) {
    const vary = { vary: "accept" };
    // The first of equals wins: a client that takes anything wants the GIF.
    if (accepts(call.request, "image/gif", "text/html") !== "text/html") {
      return streamAnswer(call, vary);
    }
    const response = pageResponse(call.request);
    response.headers.set("vary", vary.vary);
    return response;
  },
};
