import type {
  FollowedNeed,
  JpegTaker,
  SourcePart,
} from "../../encoding/frame_source.ts";
import type { EdgeChannelOptions } from "./edge_channel.ts";
import { type EdgeFollower, RedisEdge, type RedisPlace } from "./redis_edge.ts";

/** Options of {@linkcode redisChannelPictures}. */
export interface RedisChannelOptions
  extends Omit<EdgeChannelOptions, "needs" | "timeOf"> {
  /** Takes JPEGs, and tells which forms are needed. */
  jpegs: JpegTaker & { jpeg: FollowedNeed; pictures: FollowedNeed };
  /** Ends the source. */
  signal: AbortSignal;
}

/** The Redis that this thread reads: by one connection for all channels. */
const edges = new Map<string, RedisEdge>();

/** The pictures of one channel in Redis. */
export async function* redisChannelPictures(
  place: RedisPlace,
  { jpegs, signal, ...options }: RedisChannelOptions,
): AsyncGenerator<SourcePart, void> {
  const edge = edgeAt(place);
  const { gif, jpeg, pictures } = jpegs;
  const channel = edge.open({ ...options, needs: { gif, jpeg, pictures } });
  const leave = () => {
    edge.leave(channel);
    closeUnused(place);
  };
  signal.addEventListener("abort", leave);
  try {
    if (!signal.aborted) {
      yield* channel.pictures((picture) => jpegs.take(picture));
    }
  } finally {
    signal.removeEventListener("abort", leave);
    leave();
  }
}

/** Tells which channels there are in Redis, until the signal is aborted. */
export async function followRedisChannels(
  place: RedisPlace,
  follower: EdgeFollower,
  signal: AbortSignal,
): Promise<void> {
  const unfollow = edgeAt(place).follow(follower);
  if (!signal.aborted) {
    await new Promise<void>((resolve) =>
      signal.addEventListener("abort", () => resolve(), { once: true })
    );
  }
  unfollow();
  closeUnused(place);
}

function edgeAt(place: RedisPlace): RedisEdge {
  const key = keyOf(place);
  const edge = edges.get(key) ?? new RedisEdge(place);
  edges.set(key, edge);
  return edge;
}

function closeUnused(place: RedisPlace): void {
  const edge = edges.get(keyOf(place));
  if (!edge?.isUnused) return;
  edges.delete(keyOf(place));
  edge.close();
}

function keyOf({ address, prefix }: RedisPlace): string {
  return `${prefix} ${address}`;
}
