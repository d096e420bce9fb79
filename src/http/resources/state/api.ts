import { jsonAnswer } from "../../answer/json_answer.ts";
import type { ChannelCall } from "../../call/call.ts";
import { READ_METHODS, type Resource } from "../../call/resource.ts";
import { wallViewers } from "../wall/walls.ts";

/** `GET /api/channels`: the state of all channels, as JSON. */
export const apiChannels: Resource = {
  methods: READ_METHODS,
  answer({ request, channels }) {
    const all = [...channels].map((channel) => channel.status());
    return jsonAnswer(request, {
      channels: all,
      wallViewers: wallViewers(channels),
    });
  },
};

/** `GET /api/places`: the state of places where channels are published. */
export const apiPlaces: Resource = {
  methods: READ_METHODS,
  answer: ({ request, settings }) =>
    jsonAnswer(request, { places: settings.published() }),
};

/** `GET /api/channels/NAME`: the state of one channel, as JSON. */
export const apiChannel: Resource<ChannelCall> = {
  methods: READ_METHODS,
  answer: ({ request, channel }) => jsonAnswer(request, channel.status()),
};
