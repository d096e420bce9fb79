import type { Faults } from "../../log/faults.ts";
import type { Pictures } from "../../picture/pictures.ts";
import type { PlaceStatus } from "../../publish/place_status.ts";
import type { LatencyHistogram } from "../../timing/time_histogram.ts";
import type { Access } from "../access/access.ts";
import type { Hosts } from "../access/hosts.ts";
import type { IngestSettings } from "../access/ingest_access.ts";
import type { Origins } from "../access/origins.ts";
import type { Place } from "../access/public_address.ts";
import type { NetworkShares } from "../access/shares.ts";
import type { KeptFiles } from "../answer/kept_files.ts";
import type { ClipSending } from "../connection/clip_sending.ts";
import type { UpgradeWebSocket } from "../connection/upgrade.ts";

/** The state of the workers that share a port. */
export interface WorkersStatus {
  /** Workers that there should be. */
  wanted: number;
  /** Workers that listen now. */
  listening: number;
  /** Workers that were lost since the start. */
  lost: number;
}

/** The options of a handler with their defaults, the same for all requests. */
export interface HandlerSettings extends Place {
  /** Told of mistakes of ours. */
  faults: Faults;
  /** The rule for who may watch. */
  access: Access;
  /** The rule for names of the server. */
  hosts: Hosts;
  /** The rule for scripts that may read answers. */
  origins: Origins;
  /** The rule for who may send frames, if there is one. */
  ingest: IngestSettings | undefined;
  /** Makes pictures in other formats. */
  pictures: Pictures;
  /** Sends clips. */
  clips: ClipSending;
  /** Limits for one network of what all share. */
  shares: NetworkShares;
  /** Files that were answered lately. */
  files: KeptFiles;
  /** Turns a request into a WebSocket; undefined: the server has none. */
  upgradeWebSocket: UpgradeWebSocket | undefined;
  /** Tells the state of places where the channels are published. */
  published: () => readonly PlaceStatus[];
  /** Tells how late timers of this thread are, if that is known. */
  eventLoopDelay: (() => LatencyHistogram) | undefined;
  /** Tells how the workers are that share the port, if there are any. */
  workersStatus: (() => WorkersStatus) | undefined;
  /** Most age of the newest picture of a server that is ready, in seconds. */
  readyWithinSeconds: number;
}
