import { Channel } from "../../channel/channel.ts";
import type { ViewerLimit } from "../../channel/viewers/viewer_limit.ts";
import type { Faults } from "../../log/faults.ts";
import type { CliOptions } from "../options/options.ts";

/** The options that channels heed. */
export type ChannelSettings = Pick<
  CliOptions,
  | "backlogSeconds"
  | "delayCentiseconds"
  | "keepSeconds"
  | "keepUnchanged"
  | "maxChannelViewers"
  | "onResize"
  | "stallTimeoutSeconds"
>;

/**
 * Makes a channel with this name, which is also the default title.
 *
 * `asItComes` is for parts that another channel has sent: each is handed on,
 * with its delay. `own` are its options, if they are not those of all.
 */
export type ChannelMaker = (
  name: string,
  title?: string,
  how?: { asItComes?: boolean; own?: ChannelSettings },
) => Channel;

/**
 * Makes channels that share one limit of viewers.
 *
 * @param options Tells the options of channels that have none of their own.
 * @param viewerLimit The limit.
 * @param faults Counts the faults of all of them.
 */
export function channelMaker(
  options: () => ChannelSettings,
  viewerLimit: ViewerLimit,
  faults?: Faults,
): ChannelMaker {
  return (name, title = name, { asItComes = false, own = options() } = {}) =>
    new Channel({
      name,
      title,
      delayCentiseconds: asItComes ? undefined : own.delayCentiseconds,
      backlogSeconds: own.backlogSeconds,
      keepSeconds: own.keepSeconds,
      maxViewers: own.maxChannelViewers ?? Infinity,
      viewerLimit,
      faults,
      stallTimeoutMilliseconds: own.stallTimeoutSeconds * 1000,
      onResize: own.onResize,
      keepUnchanged: asItComes || own.keepUnchanged,
    });
}
