import { textOf } from "./redis_reply.ts";

/** Sends a command to Redis; rejects if Redis refuses it. */
type Send = (...parts: string[]) => Promise<unknown>;

/**
 * Finds out that an address is that of a Sentinel, which has no channels.
 *
 * @returns The reason why it is of no use, with the right address; undefined:
 * it is a Redis.
 */
export async function problemOfSentinel(
  send: Send,
): Promise<string | undefined> {
  // Before version 6 no Redis knows the command.
  const facts = await send("HELLO").catch(() => []);
  if (valueIn(facts, "mode") !== "sentinel") return undefined;
  const masters = await send("SENTINEL", "MASTERS").catch(() => []);
  const watched = (Array.isArray(masters) ? masters : []).map((master) =>
    `redis://${valueIn(master, "ip")}:${valueIn(master, "port")} ` +
    `(${valueIn(master, "name")})`
  );
  const instead = watched.length === 0
    ? "the Redis that it watches"
    : watched.join(" or ");
  return "This is a Sentinel, which gifstream does not ask for the Redis to " +
    `use: give the address of ${instead}`;
}

/**
 * Explains the refusal by a node of a Cluster that does not have the keys. All
 * of gifstream's are at one node.
 */
export function explainRefusal(message: string): string {
  const [, node] = message.match(/^MOVED \d+ (\S+)$/) ?? [];
  if (node === undefined) return message;
  return "This Redis is one of a Cluster, of which another one has the " +
    `channels, and gifstream does not look for it: give redis://${node}`;
}

/** The value after a name in a flat list. */
function valueIn(list: unknown, name: string): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const at = list.findIndex((each) => textOf(each) === name);
  return at < 0 ? undefined : textOf(list[at + 1]);
}
