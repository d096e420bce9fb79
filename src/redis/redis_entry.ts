import type { LogicalScreen } from "../gif/block.ts";

/**
 * An entry of a channel's stream. The session is that of its origin: where one
 * begins, all entries of others are void, also those that are written later.
 *
 * Numbers are those of the origin's parts. A part needs the one before it,
 * unless it is a keyframe.
 */
export type RedisEntry =
  & { session: string }
  & (
    | { type: "open" }
    /** A GIF begins, with this logical screen. */
    | { type: "begin"; screen: LogicalScreen }
    /** A keyframe that shows what viewers see after the part of this number. */
    | {
      type: "keyframe";
      number: number;
      screen: LogicalScreen;
      /** True if the same picture came as JPEG before. */
      wasPublished: boolean;
      bytes: Uint8Array;
    }
    | {
      type: "part";
      number: number;
      keyframe: boolean;
      /** True if the same picture came as JPEG before. */
      wasPublished: boolean;
      /** Milliseconds from its source to the origin's viewers. */
      ageMilliseconds?: number;
      bytes: Uint8Array;
      /** The JPEG that it was made of. */
      jpeg?: Uint8Array;
    }
    | {
      type: "jpeg";
      size: LogicalScreen;
      ageMilliseconds?: number;
      bytes: Uint8Array;
    }
    /** The channel was removed at its origin, or, if it stays, only that ends. */
    | { type: "end"; stays: boolean }
  );

/** Data in Redis that gifstream does not write there. */
export class RedisDataError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RedisDataError";
  }
}

/** The field of the facts, and those of the bytes. */
const FACTS = "m", BYTES = "b", JPEG = "j";
const MAX_FACTS_LENGTH = 100;
/** As of one frame from anywhere else. */
const MAX_BYTES = 2 ** 25;
const SESSION = /^[0-9a-f]{16}$/;
const SCREEN = /^(\d{1,5})x(\d{1,5})$/;
const NUMBER = /^\d{1,15}$/;
const NOT_KNOWN = "-";

/** The fields of an entry, or of a hash that holds it, by turns with values. */
export function writeEntry(entry: RedisEntry): (string | Uint8Array)[] {
  const facts = [entry.type, entry.session, ...factsOf(entry)].join(" ");
  const fields: (string | Uint8Array)[] = [FACTS, facts];
  if ("bytes" in entry) fields.push(BYTES, entry.bytes);
  if ("jpeg" in entry && entry.jpeg) fields.push(JPEG, entry.jpeg);
  return fields;
}

function factsOf(entry: RedisEntry): (string | number)[] {
  switch (entry.type) {
    case "open":
      return [];
    case "begin":
      return [screenText(entry.screen)];
    case "keyframe":
      return [
        ...[entry.number, screenText(entry.screen)],
        entry.wasPublished ? 1 : 0,
      ];
    case "part": {
      const { number, keyframe, wasPublished, ageMilliseconds } = entry;
      return [
        ...[number, keyframe ? 1 : 0, wasPublished ? 1 : 0],
        ageText(ageMilliseconds),
      ];
    }
    case "jpeg":
      return [screenText(entry.size), ageText(entry.ageMilliseconds)];
    case "end":
      return [entry.stays ? 1 : 0];
  }
}

/**
 * Reads the fields of an entry, which anybody may have written. Its bytes are
 * not looked at.
 *
 * @throws {RedisDataError} If it is none.
 */
export function readEntry(fields: ReadonlyMap<string, Uint8Array>): RedisEntry {
  const raw = fields.get(FACTS);
  if (raw === undefined || raw.length > MAX_FACTS_LENGTH) {
    throw new RedisDataError(
      "Cannot read entry of Redis: expected its facts, found none",
    );
  }
  const facts = new TextDecoder().decode(raw);
  const bytes = (name: string) => checkedBytes(fields.get(name), facts);
  const [type, session, ...rest] = facts.split(" ");
  if (!SESSION.test(session)) throw unknown(facts);
  const [a, b, c, d] = rest;
  switch (type) {
    case "open":
      return { type, session };
    case "begin":
      return { type, session, screen: screenOf(a, facts) };
    case "keyframe": {
      const number = numberOf(a, facts), screen = screenOf(b, facts);
      const wasPublished = c === "1";
      return {
        ...{ type, session, number, screen, wasPublished },
        bytes: bytes(BYTES),
      };
    }
    case "part":
      return {
        ...{ type, session, number: numberOf(a, facts) },
        ...{ keyframe: b === "1", wasPublished: c === "1" },
        ageMilliseconds: ageOf(d, facts),
        bytes: bytes(BYTES),
        jpeg: fields.has(JPEG) ? bytes(JPEG) : undefined,
      };
    case "jpeg": {
      const size = screenOf(a, facts), ageMilliseconds = ageOf(b, facts);
      return { type, session, size, ageMilliseconds, bytes: bytes(BYTES) };
    }
    case "end":
      return { type, session, stays: a === "1" };
  }
  throw unknown(facts);
}

function checkedBytes(
  bytes: Uint8Array | undefined,
  facts: string,
): Uint8Array {
  const length = bytes?.length ?? 0;
  if (bytes !== undefined && length > 0 && length <= MAX_BYTES) return bytes;
  throw new RedisDataError(
    `Cannot read entry of Redis: expected 1 to ${MAX_BYTES} bytes, found ` +
      `${length}: ${JSON.stringify(facts)}`,
  );
}

function screenText({ width, height }: LogicalScreen): string {
  return `${width}x${height}`;
}

function screenOf(text: string | undefined, facts: string): LogicalScreen {
  const [, width, height] = text?.match(SCREEN) ?? [];
  const screen = { width: Number(width), height: Number(height) };
  const isGood = Object.values(screen).every((side) =>
    side >= 1 && side <= 65535
  );
  if (!isGood) throw unknown(facts);
  return screen;
}

function numberOf(text: string | undefined, facts: string): number {
  if (text === undefined || !NUMBER.test(text)) throw unknown(facts);
  return Number(text);
}

function ageText(milliseconds: number | undefined): string | number {
  return milliseconds === undefined ? NOT_KNOWN : Math.round(milliseconds);
}

function ageOf(text: string | undefined, facts: string): number | undefined {
  return text === NOT_KNOWN ? undefined : numberOf(text, facts);
}

function unknown(facts: string): RedisDataError {
  return new RedisDataError(
    "Cannot read entry of Redis: expected one that this version of gifstream " +
      `writes, found ${JSON.stringify(facts)}`,
  );
}
