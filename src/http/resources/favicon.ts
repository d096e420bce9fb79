import { READ_METHODS, type Resource } from "../call/resource.ts";

/**
 * `GET /favicon.ico`: an empty one. WebKit asks for it at each picture of a
 * multipart document, unless it may keep the answer.
 */
export const favicon: Resource = {
  methods: READ_METHODS,
  open: true,
  answer: () =>
    new Response(null, {
      headers: {
        "content-type": "image/x-icon",
        "cache-control": "max-age=86400",
      },
    }),
};
