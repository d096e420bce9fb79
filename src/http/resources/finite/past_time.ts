import { STATUS_CODE } from "@std/http/status";
import type { Past } from "../../../past/past.ts";
import { HttpError } from "../../answer/http_error.ts";
import type { ChannelCall } from "../../call/call.ts";
import { ofPast } from "./live_picture.ts";
import type { TextParameter } from "../../parameters/query_parameter.ts";
import { badParameter } from "../../parameters/read_parameter.ts";

/** `?at=`: a time in the past. */
export const AT = {
  type: "text",
  name: "at",
  description: "A time in the past: seconds since 1970, or ISO 8601 with a " +
    "time zone; 404 if nothing is kept of that time",
  examples: ["2026-11-23T12:00:05Z", "1795435205.5"],
} as const satisfies TextParameter;

/** A time this far in the future is still accepted, since clocks differ. */
const TOLERANCE_MILLISECONDS = 1000;

const EPOCH_SECONDS = /^\d+(\.\d+)?$/;
/** Date, time of day and time zone, which is required. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads the time in the past that an address gives as {@linkcode AT}.
 *
 * @returns The time as {@linkcode Past} has it; undefined if there is none.
 * @throws {HttpError} 400 if it is no time, 404 if that time is not kept.
 */
export async function pastTime(
  { query, channel }: ChannelCall,
): Promise<number | undefined> {
  const text = query.get(AT.name);
  if (text === null) return undefined;
  const { past } = channel;
  const time = readTime(text) - clockLead(past);
  const start = await ofPast(() => past.startMilliseconds());
  const kept = start !== undefined && time >= start;
  if (kept && time <= past.now + TOLERANCE_MILLISECONDS) return time;
  throw new HttpError(
    STATUS_CODE.NotFound,
    start === undefined
      ? "There is no picture yet."
      : `Nothing is kept of that time, only from ${isoTime(past, start)} ` +
        `to ${isoTime(past, past.now)}.`,
  );
}

/** Formats a time of {@linkcode Past} as wall clock time, in UTC. */
function isoTime(past: Past, timeMilliseconds: number): string {
  return new Date(timeMilliseconds + clockLead(past)).toISOString();
}

/** Formats a time of {@linkcode Past} for a file name on any system, in UTC. */
export function fileTime(past: Past, timeMilliseconds: number): string {
  return isoTime(past, timeMilliseconds)
    .slice(0, "2026-11-23T12:00:05".length).replaceAll(":", "-");
}

/** The header that names a file for those who save it. */
export function savedAs(name: string): Record<string, string> {
  return { "content-disposition": `inline; filename="${name}"` };
}

/**
 * Lead of the wall clock over the clock of {@linkcode Past}: it may have been
 * set, or have run on during sleep, since the program started.
 */
export function clockLead(past: Past): number {
  return Date.now() - past.now;
}

function readTime(text: string): number {
  // In the query of an address + stands for a space.
  const iso = text.replace(" ", "+");
  const time = EPOCH_SECONDS.test(text)
    ? Number(text) * 1000
    : ISO_TIME.test(iso)
    ? Date.parse(iso)
    : NaN;
  if (!Number.isNaN(time)) return time;
  const expected = "seconds since 1970 or a time such as 2026-11-23T12:00:05Z";
  throw badParameter(AT.name, text, expected);
}
