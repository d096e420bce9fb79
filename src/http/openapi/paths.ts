import * as channel from "./channel_operations.ts";
import { type Operation, parameter, type PathItem } from "./form.ts";
import * as server from "./server_operations.ts";

/** What each channel has, by what follows its name in the path. */
const OF_CHANNEL: Readonly<Record<string, PathItem>> = {
  "": { get: channel.root },
  "/": { get: channel.slash },
  ".gif": { get: channel.stream },
  ".mjpeg": { get: channel.mjpeg },
  "/ascii": { get: channel.ascii },
  "/clip.gif": { get: channel.clip },
  "/frames": { post: channel.postFrames, put: channel.putFrames },
  "/snapshot": { get: channel.compatSnapshot },
  "/snapshot.gif": { get: channel.snapshotGif },
  "/snapshot.jpg": { get: channel.snapshotJpeg },
  "/snapshot.png": { get: channel.snapshotPng },
  "/state": { get: channel.compatState },
  "/stream": { get: channel.compatStream },
  "/ws": { get: channel.ws },
};

/** What is there for the first channel, by what follows a name elsewhere. */
const OF_FIRST: Readonly<Record<string, string>> = {
  "/": "",
  "/ascii": "/ascii",
  "/clip.gif": "/clip.gif",
  "/frames": "/frames",
  "/live.gif": ".gif",
  "/live.mjpeg": ".mjpeg",
  "/snapshot": "/snapshot",
  "/snapshot.gif": "/snapshot.gif",
  "/snapshot.jpg": "/snapshot.jpg",
  "/snapshot.png": "/snapshot.png",
  "/state": "/state",
  "/stream": "/stream",
  "/ws": "/ws",
};

/** Everything that has an address. */
export const PATHS: Readonly<Record<string, PathItem>> = {
  ...Object.fromEntries(
    Object.entries(OF_FIRST)
      .map(([path, rest]) => [path, each(OF_CHANNEL[rest], ofFirst)]),
  ),
  ...Object.fromEntries(
    Object.entries(OF_CHANNEL)
      .map(([rest, item]) => [`/{channel}${rest}`, each(item, ofNamed)]),
  ),
  "/api/channels": { get: server.channels },
  "/api/channels/{channel}": { get: ofNamed(server.channel) },
  "/api/events": { get: server.events },
  "/healthz": { get: server.health },
  "/metrics": { get: server.metrics },
  "/openapi.json": { get: server.openapi },
  "/readyz": { get: server.readiness },
};

function each(
  item: PathItem,
  make: (operation: Operation) => Operation,
): PathItem {
  return Object.fromEntries(
    Object.entries(item).map(([method, it]) => [method, make(it)]),
  );
}

function ofFirst(operation: Operation): Operation {
  const { operationId, summary } = operation;
  return {
    ...operation,
    operationId: `${operationId}OfFirst`,
    summary: `${summary} (first channel)`,
  };
}

function ofNamed(operation: Operation): Operation {
  const { parameters = [] } = operation;
  return { ...operation, parameters: [parameter("Channel"), ...parameters] };
}
