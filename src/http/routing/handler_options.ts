import type { Channel } from "../../channel/channel.ts";
import { Channels } from "../../channel/channels.ts";
import { Faults } from "../../log/faults.ts";
import { writeError } from "../../log/write_error.ts";
import { Pictures } from "../../picture/pictures.ts";
import { denoUpgrade } from "../../system/deno_upgrade.ts";
import { Access, type ViewingOptions } from "../access/access.ts";
import { type IngestAccess, ingestSettings } from "../access/ingest_access.ts";
import { Origins } from "../access/origins.ts";
import { normalBasePath } from "../access/public_address.ts";
import type { HandlerSettings } from "../call/handler_settings.ts";
import { ClipSending } from "../connection/clip_sending.ts";
import type { UpgradeWebSocket } from "../connection/upgrade.ts";

/** Options of {@linkcode createHandler}. */
export interface HandlerOptions {
  /**
   * Called when a request could not be answered because of a mistake of
   * ours; the viewer gets status 500.
   *
   * @default {undefined} writes to standard error, as `console.error` does, but
   * never waits for who reads it
   */
  onError?: (error: unknown) => void;
  /**
   * Told of all that went wrong because of a mistake of ours, instead of
   * `onError`; `/metrics` has its counts.
   *
   * @default {new Faults((_, error) => onError(error))}
   */
  faults?: Faults;
  /**
   * Who may watch, and whose pages may read what is served.
   *
   * @default {{}} anybody
   */
  viewing?: ViewingOptions;
  /**
   * Who may send frames, and where they go.
   *
   * @default {undefined} nobody
   */
  ingest?: IngestAccess;
  /**
   * What all addresses begin with, as in `/cams`, where a proxy hands paths on
   * as they are.
   *
   * @default {""}
   */
  basePath?: string;
  /**
   * Whether `X-Forwarded-Proto`, `-Host` and `-Prefix` say how clients reach
   * the server. Only where every request comes through a proxy of yours that
   * sets them: anybody else can send them, too.
   *
   * @default {false}
   */
  trustProxy?: boolean;
  /**
   * How old the newest picture may be, in seconds, for `/readyz` to say that
   * there is something to see; more than 0.
   *
   * @default {60}
   */
  readyWithinSeconds?: number;
  /**
   * Turns a request into a WebSocket; `serveByNode` does without.
   *
   * @default {undefined} `Deno.upgradeWebSocket`, where there is Deno
   */
  upgradeWebSocket?: UpgradeWebSocket;
}

/** Options with their defaults. */
export function settingsOf(options: HandlerOptions): HandlerSettings {
  const { onError = writeError, viewing = {}, trustProxy = false } = options;
  const { readyWithinSeconds = 60 } = options;
  const { faults = new Faults((_, error) => onError(error)) } = options;
  if (!(readyWithinSeconds > 0)) {
    throw new RangeError(
      "Cannot make handler: readyWithinSeconds must be more than 0: " +
        readyWithinSeconds,
    );
  }
  return {
    readyWithinSeconds,
    faults,
    access: new Access(viewing),
    origins: new Origins(viewing.allowOrigin ?? ["*"]),
    ingest: ingestSettings(options.ingest),
    basePath: normalBasePath(options.basePath ?? ""),
    trustProxy,
    pictures: new Pictures(faults),
    clips: new ClipSending(),
    upgradeWebSocket: options.upgradeWebSocket ?? denoUpgrade(),
  };
}

/** One channel is the first of all, and with it all come to an end. */
export function asChannels(channels: Channels | Channel): Channels {
  if (channels instanceof Channels) return channels;
  const all = new Channels([channels]);
  channels.follow({ end: () => all.close() });
  return all;
}
