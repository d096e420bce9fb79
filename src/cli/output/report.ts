import type { Channel } from "../../channel/channel.ts";
import type { Channels } from "../../channel/channels.ts";
import type { FaultKind } from "../../log/faults.ts";
import { errorMessage } from "../../system/error_message.ts";
import { stackOf } from "../../system/error_stack.ts";
import {
  ChannelReport,
  type Level,
  type Subject,
  WarningLimit,
} from "./channel_report.ts";
import { counted, type Status, statusLine } from "./status_line.ts";

/** Options of {@linkcode Report}. */
export interface ReportOptions {
  /** `text` for people, `json` for programs: one object a line. */
  format: "text" | "json";
  /** True if lines may be rewritten in place. */
  terminal: boolean;
  /** Time between two looks at the channels. */
  statusMilliseconds: number;
  /** Columns of the terminal. */
  columns: () => number;
  /** Writes finished text. It must not wait for a reader. */
  write: (text: string) => void;
  /**
   * Writes lines of state, which newer ones may replace.
   *
   * @default {(lines) => lines.forEach(write)}
   */
  writeStatus?: (lines: string[]) => void;
  /**
   * Waits until all was read, but no longer than this.
   *
   * @default {async () => {}}
   */
  drain?: (milliseconds: number) => Promise<void>;
  /**
   * Removes secrets from a message.
   *
   * @default {(text) => text}
   */
  hide?: (text: string) => string;
}

const ERASE_LINE = "\r\x1b[K";
const STALL_MILLISECONDS = 1000;

/** Reports what happens, on a terminal or into a log. */
export class Report extends ChannelReport {
  readonly #options: ReportOptions;
  readonly #faults = new Map<FaultKind, WarningLimit>();
  #statusShown = false;

  constructor(options: ReportOptions) {
    super((level, message) => this.#line(level, message, {}));
    this.#options = options;
  }

  /**
   * A line about a mistake in gifstream, with its stack: at most one a second
   * of each kind.
   */
  fault(kind: FaultKind, error: unknown): void {
    const limit = this.#faults.get(kind) ?? new WarningLimit();
    this.#faults.set(kind, limit);
    const stack = error instanceof Error ? stackOf(error) : undefined;
    limit.pass(
      `Fault (${kind}): ${errorMessage(error)}`,
      (line) => this.#line("error", line, { kind: "fault" }, kind, stack),
    );
  }

  /** The line that says how many lines were dropped. */
  droppedLine(lines: number): string {
    const { format, terminal } = this.#options;
    const message = `Dropped ${counted(lines, "line")} of the log: ` +
      "nobody read it, or its disk was full";
    if (format === "json") {
      return jsonLine({
        level: "warning",
        kind: "program",
        message,
        droppedLines: lines,
      });
    }
    // A dropped line may be the one that should have erased the status.
    return `${terminal ? ERASE_LINE : ""}warning: ${message}\n`;
  }

  /** Waits until all was read, but no longer than this. */
  async drain(milliseconds: number): Promise<void> {
    await this.#options.drain?.(milliseconds);
  }

  /** A report with a rate limit of its own, whose lines tell their subject. */
  about(subject: Subject): ChannelReport {
    return new ChannelReport((level, message, channel) => {
      const isNamed = channel !== undefined;
      // The message has the name, for people.
      const own = isNamed ? { ...subject, channel, isAlone: true } : subject;
      this.#line(level, message, own);
    });
  }

  /**
   * Shows the state of the channels and their sources at regular intervals, in
   * place on a terminal, and warns when viewers were cut off.
   *
   * @param channels The channels, including those that are added later.
   * @param dropped Frames that a channel's sources dropped, if that is known.
   * @returns A function that stops it.
   */
  showStatus(
    channels: Channels,
    dropped: (channel: Channel) => number | undefined,
  ): () => void {
    const rates = new ByteRates();
    const timer = setInterval(() => {
      const bytesPerSecond = rates.look([...channels]);
      this.#status([...channels].map((channel) => ({
        ...channel.status(),
        droppedFrames: dropped(channel) ?? 0,
        bytesPerSecond: bytesPerSecond(channel),
      })));
    }, this.#options.statusMilliseconds);
    const endStalls = this.#followStalls(channels);
    return () => {
      clearInterval(timer);
      endStalls();
      this.#endStatusLine();
    };
  }

  /** Shows how far the program is, in place on a terminal, and nowhere else. */
  progress(line: string): void {
    const { terminal, columns, write } = this.#options;
    const { writeStatus = (lines) => lines.forEach(write) } = this.#options;
    if (!terminal) return;
    writeStatus([ERASE_LINE + line.slice(0, columns() - 1)]);
    this.#statusShown = true;
  }

  #followStalls(channels: Channels): () => void {
    const before = new WeakMap<Channel, number>();
    const timer = setInterval(() => {
      for (const channel of channels) {
        const all = channel.status().stalledViewers;
        const now = all - (before.get(channel) ?? 0);
        before.set(channel, all);
        if (now === 0) continue;
        this.#line(
          "warning",
          `Cut off ${counted(now, "viewer")} that took nothing (${all} in all)`,
          {
            channel: channel.name,
            isAlone: channels.size <= 1,
            kind: "client",
          },
        );
      }
    }, STALL_MILLISECONDS);
    return () => clearInterval(timer);
  }

  #status(all: Status[]): void {
    const { format, terminal, columns, write } = this.#options;
    const { writeStatus = (lines) => lines.forEach(write) } = this.#options;
    if (format === "json") {
      const told = all.map((each) => jsonLine({ level: "status", ...each }));
      return writeStatus(told);
    }
    const line = statusLine(all);
    if (!terminal) return writeStatus([line + "\n"]);
    writeStatus([ERASE_LINE + line.slice(0, columns() - 1)]);
    this.#statusShown = true;
  }

  #line(
    level: Level,
    text: string,
    { channel, isAlone, source: input, kind = "program" }: Subject,
    fault?: FaultKind,
    privateStack?: string,
  ): void {
    const { hide = (text: string) => text, format, write } = this.#options;
    const message = hide(text);
    const stack = privateStack && hide(privateStack);
    const source = input && hide(input);
    if (format === "json") {
      const about = level === "info" ? { source } : { source, kind, fault };
      return write(jsonLine({ level, channel, ...about, message, stack }));
    }
    const isNamed = channel !== undefined && isAlone !== true;
    const named = isNamed ? `${channel}: ${message}` : message;
    const shown = level === "info" ? named : `${level}: ${named}`;
    const erase = this.#statusShown ? ERASE_LINE : "";
    this.#statusShown = false;
    const lines = [shown, ...stack?.split("\n").filter(isPlace) ?? []];
    write(erase + lines.map((line) => `${printable(line)}\n`).join(""));
  }

  #endStatusLine(): void {
    if (this.#statusShown) this.#options.write("\n");
    this.#statusShown = false;
  }
}

/** Bytes a second of each channel, from one look to the next. */
class ByteRates {
  #bytes = new WeakMap<Channel, number>();
  #time = performance.now();

  look(channels: readonly Channel[]): (channel: Channel) => number {
    const time = performance.now();
    const seconds = (time - this.#time) / 1000;
    this.#time = time;
    const rates = new Map(channels.map((channel) => {
      const sent = channel.status().sentBytes;
      const before = this.#bytes.get(channel) ?? 0;
      this.#bytes.set(channel, sent);
      return [channel, (sent - before) / seconds];
    }));
    return (channel) => rates.get(channel) ?? 0;
  }
}

/** True for a line of a stack that is not part of the message. */
function isPlace(line: string): boolean {
  return /^\s+at /.test(line);
}

/** A line of the log as JSON, with its time. */
export function jsonLine(fields: Record<string, unknown>): string {
  const time = new Date().toISOString();
  return JSON.stringify({ time, ...fields }) + "\n";
}

/**
 * File names may hold anything: nothing of it reaches a log or terminal raw.
 */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
  });
}
