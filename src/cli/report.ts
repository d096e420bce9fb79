import { format as formatBytes } from "@std/fmt/bytes";
import type { Channel } from "../channel/channel.ts";
import type { ChannelStatus } from "../channel/channel_status.ts";
import type { Frames } from "./source.ts";

/** Where lines go, and how. */
export interface ReportOptions {
  /** `text` for people, `json` for programs: one object a line. */
  format: "text" | "json";
  /** Whether lines may be rewritten in place. */
  terminal: boolean;
  /** Time between two looks at how the channel does. */
  statusMilliseconds: number;
  /** Columns of the terminal. */
  columns: () => number;
  /** Takes finished text. */
  write: (text: string) => void;
}

/** What a status says. */
interface Status extends ChannelStatus {
  /** Frames that the source left out because newer ones waited. */
  sourceDroppedFrames: number;
  /** Frames that the source left out because a later one was out. */
  sourceLateFrames: number;
  bytesPerSecond: number;
}

const ERASE_LINE = "\r\x1b[K";
const WARNING_MILLISECONDS = 1000;
const STALL_MILLISECONDS = 1000;
const COMPACT = new Intl.NumberFormat("en", { notation: "compact" });

/** Tells the person at the terminal, or a log, what goes on. */
export class Report {
  readonly #options: ReportOptions;
  #statusShown = false;
  #lastWarning = -Infinity;
  #suppressedWarnings = 0;
  #warnings = 0;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  /** A line that is always shown. */
  info(message: string): void {
    this.#line("info", message);
  }

  /** A line about something that ends the program. */
  error(message: string): void {
    this.#line("error", message);
  }

  /** A line about a mistake in the input: one a second at most. */
  warn(message: string): void {
    this.#warnings++;
    const now = performance.now();
    if (now - this.#lastWarning < WARNING_MILLISECONDS) {
      this.#suppressedWarnings++;
      return;
    }
    const more = this.#suppressedWarnings === 0
      ? ""
      : ` (and ${this.#suppressedWarnings} more; ${this.#warnings} in all)`;
    this.#lastWarning = now;
    this.#suppressedWarnings = 0;
    this.#line("warning", message + more);
  }

  /**
   * Shows how the channel and its source do, again and again, in place on a
   * terminal; and says when viewers were cut off. Returns what stops it.
   */
  follow(channel: Channel, stats: Frames["stats"]): () => void {
    let before = channel.status();
    let timeBefore = performance.now();
    const statusTimer = setInterval(() => {
      const status = channel.status(), time = performance.now();
      const seconds = (time - timeBefore) / 1000;
      this.#status({
        ...status,
        sourceDroppedFrames: stats?.dropped ?? 0,
        sourceLateFrames: stats?.late ?? 0,
        bytesPerSecond: (status.sentBytes - before.sentBytes) / seconds,
      });
      before = status;
      timeBefore = time;
    }, this.#options.statusMilliseconds);
    const endStalls = this.#followStalls(channel);
    return () => {
      clearInterval(statusTimer);
      endStalls();
      this.#endStatusLine();
    };
  }

  #followStalls(channel: Channel): () => void {
    let before = channel.status().stalledViewers;
    const timer = setInterval(() => {
      const all = channel.status().stalledViewers;
      const now = all - before;
      before = all;
      if (now === 0) return;
      this.#line(
        "warning",
        `Cut off ${counted(now, "viewer")} that took nothing (${all} in all)`,
      );
    }, STALL_MILLISECONDS);
    return () => clearInterval(timer);
  }

  #status(status: Status): void {
    if (this.#options.format === "json") {
      return this.#json({ level: "status", ...status });
    }
    const line = statusLine(status);
    if (!this.#options.terminal) return this.#options.write(line + "\n");
    this.#options.write(
      ERASE_LINE + line.slice(0, this.#options.columns() - 1),
    );
    this.#statusShown = true;
  }

  #line(level: "info" | "warning" | "error", message: string): void {
    if (this.#options.format === "json") {
      return this.#json({ level, message });
    }
    const shown = level === "info" ? message : `${level}: ${message}`;
    const erase = this.#statusShown ? ERASE_LINE : "";
    this.#statusShown = false;
    this.#options.write(`${erase}${printable(shown)}\n`);
  }

  #json(fields: Record<string, unknown>): void {
    const time = new Date().toISOString();
    this.#options.write(JSON.stringify({ time, ...fields }) + "\n");
  }

  #endStatusLine(): void {
    if (this.#statusShown) this.#options.write("\n");
    this.#statusShown = false;
  }
}

/** The state that is shown, in at most 79 columns. */
function statusLine(status: Status): string {
  const age = status.lastFrameAgeMilliseconds;
  const rate = age === null
    ? "waiting for the first frame"
    : age > 3000
    ? `no frame for ${duration(age / 1000)}`
    : `${status.framesPerSecond.toFixed(1)} fps`;
  return [
    rate,
    counted(status.viewers, "viewer"),
    `${formatBytes(Math.round(status.bytesPerSecond))}/s`,
    `${short(status.sourceDroppedFrames + status.sourceLateFrames)} missed`,
    `${short(status.droppedFrames)} dropped`,
  ].join(" | ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function short(count: number): string {
  return count < 10_000 ? String(count) : COMPACT.format(count);
}

function duration(seconds: number): string {
  if (seconds < 600) return `${Math.round(seconds)} s`;
  if (seconds < 36_000) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** File names may hold anything: nothing of it reaches a log or terminal raw. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
  });
}
