import { LIVE_HEADERS } from "../../answer/live_headers.ts";
import type { Call, ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";

/** `GET /api/channels`: the state of all channels, as JSON. */
export const apiChannels: Resource = {
  methods: READ_METHODS,
  answer(call) {
    const channels = [...call.channels].map((channel) => channel.status());
    return json(call, { channels });
  },
};

/** `GET /api/channels/NAME`: the state of one channel, as JSON. */
export const apiChannel: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer: (call) => json(call, call.channel.status()),
};

function json({ request }: Call, value: unknown): Response {
  const body = request.method === "HEAD" ? null : JSON.stringify(value);
  return new Response(body, {
    headers: { ...LIVE_HEADERS, "content-type": "application/json" },
  });
}
