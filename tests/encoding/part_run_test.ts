import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { SourcePart } from "../../src/encoding/frame_source.ts";
import {
  packEvents,
  type PartRun,
  unpackRun,
} from "../../src/encoding/part_run.ts";

/** An event of one of two streams. */
type Event =
  & { stream: number }
  & ({ part: SourcePart } | { run: PartRun } | { word: string });

const screens = fc.constantFrom(
  { width: 4, height: 3 },
  { width: 3, height: 4 },
);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 9 });
const parts = fc.record({
  part: fc.record({
    bytes: fc.oneof(
      bytes,
      bytes.map((some) => new Uint8Array(1025).fill(some[0])),
    ),
    keyframe: fc.boolean(),
  }),
  screen: screens,
  timestampMilliseconds: fc.integer({ min: 0, max: 2e12 }),
});
const events: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ stream: fc.constantFrom(1, 2), part: parts }),
  },
  fc.record({
    stream: fc.constantFrom(1, 2),
    part: parts.map((part) => ({ ...part, name: "1.gif" })),
  }),
  fc.record({ stream: fc.constantFrom(1, 2), word: fc.string() }),
);

function pack(given: readonly Event[]): Event[] {
  return packEvents<Event>(given, {
    partOf: (event) => "part" in event ? event.part : undefined,
    belongs: ({ stream }, first) => stream === first.stream,
    packed: ({ stream }, run) => ({ stream, run }),
  });
}

function unpack(packed: readonly Event[]): Event[] {
  return packed.flatMap((event): Event[] => {
    if (!("run" in event)) return [event];
    const { stream, run } = event;
    return [...unpackRun(run, (part) => ({ stream, part }))];
  });
}

Deno.test("packEvents() loses nothing, and keeps the order", () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), (given) => {
      assertEquals(unpack(pack(given)), given);
    }),
  );
});

Deno.test("packEvents() packs small parts that follow each other", () => {
  const part = (length: number): Event => ({
    stream: 1,
    part: {
      part: { bytes: new Uint8Array(length), keyframe: false },
      screen: { width: 4, height: 3 },
      timestampMilliseconds: 5,
    },
  });
  const packed = pack([1, 2, 3, 1025, 4].map(part));
  const kinds = packed.map((event) => "run" in event ? "run" : "part");
  assertEquals(kinds, ["run", "part", "part"]);
});
