import type { Channel } from "../../channel/channel.ts";

/** Any page may show what is served here: that is its purpose. */
export const CORS_HEADERS = { "access-control-allow-origin": "*" } as const;

/** Headers of every answer that is only true at this moment. */
export const LIVE_HEADERS: Readonly<Record<string, string>> = {
  ...CORS_HEADERS,
  // Proxies must neither keep a stream nor recompress it, nor collect it.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** The same for an answer with pictures of a channel, with their way here. */
export function channelHeaders({ route }: Channel): Record<string, string> {
  return { ...LIVE_HEADERS, via: route.via };
}
