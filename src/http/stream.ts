import type { Answer, ChannelCall, Resource } from "./call.ts";
import { READ_METHODS } from "./call.ts";
import { LIVE_HEADERS } from "./respond.ts";
import { StreamAnswer } from "./stream_answer.ts";

const GIF_HEADERS = { ...LIVE_HEADERS, "content-type": "image/gif" };

/** `GET /NAME.gif`: a GIF that never ends. */
export const stream: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer: (call) => streamAnswer(call),
};

/** The endless GIF, with these headers besides its own. */
export function streamAnswer(
  { request, channel }: ChannelCall,
  headers: Record<string, string> = {},
): Answer {
  const all = { ...GIF_HEADERS, ...headers };
  if (request.method === "HEAD") return new Response(null, { headers: all });
  return new StreamAnswer(all, (connection) => channel.attach(connection));
}
