import { RedisDataError } from "./redis_entry.ts";

/** An entry of a stream. */
export interface StreamEntry {
  id: string;
  fields: Map<string, Uint8Array>;
}

/** An entry's place in its stream: Redis' time, and a number. */
const ID = /^(\d{1,16})-(\d{1,20})$/;

/** The text of a reply; undefined if it is none. */
export function textOf(reply: unknown): string | undefined {
  if (typeof reply === "string") return reply;
  if (typeof reply === "number") return String(reply);
  if (!(reply instanceof Uint8Array)) return undefined;
  return new TextDecoder().decode(reply);
}

/** The replies in a reply. */
export function listOf(reply: unknown): unknown[] {
  if (Array.isArray(reply)) return reply;
  if (reply === null || reply === undefined) return [];
  throw new RedisDataError("Cannot read reply of Redis: expected a list");
}

/**
 * The fields of a hash or entry, which stand by turns with their values. Each
 * value has a buffer of its own.
 */
export function fieldsOf(reply: unknown): Map<string, Uint8Array> {
  const list = listOf(reply);
  const fields = new Map<string, Uint8Array>();
  for (let at = 0; at + 1 < list.length; at += 2) {
    const name = textOf(list[at]), value = list[at + 1];
    if (name === undefined || !(value instanceof Uint8Array)) {
      throw new RedisDataError("Cannot read reply of Redis: expected fields");
    }
    // The library's share one buffer, and their slice() is a view of it, too.
    fields.set(name, new Uint8Array(value));
  }
  return fields;
}

/** The answer to `XREAD`: the new entries, by the key of their stream. */
export function streamsOf(reply: unknown): Map<string, StreamEntry[]> {
  const streams = new Map<string, StreamEntry[]>();
  for (const stream of listOf(reply)) {
    const [key, entries] = listOf(stream);
    streams.set(
      textOf(key) ?? "",
      listOf(entries).map((entry) => {
        const [id, fields] = listOf(entry);
        return { id: idOf(id), fields: fieldsOf(fields) };
      }),
    );
  }
  return streams;
}

/** The place of an entry in its stream. */
export function idOf(reply: unknown): string {
  const id = textOf(reply);
  if (id !== undefined && ID.test(id)) return id;
  throw new RedisDataError(
    "Cannot read reply of Redis: expected an entry's ID",
  );
}

/** Redis' time when an entry was written, in milliseconds since 1970. */
export function idMilliseconds(id: string): number {
  return Number(id.match(ID)?.[1]);
}

/** True if an entry stands behind another one. */
export function isAfter(id: string, other: string): boolean {
  const [, time, number] = id.match(ID) ?? [];
  const [, otherTime, otherNumber] = other.match(ID) ?? [];
  if (time !== otherTime) return Number(time) > Number(otherTime);
  return BigInt(number) > BigInt(otherNumber);
}

/** Redis' time, from the answer to `TIME`, in milliseconds since 1970. */
export function timeOf(reply: unknown): number {
  const [seconds, microseconds] = listOf(reply).map((it) => Number(textOf(it)));
  const milliseconds = seconds * 1000 + microseconds / 1000;
  if (Number.isFinite(milliseconds)) return milliseconds;
  throw new RedisDataError("Cannot read reply of Redis: expected a time");
}
