import type { Channel } from "../../channel/channel.ts";
import { Channels } from "../../channel/channels.ts";
import { Faults } from "../../log/faults.ts";
import { writeError } from "../../log/write_error.ts";
import { MAX_WAITING, Pictures } from "../../picture/pictures.ts";
import type { PlaceStatus } from "../../publish/place_status.ts";
import { denoUpgrade } from "../../system/deno_upgrade.ts";
import type { LatencyHistogram } from "../../timing/time_histogram.ts";
import { Access, type ViewingOptions } from "../access/access.ts";
import { type IngestAccess, ingestSettings } from "../access/ingest_access.ts";
import { Hosts } from "../access/hosts.ts";
import { Origins } from "../access/origins.ts";
import { normalBasePath } from "../access/public_address.ts";
import { Shares } from "../access/shares.ts";
import { KeptFiles } from "../answer/kept_files.ts";
import type {
  HandlerSettings,
  WorkersStatus,
} from "../call/handler_settings.ts";
import { ClipSending } from "../connection/clip_sending.ts";
import { MAX_LISTENERS } from "../resources/state/event_hub.ts";
import { MAX_WALL_VIEWERS } from "../resources/wall/walls.ts";
import type { UpgradeWebSocket } from "../connection/upgrade.ts";

/** Options of {@linkcode createHandler}. */
export interface HandlerOptions {
  /**
   * Called when an unexpected error prevents an answer; the client gets
   * status 500.
   *
   * @default {undefined} writes to standard error, as `console.error` does, but
   * never waits for its reader
   */
  onError?: (error: unknown) => void;
  /**
   * Listener for all unexpected errors, instead of `onError`; `/metrics` shows
   * its counts.
   *
   * @default {new Faults((_, error) => onError(error))}
   */
  faults?: Faults;
  /**
   * Viewers that may watch, and origins whose pages may read the answers; or a
   * function that tells them, asked at each request, for those that change.
   *
   * @default {{}} anybody
   */
  viewing?: ViewingOptions | (() => ViewingOptions);
  /**
   * Senders that may send frames, and the destination of the frames.
   *
   * @default {undefined} nobody
   */
  ingest?: IngestAccess;
  /**
   * Prefix of all paths, such as `/cams`, for a proxy that hands paths on
   * unchanged.
   *
   * @default {""}
   */
  basePath?: string;
  /**
   * Trusts `X-Forwarded-Proto`, `-Host` and `-Prefix` to say how clients reach
   * the server. Set it only if every request comes through your own proxy,
   * which sets them: any client can send these headers, too.
   *
   * @default {false}
   */
  trustProxy?: boolean;
  /**
   * Most viewers from one address at a time, by IPv6 from one network of 64
   * bits; those behind one proxy, or one router, count together. With
   * `trustProxy`, the address that the proxy saw counts (`X-Forwarded-For`).
   *
   * @default {Infinity}
   */
  maxAddressViewers?: number;
  /**
   * Maximum age of the newest picture, in seconds, for `/readyz` to report the
   * server as ready; more than 0.
   *
   * @default {60}
   */
  readyWithinSeconds?: number;
  /**
   * Tells the state of places where the channels are published besides, for
   * `/readyz` and `/metrics`.
   *
   * @default {() => []} there are none
   */
  published?: () => readonly PlaceStatus[];
  /**
   * Tells how long the thread that serves was busy with something else when it
   * should have gone on, for `/metrics`.
   *
   * @default {undefined} it is not known
   */
  eventLoopDelay?: () => LatencyHistogram;
  /**
   * Tells how the workers are that share the port, for `/metrics`.
   *
   * @default {undefined} there are none
   */
  workersStatus?: () => WorkersStatus;
  /**
   * Turns a request into a WebSocket; `serveByNode` does not need it.
   *
   * @default {undefined} `Deno.upgradeWebSocket`, where there is Deno
   */
  upgradeWebSocket?: UpgradeWebSocket;
}

/** One network may take one part in so many. */
const SHARE_PART = 2;

/** Options with their defaults. */
export function settingsOf(options: HandlerOptions): HandlerSettings {
  const { onError = writeError, viewing = {}, trustProxy = false } = options;
  const { readyWithinSeconds = 60, published = () => [] } = options;
  const { maxAddressViewers = Infinity } = options;
  const { faults = new Faults((_, error) => onError(error)) } = options;
  if (!(readyWithinSeconds > 0)) {
    throw new RangeError(
      "Cannot make handler: readyWithinSeconds must be more than 0: " +
        readyWithinSeconds,
    );
  }
  if (!(maxAddressViewers >= 1)) {
    throw new RangeError(
      "Cannot make handler: maxAddressViewers must be at least 1: " +
        maxAddressViewers,
    );
  }
  const rules = viewingRules(viewing);
  return {
    readyWithinSeconds,
    published,
    eventLoopDelay: options.eventLoopDelay,
    workersStatus: options.workersStatus,
    faults,
    get access() {
      return rules().access;
    },
    get hosts() {
      return rules().hosts;
    },
    get origins() {
      return rules().origins;
    },
    ingest: ingestSettings(options.ingest),
    basePath: normalBasePath(options.basePath ?? ""),
    trustProxy,
    pictures: new Pictures(faults),
    clips: new ClipSending(),
    files: new KeptFiles(),
    shares: {
      listeners: new Shares(MAX_LISTENERS / SHARE_PART),
      pictures: new Shares(MAX_WAITING / SHARE_PART),
      viewers: new Shares(maxAddressViewers),
      walls: new Shares(MAX_WALL_VIEWERS / SHARE_PART),
    },
    upgradeWebSocket: options.upgradeWebSocket ?? denoUpgrade(),
  };
}

/** The rules for viewers, which are made anew when the options are others. */
function viewingRules(
  viewing: ViewingOptions | (() => ViewingOptions),
): () => Pick<HandlerSettings, "access" | "hosts" | "origins"> {
  const options = typeof viewing === "function" ? viewing : () => viewing;
  let made = options();
  let rules = rulesOf(made);
  return () => {
    const now = options();
    if (now !== made) [made, rules] = [now, rulesOf(now)];
    return rules;
  };
}

function rulesOf(viewing: ViewingOptions) {
  const hosts = new Hosts(viewing.allowHost ?? []);
  const origins = new Origins(viewing.allowOrigin ?? ["*"], hosts);
  return { access: new Access(viewing), hosts, origins };
}

/**
 * Wraps a single channel, which is then the first; when it ends, so do all.
 */
export function asChannels(channels: Channels | Channel): Channels {
  if (channels instanceof Channels) return channels;
  const all = new Channels([channels]);
  channels.follow({ end: () => all.close() });
  return all;
}
