import { Channel } from "../channel/channel.ts";
import { ViewerLimit } from "../channel/viewers/viewer_limit.ts";
import type { Faults } from "../log/faults.ts";
import type { CliOptions } from "./options/options.ts";

/**
 * Makes a channel with this name, which is also the default title.
 *
 * `asItComes` is for parts that another channel has sent: each is handed on,
 * with its delay.
 */
export type ChannelMaker = (
  name: string,
  title?: string,
  options?: { asItComes?: boolean },
) => Channel;

/**
 * Makes channels as the options say, which share one limit of viewers.
 *
 * @param faults Counts the faults of all of them.
 */
export function channelMaker(
  options: CliOptions,
  faults?: Faults,
): ChannelMaker {
  const { maxViewers, maxChannelViewers = maxViewers } = options;
  const viewerLimit = new ViewerLimit(maxViewers);
  return (name, title = name, { asItComes = false } = {}) =>
    new Channel({
      name,
      title,
      delayCentiseconds: asItComes ? undefined : options.delayCentiseconds,
      backlogSeconds: options.backlogSeconds,
      keepSeconds: options.keepSeconds,
      maxViewers: maxChannelViewers,
      viewerLimit,
      faults,
      stallTimeoutMilliseconds: options.stallTimeoutSeconds * 1000,
      onResize: options.onResize,
      keepUnchanged: asItComes || options.keepUnchanged,
    });
}
