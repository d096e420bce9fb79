import type { DescribedResource } from "../call/address.ts";
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
import { root, rootOfAll, slash } from "../resources/root.ts";
import { apiChannel, apiChannels, apiPlaces } from "../resources/state/api.ts";
import { apiEvents } from "../resources/state/events.ts";
import { health, readiness } from "../resources/state/health.ts";
import { metrics } from "../resources/state/metrics.ts";
import { apiWall } from "../resources/wall/api_wall.ts";
import * as channel from "./channel_operations.ts";
import type { PathItem } from "./form.ts";
import * as server from "./server_operations.ts";

const SEND: PathItem = { post: channel.postFrames, put: channel.putFrames };

/** The operations of each resource but the document itself. */
export const OPERATIONS: ReadonlyMap<DescribedResource, PathItem> = new Map<
  DescribedResource,
  PathItem
>([
  [apiChannel, { get: server.channel }],
  [apiChannels, { get: server.channels }],
  [apiEvents, { get: server.events }],
  [apiPlaces, { get: server.places }],
  [apiWall, { get: server.wall }],
  [ascii, { get: channel.ascii }],
  [clipGif, { get: channel.clip }],
  [compatSnapshot, { get: channel.compatSnapshot }],
  [compatState, { get: channel.compatState }],
  [compatStream, { get: channel.compatStream }],
  [embed, { get: channel.embed }],
  [embedJs, { get: server.embedJs }],
  [qrJs, { get: server.qrJs }],
  [favicon, { get: server.favicon }],
  [frames, SEND],
  [framesOfFirst, SEND],
  [health, { get: server.health }],
  [metrics, { get: server.metrics }],
  [mjpeg, { get: channel.mjpeg }],
  [endlessJpeg, { get: channel.endlessJpeg }],
  [past, { get: channel.past }],
  [readiness, { get: server.readiness }],
  [root, { get: channel.root }],
  [rootOfAll, { get: channel.root }],
  [slash, { get: channel.slash }],
  [snapshotGif, { get: channel.snapshotGif }],
  [snapshotJpeg, { get: channel.snapshotJpeg }],
  [snapshotPng, { get: channel.snapshotPng }],
  [still, { get: channel.still }],
  [stream, { get: channel.stream }],
  [ws, { get: channel.ws }],
]);
