import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../../channel/channel.ts";
import { CHANNEL_NAME } from "../../channel/channel_name.ts";
import type { Channels } from "../../channel/channels.ts";
import type { Answer } from "../answer/answer.ts";
import { HttpError } from "../answer/http_error.ts";
import type { Address, DescribedResource } from "../call/address.ts";
import type { Call, ChannelCall, NameCall } from "../call/call.ts";
import type { Resource } from "../call/resource.ts";
import { openapi } from "../openapi/openapi.ts";
import {
  compatSnapshot,
  compatState,
  compatStream,
} from "../resources/compat.ts";
import { embed, embedJs, qrJs, still } from "../resources/embed.ts";
import { favicon } from "../resources/favicon.ts";
import { clipGif } from "../resources/finite/clip.ts";
import { past } from "../resources/finite/past.ts";
import { snapshotGif } from "../resources/finite/snapshot.ts";
import {
  snapshotJpeg,
  snapshotPng,
} from "../resources/finite/snapshot_image.ts";
import { frames, framesOfFirst } from "../resources/frames.ts";
import { ascii } from "../resources/live/ascii.ts";
import { endlessJpeg } from "../resources/live/endless_jpeg.ts";
import { mjpeg } from "../resources/live/mjpeg.ts";
import { stream } from "../resources/live/stream.ts";
import { ws } from "../resources/live/ws.ts";
import {
  absentRoot,
  emptyRoot,
  noChannelYet,
  root,
  rootOfAll,
  slash,
} from "../resources/root.ts";
import { apiChannel, apiChannels, apiPlaces } from "../resources/state/api.ts";
import { apiEvents } from "../resources/state/events.ts";
import { health, readiness } from "../resources/state/health.ts";
import { metrics } from "../resources/state/metrics.ts";
import { apiWall } from "../resources/wall/api_wall.ts";

/** Resources of the server, by path. */
const OF_SERVER: Record<string, Resource> = {
  "/api/channels": apiChannels,
  "/api/events": apiEvents,
  "/api/places": apiPlaces,
  "/api/wall": apiWall,
  "/embed.js": embedJs,
  "/favicon.ico": favicon,
  "/healthz": health,
  "/metrics": metrics,
  "/openapi.json": openapi,
  "/qr.js": qrJs,
  "/readyz": readiness,
};

/** Resources of each channel, by the path before `NAME`. */
const BEFORE_NAME: Record<string, Resource<ChannelCall>> = {
  "/api/channels/": apiChannel,
};

/** Resources of each channel; without a name, of the first one. */
const IN_CHANNEL: Record<string, Resource<ChannelCall>> = {
  "/clip.gif": clipGif,
  "/snapshot.gif": snapshotGif,
  "/snapshot.jpg": snapshotJpeg,
  "/snapshot.png": snapshotPng,
  "/ws": ws,
  "/ascii": ascii,
  "/stream": compatStream,
  "/snapshot": compatSnapshot,
  "/state": compatState,
};

/** Resources of each channel, by the path after `/NAME`. */
const OF_CHANNEL: Record<string, Resource<ChannelCall>> = {
  "": root,
  "/": slash,
  ".gif": stream,
  ".mjpeg": mjpeg,
  ...IN_CHANNEL,
  "/past": past,
  "/embed": embed,
  "/still": still,
  "/endless.jpg": endlessJpeg,
};

/** Resources of channels that need not exist yet, in the same way. */
const OF_NAME: Record<string, Resource<NameCall>> = {
  "/frames": frames,
};

/** Paths without a name, which mean the first channel. */
const OF_FIRST: Record<string, Resource<ChannelCall>> = {
  "/": rootOfAll,
  "/live.gif": stream,
  "/live.mjpeg": mjpeg,
  ...IN_CHANNEL,
  "/frames": framesOfFirst,
};

/** Resources of a server without channels, by path. */
const OF_NONE: Record<string, Resource> = {
  "/": emptyRoot,
};

/** All addresses. */
export const ADDRESSES: readonly Address[] = [
  ...addressesOf(OF_FIRST, "first channel"),
  ...addressesOf(OF_SERVER, "server"),
  ...addressesOf(BEFORE_NAME, "channel", (before) => `${before}NAME`),
  ...addressesOf(OF_CHANNEL, "channel", (rest) => `/NAME${rest}`),
  ...addressesOf(OF_NAME, "channel", (rest) => `/NAME${rest}`),
];

function addressesOf(
  table: Record<string, DescribedResource>,
  about: Address["about"],
  pathOf: (key: string) => string = (key) => key,
): Address[] {
  return Object.entries(table)
    .map(([key, resource]) => ({ path: pathOf(key), about, resource }));
}

/** A resource, and what it is to be asked about. */
export interface Route {
  methods: Resource["methods"];
  open?: true;
  answer(call: Call): Answer | Promise<Answer>;
}

/**
 * Finds what is at a path.
 *
 * @throws {HttpError} If there is nothing.
 */
export function findRoute(path: string, channels: Channels): Route {
  const ofServer = own(OF_SERVER, path) ??
    (channels.size === 0 ? own(OF_NONE, path) : undefined);
  if (ofServer !== undefined) return ofServer;
  const nameAt = path.lastIndexOf("/") + 1;
  const beforeName = own(BEFORE_NAME, path.slice(0, nameAt));
  if (beforeName !== undefined) {
    const channel = channelNamed(path.slice(nameAt), channels);
    return bind(beforeName, { channel });
  }
  const { name, rest } = splitPath(path);
  const named = channels.get(name);
  const ofName = own(OF_NAME, rest);
  if (ofName !== undefined) return bind(ofName, { name, channel: named });
  const ofFirst = own(OF_FIRST, path);
  const ofChannel = own(OF_CHANNEL, rest);
  // A channel may be called "live", and is meant then.
  if (named !== undefined && ofChannel !== undefined) {
    return bind(ofChannel, { channel: named });
  }
  if (ofFirst !== undefined) {
    return bind(ofFirst, { channel: firstOf(channels) });
  }
  if (name === "" || ofChannel === undefined) throw nothingHere();
  const refusal = noSuchChannel(name, channels);
  if (rest === "") return absentRoot(name, refusal);
  throw refusal;
}

/** The name that a path begins with, and what follows it. */
function splitPath(path: string): { name: string; rest: string } {
  const [, name = "", rest = ""] = path.match(/^\/([^./]+)(.*)$/) ?? [];
  return CHANNEL_NAME.test(name) ? { name, rest } : { name: "", rest: "" };
}

function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function bind<E extends object>(
  { methods, open, answer }: Resource<Call & E>,
  extra: E,
): Route {
  return { methods, open, answer: (call) => answer({ ...call, ...extra }) };
}

function channelNamed(name: string, channels: Channels): Channel {
  const channel = channels.get(name);
  if (channel !== undefined) return channel;
  throw name === "" ? nothingHere() : noSuchChannel(name, channels);
}

function firstOf(channels: Channels): Channel {
  if (channels.first !== undefined) return channels.first;
  throw noChannelYet();
}

function nothingHere(): HttpError {
  const known = ADDRESSES.map(({ path }) => path).join(", ");
  return new HttpError(
    STATUS_CODE.NotFound,
    `Nothing is served here. What there is: ${known}.`,
  );
}

function noSuchChannel(name: string, channels: Channels): HttpError {
  const names = [...channels].map((channel) => channel.name).join(", ");
  return new HttpError(
    STATUS_CODE.NotFound,
    `There is no channel ${name}. What there is: ${names || "none yet"}.`,
  );
}
