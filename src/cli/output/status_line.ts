import { format as formatBytes } from "@std/fmt/bytes";
import type { ChannelStatus } from "../../channel/channel_status.ts";

/** The state of a channel, as the program shows it now and then. */
export interface Status extends ChannelStatus {
  /** Frames for which there was no room, or that came too late. */
  droppedFrames: number;
  /** Bytes handed to viewers a second. */
  bytesPerSecond: number;
}

const SILENT_MILLISECONDS = 3000;
const COMPACT = new Intl.NumberFormat("en", { notation: "compact" });

/** The line of state, of one channel or all, in at most 79 columns. */
export function statusLine(all: readonly Status[]): string {
  const total = (count: (status: Status) => number) =>
    all.reduce((sum, status) => sum + count(status), 0);
  const bytes = Math.round(total((each) => each.bytesPerSecond));
  return [
    ...(all.length === 1 ? [rate(all[0])] : rates(all)),
    counted(total((each) => each.viewers), "viewer"),
    `${formatBytes(bytes)}/s`,
    `${short(total((each) => each.droppedFrames))} dropped`,
    `${short(total((each) => each.skippedFrames))} skipped`,
  ].join(" | ");
}

/** A number and what it counts. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function rate(status: Status): string {
  const age = status.lastFrameAgeMilliseconds;
  if (status.source.state === "idle") return "idle";
  if (age === null) return "waiting for the first frame";
  return age > SILENT_MILLISECONDS
    ? `no frame for ${duration(age / 1000)}`
    : `${status.framesPerSecond.toFixed(1)} fps`;
}

function rates(all: readonly Status[]): string[] {
  if (all.length === 0) return ["no channel yet"];
  const live = all.filter(({ source }) => source.state === "live");
  const fps = live.reduce((sum, status) => sum + status.framesPerSecond, 0);
  return [`${live.length}/${all.length} live`, `${Math.round(fps)} fps`];
}

function short(count: number): string {
  return count < 10_000 ? String(count) : COMPACT.format(count);
}

function duration(seconds: number): string {
  if (seconds < 600) return `${Math.round(seconds)} s`;
  if (seconds < 36_000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
