import type { Channel } from "../channel/channel.ts";
import type { Channels } from "../channel/channels.ts";
import type { ViewingOptions } from "../http/access/access.ts";
import type { HandlerOptions } from "../http/routing/handler_options.ts";
import { Ingest } from "../ingest/ingest.ts";
import type { Faults } from "../log/faults.ts";
import type { ChannelMaker } from "./lineup/channel_maker.ts";
import { encodingOf, pictureSizeOf } from "./source/encoding.ts";
import type { CliOptions } from "./options/options.ts";
import { UsageError } from "./options/usage_error.ts";
import type { Report } from "./output/report.ts";
import type { SecretVariables } from "./config/environment.ts";
import { INGEST_VARIABLE } from "./config/secret_variable.ts";
import { readSecrets, type Secrets } from "./secrets.ts";

/** The channels to serve, and the listeners. */
export interface Served {
  channels: Channels;
  makeChannel: ChannelMaker;
  /** Tells if a channel of the command line takes frames. */
  takesFrames: (channel: Channel) => boolean;
  /** The options of a channel. */
  optionsOf: (channel: Channel) => CliOptions;
  report: Report;
  faults: Faults;
  /** Tells the state of places where the channels are published. */
  published: HandlerOptions["published"];
  /** Tells how late this thread is. */
  eventLoopDelay: HandlerOptions["eventLoopDelay"];
}

/** Access, which a change of the options changes while the server runs. */
export interface Admission {
  /** The viewers who may watch. */
  viewing: ViewingOptions;
  /** The token of senders; undefined: nobody may send. */
  ingestToken: string | undefined;
}

/**
 * Reads who may watch, and who may send frames.
 *
 * @param takesFrames True if a channel of the command line takes frames.
 * @throws {Error} If a secret cannot be read.
 * @throws {UsageError} If a channel takes frames but senders have no token.
 */
export async function readAdmission(
  options: CliOptions,
  variables: SecretVariables,
  takesFrames: boolean,
): Promise<Admission> {
  const asked = options.ingest || takesFrames;
  const secrets: Secrets = await readSecrets(options, variables, asked);
  if (asked && secrets.ingestToken === undefined) {
    throw new UsageError(
      "Cannot take frames: expected a token for senders, found none; put one " +
        `into the environment variable ${INGEST_VARIABLE}, or into a file for ` +
        "--ingest-token-file",
    );
  }
  return secrets;
}

/**
 * The options of the server's handler: who may watch, who may send frames,
 * and what is done with these frames.
 *
 * @param admission Tells who may do so now.
 */
export function handlerOptions(
  options: CliOptions,
  admission: () => Admission,
  served: Served,
): HandlerOptions {
  const { report, faults } = served;
  const senders = report.about({ kind: "sender" });
  return {
    faults,
    published: served.published,
    eventLoopDelay: served.eventLoopDelay,
    viewing: () => admission().viewing,
    ingest: {
      token: () => admission().ingestToken,
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

function makeIntake(options: CliOptions, served: Served): Ingest {
  const { channels, makeChannel, takesFrames, report, faults } = served;
  const senders = report.about({ kind: "sender" });
  const looksOf = (options: CliOptions) => ({
    size: pictureSizeOf(options),
    encoding: encodingOf(options),
  });
  return new Ingest(channels, {
    accepts: takesFrames,
    makeChannel: options.ingest ? (name) => makeChannel(name) : undefined,
    ...looksOf(options),
    optionsOf: (channel) => looksOf(served.optionsOf(channel)),
    onNotice: (message) => report.info(message),
    onWarning: (message, _, channel) => senders.warn(message, channel),
    onFault: (kind, error) => faults.note(kind, error),
  });
}
