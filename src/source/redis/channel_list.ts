import { nameProblem } from "../../channel/channel_name.ts";
import { SOURCE_STATES } from "../../channel/source_state.ts";
import {
  type RedisConnection,
  RedisRefusal,
} from "../../redis/redis_connection.ts";
import type { RedisKeys } from "../../redis/redis_keys.ts";
import { listOf, textOf, timeOf } from "../../redis/redis_reply.ts";
import type { EdgeState } from "./edge_channel.ts";
import { now, type RedisClock } from "./redis_clock.ts";

/** Most channels of one Redis. */
const MAX_CHANNELS = 1000;
const MAX_TEXT_LENGTH = 300;

/**
 * The channels that there are, each with the milliseconds since its origin gave
 * a sign of life, by Redis' clock, which is compared with ours besides.
 */
export async function silencesOf(
  connection: RedisConnection,
  keys: RedisKeys,
  clock: RedisClock,
): Promise<Map<string, number>> {
  const before = now();
  const [time, list] = await Promise.all([
    connection.command("TIME"),
    connection.command(
      ...["ZRANGE", keys.channels, 0, 2 * MAX_CHANNELS, "WITHSCORES"],
    ),
  ]);
  const redisTime = timeOf(time);
  clock.learn(redisTime, before, now());
  const silences = new Map<string, number>();
  const texts = listOf(list).map((each) => textOf(each) ?? "");
  for (let at = 0; at + 1 < texts.length; at += 2) {
    const name = texts[at];
    const isGood = nameProblem(name) === undefined;
    if (!isGood || silences.size >= MAX_CHANNELS) continue;
    silences.set(name, redisTime - Number(texts[at + 1]));
  }
  return silences;
}

/** The title of a channel, and the state of its source at the origin. */
export async function stateOf(
  connection: RedisConnection,
  keys: RedisKeys,
  name: string,
): Promise<{ title: string; state: EdgeState }> {
  try {
    const fields = await connection.command(
      ...["HMGET", keys.state(name), "title", "state", "message"],
    );
    const [title, given, message] = listOf(fields).map((field) =>
      (textOf(field) ?? "").slice(0, MAX_TEXT_LENGTH)
    );
    const state = SOURCE_STATES.find((state) => state === given) ?? "starting";
    return { title, state: { state, message: message || null } };
  } catch (error) {
    if (!(error instanceof RedisRefusal)) throw error;
    const { message } = error;
    return { title: "", state: { state: "no signal", message } };
  }
}
