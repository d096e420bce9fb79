import type { Channel } from "../channel/channel.ts";
import type { Channels } from "../channel/channels.ts";
import type { HandlerOptions } from "../http/routing/handler_options.ts";
import { Ingest } from "../ingest/ingest.ts";
import type { Faults } from "../log/faults.ts";
import type { ChannelMaker } from "./channel_maker.ts";
import { encodingOf, pictureSizeOf } from "./source/encoding.ts";
import type { CliOptions } from "./options/options.ts";
import { UsageError } from "./options/usage_error.ts";
import type { Report } from "./output/report.ts";
import { INGEST_VARIABLE } from "./secret_variable.ts";
import { readSecrets } from "./secrets.ts";

/** The channels to serve, and the listeners. */
export interface Served {
  channels: Channels;
  makeChannel: ChannelMaker;
  /** Tells if a channel of the command line takes frames. */
  takesFrames: (channel: Channel) => boolean;
  report: Report;
  faults: Faults;
  /** Tells the state of places where the channels are published. */
  published: HandlerOptions["published"];
  /** Tells how late this thread is. */
  eventLoopDelay: HandlerOptions["eventLoopDelay"];
}

/**
 * The options of the server's handler: who may watch, who may send frames,
 * and what is done with these frames.
 *
 * @throws {Error} If a secret cannot be read.
 * @throws {UsageError} If a channel takes frames but senders have no token.
 */
export async function handlerOptions(
  options: CliOptions,
  served: Served,
): Promise<HandlerOptions> {
  const { channels, report, faults, takesFrames } = served;
  const asked = options.ingest || [...channels].some(takesFrames);
  const { viewing, ingestToken } = await readSecrets(options, asked);
  if (asked && ingestToken === undefined) {
    throw new UsageError(
      "Cannot take frames: expected a token for senders, found none; put one " +
        `into the environment variable ${INGEST_VARIABLE}, or into a file for ` +
        "--ingest-token-file",
    );
  }
  const senders = report.about({ kind: "sender" });
  return {
    faults,
    published: served.published,
    eventLoopDelay: served.eventLoopDelay,
    viewing,
    ingest: {
      token: ingestToken,
      anyAuthentication: options.anyIngestAuthentication,
      intake: makeIntake(options, served),
      onRefused: (message) => senders.warn(message),
      advice: `start it with ${INGEST_VARIABLE} in its environment, or with ` +
        "--ingest-token-file FILE",
    },
    basePath: options.basePath,
    trustProxy: options.trustProxy,
    maxAddressViewers: options.maxAddressViewers,
  };
}

function makeIntake(
  options: CliOptions,
  { channels, makeChannel, takesFrames, report, faults }: Served,
): Ingest {
  const senders = report.about({ kind: "sender" });
  return new Ingest(channels, {
    accepts: takesFrames,
    makeChannel: options.ingest ? (name) => makeChannel(name) : undefined,
    size: pictureSizeOf(options),
    encoding: encodingOf(options),
    onNotice: (message) => report.info(message),
    onWarning: (message, _, channel) => senders.warn(message, channel),
    onFault: (kind, error) => faults.note(kind, error),
  });
}
