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

/** Much longer than anything takes that does not fail. */
const WAIT_MILLISECONDS = 300_000;

/**
 * Asks until the channels are as they are to be, and answers them; fails after
 * minutes, so that the other tests go on.
 */
export async function untilChannels(
  address: string,
  suits: (channels: Map<string, ChannelStatus>) => boolean,
): Promise<Map<string, ChannelStatus>> {
  const end = performance.now() + WAIT_MILLISECONDS;
  for (;;) {
    const channels = await channelsOf(address);
    if (suits(channels)) return channels;
    if (performance.now() > end) {
      const states = JSON.stringify([...channels.values()], null, 2);
      throw new Error(`The channels do not become as expected:\n${states}`);
    }
    await delay(50);
  }
}
