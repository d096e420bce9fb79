import { concat } from "@std/bytes/concat";
import type { ChannelStatus } from "../../../channel/channel_status.ts";
import type { StreamPicture } from "../../../picture/picture_series.ts";

/** A channel's state, or those of its fields that have changed. */
export type StatusChange = Partial<ChannelStatus> & { name: string };

/** The beginning of a message, as JSON; the pictures' files follow. */
export interface WallHead {
  /** The server's clock, in milliseconds since 1970. */
  nowMilliseconds: number;
  /** The state of all channels, in their order: what was told before is void. */
  channels?: readonly StatusChange[];
  /** Channels that have come, and fields that have changed. */
  changes?: readonly StatusChange[];
  /** Names of channels that have gone. */
  removed?: readonly string[];
  /** The pictures that follow, in their order. */
  pictures: readonly WallPicture[];
}

/** A picture in a message. */
export interface WallPicture {
  /** The channel's name. */
  name: string;
  /** The length of its file, in bytes. */
  bytes: number;
  /** When it was on air, in milliseconds since 1970. */
  timeMilliseconds: number;
}

const LENGTH_BYTES = 4;
const encoder = new TextEncoder();

/**
 * A message of the wall: the length of the head in four bytes, the first one
 * the greatest; the head; and the files of the pictures.
 */
export function wallMessage(
  about: Omit<WallHead, "pictures">,
  pictures: ReadonlyMap<string, StreamPicture>,
): Uint8Array {
  const head: WallHead = {
    ...about,
    pictures: Array.from(pictures, ([name, { bytes, timeMilliseconds }]) => (
      { name, bytes: bytes.length, timeMilliseconds }
    )),
  };
  const json = encoder.encode(JSON.stringify(head));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, json.length);
  const files = Array.from(pictures.values(), ({ bytes }) => bytes);
  return concat([length, json, ...files]);
}
