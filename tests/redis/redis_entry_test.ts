import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  readEntry,
  RedisDataError,
  type RedisEntry,
  writeEntry,
} from "../../src/redis/redis_entry.ts";

const session = "0123456789abcdef";
const bytes = Uint8Array.of(1, 2, 3);
const screen = { width: 640, height: 65535 };
const ENTRIES: RedisEntry[] = [
  { type: "open", session },
  { type: "begin", session, screen },
  {
    ...{ type: "keyframe", session, number: 0, screen, bytes },
    wasPublished: true,
  },
  {
    ...{ type: "part", session, number: 7, keyframe: true, bytes },
    ...{ wasPublished: false, ageMilliseconds: 12, jpeg: bytes },
  },
  {
    ...{ type: "part", session, number: 8, keyframe: false, bytes },
    ...{ wasPublished: true, ageMilliseconds: undefined, jpeg: undefined },
  },
  { type: "jpeg", session, size: screen, ageMilliseconds: 3, bytes },
  { type: "end", session, stays: true },
  { type: "end", session, stays: false },
];

/** The fields as Redis gives them back. */
function fieldsOf(written: (string | Uint8Array)[]): Map<string, Uint8Array> {
  const fields = new Map<string, Uint8Array>();
  for (let at = 0; at < written.length; at += 2) {
    const value = written[at + 1];
    fields.set(
      written[at] as string,
      typeof value === "string" ? new TextEncoder().encode(value) : value,
    );
  }
  return fields;
}

function factsOf(text: string): Map<string, Uint8Array> {
  return new Map([["m", new TextEncoder().encode(text)], ["b", bytes]]);
}

Deno.test("readEntry() reads what writeEntry() wrote", () => {
  for (const entry of ENTRIES) {
    assertEquals(readEntry(fieldsOf(writeEntry(entry))), entry);
  }
});

Deno.test("readEntry() refuses what is no entry, whatever it is", () => {
  for (
    const facts of [
      ...["", "open", "open x", `what ${session}`, `begin ${session} 0x9`],
      ...[`begin ${session} 70000x9`, `begin ${session}`, `part ${session}`],
      ...[`part ${session} -1 1 0 -`, `part ${session} 1e9 1 0 -`],
      ...[`part ${session} 1 1 0 x`, `jpeg ${session} 9x9 NaN`],
      "x".repeat(101),
    ]
  ) assertThrows(() => readEntry(factsOf(facts)), RedisDataError);
  assertThrows(() => readEntry(new Map()), RedisDataError);
  const empty = new Map([...factsOf(`jpeg ${session} 9x9 -`)]);
  empty.set("b", new Uint8Array());
  assertThrows(() => readEntry(empty), RedisDataError, "1 to 33554432 bytes");
  fc.assert(fc.property(fc.string(), (facts) => {
    try {
      readEntry(factsOf(facts));
    } catch (error) {
      if (!(error instanceof RedisDataError)) throw error;
    }
  }));
});
