/**
 * What a running program says of its channels, over HTTP.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import type { ChannelStatus } from "../../../src/channel/channel_status.ts";

/** The state of all channels at this moment, by name. */
export async function channelsOf(
  address: string,
): Promise<Map<string, ChannelStatus>> {
  const response = await fetch(`${address}/api/channels`);
  const { channels } = await response.json() as { channels: ChannelStatus[] };
  return new Map(channels.map((status) => [status.name, status]));
}

/** Asks until the channels are as they are to be, and answers them. */
export async function untilChannels(
  address: string,
  suits: (channels: Map<string, ChannelStatus>) => boolean,
): Promise<Map<string, ChannelStatus>> {
  for (;;) {
    const channels = await channelsOf(address);
    if (suits(channels)) return channels;
    await delay(50);
  }
}
