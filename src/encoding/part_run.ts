import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../gif/block.ts";
import type { SourcePart } from "./frame_source.ts";

/**
 * Small parts that cross to another thread together, in one buffer: to copy
 * thousands of small objects takes most of the time.
 */
export interface PartRun {
  /** The parts, one after another. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Three numbers of each: its length, 1 for a keyframe, its time. */
  numbers: Float64Array<ArrayBuffer>;
  screen: LogicalScreen;
}

const FIELDS = 3;
/** Longer parts gain nothing by another copy. */
const MAX_PART_BYTES = 1024;

/** True if a part may join a run: it is small, and has nothing beside it. */
function joinsRun(
  { part, screen: _, timestampMilliseconds: __, ...rest }: SourcePart,
): boolean {
  return part.bytes.length <= MAX_PART_BYTES &&
    Object.values(rest).every((fact) => fact === undefined);
}

/** Packs parts that may join a run, all of one screen. */
function packRun(parts: readonly SourcePart[]): PartRun {
  const numbers = new Float64Array(FIELDS * parts.length);
  for (const [i, { part, timestampMilliseconds }] of parts.entries()) {
    const { bytes, keyframe } = part;
    numbers.set(
      [bytes.length, keyframe ? 1 : 0, timestampMilliseconds],
      FIELDS * i,
    );
  }
  const bytes = concat(parts.map(({ part }) => part.bytes));
  return { bytes, numbers, screen: parts[0].screen };
}

/** The number of parts of a run. */
export function runLength({ numbers }: PartRun): number {
  return numbers.length / FIELDS;
}

/**
 * The parts of a run, each in a buffer of its own, as an event.
 *
 * @param event The event of a part.
 */
export function* unpackRun<Event>(
  { bytes, numbers, screen }: PartRun,
  event: (part: SourcePart) => Event,
): Generator<Event, void> {
  let start = 0;
  for (let at = 0; at < numbers.length; at += FIELDS) {
    const end = start + numbers[at];
    const part = {
      bytes: bytes.slice(start, end),
      keyframe: numbers[at + 1] === 1,
    };
    yield event({ part, screen, timestampMilliseconds: numbers[at + 2] });
    start = end;
  }
}

/**
 * Packs each two or more neighbours among events whose parts may join a run.
 *
 * @param events The events, oldest first.
 * @param partOf The part of an event; undefined if it has none.
 * @param belongs True if an event goes on with what another one began.
 * @param packed The event of a run that begins with the event given.
 */
export function packEvents<Event>(
  events: readonly Event[],
  { partOf, belongs, packed }: {
    partOf: (event: Event) => SourcePart | undefined;
    belongs: (event: Event, first: Event) => boolean;
    packed: (first: Event, run: PartRun) => Event;
  },
): Event[] {
  const result: Event[] = [];
  let first: Event | undefined, parts: SourcePart[] = [];
  const finish = () => {
    if (first === undefined) return;
    result.push(parts.length > 1 ? packed(first, packRun(parts)) : first);
    first = undefined;
    parts = [];
  };
  for (const event of events) {
    const part = partOf(event);
    if (part === undefined || !joinsRun(part)) {
      finish();
      result.push(event);
      continue;
    }
    const goesOn = first !== undefined && belongs(event, first) &&
      sameScreen(part.screen, parts[0].screen);
    if (!goesOn) finish();
    first ??= event;
    parts.push(part);
  }
  finish();
  return result;
}

function sameScreen(a: LogicalScreen, b: LogicalScreen): boolean {
  return a.width === b.width && a.height === b.height;
}
