import type { Channel } from "../../../src/channel/channel.ts";

/**
 * A time of a channel's past as the clock on the wall has it, which is what
 * addresses name: in a long run the two clocks come apart by milliseconds.
 *
 * @returns Milliseconds since 1970, right to about a millisecond.
 */
export function wallTime({ past }: Channel, timeMilliseconds: number): number {
  return timeMilliseconds + Date.now() - past.now;
}
