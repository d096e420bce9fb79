import { format as formatBytes } from "@std/fmt/bytes";
import type { Channel, ChannelStatus } from "../channel/channel.ts";

/** Where lines go, and how. */
export interface ReportOptions {
  /** `text` for people, `json` for programs: one object a line. */
  format: "text" | "json";
  /** Whether lines may be rewritten in place. */
  terminal: boolean;
  /** Columns of the terminal. */
  columns: () => number;
  /** Takes finished text. */
  write: (text: string) => void;
}

const ERASE_LINE = "\r\x1b[K";
const TERMINAL_MILLISECONDS = 1000;
const PLAIN_MILLISECONDS = 10_000;
const WARNING_MILLISECONDS = 1000;

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
   * Shows how the channel does: once a second on a terminal, in place, and
   * every ten seconds elsewhere. Returns what stops it.
   */
  follow(channel: Channel): () => void {
    let before = channel.status();
    let timeBefore = performance.now();
    const interval = this.#options.terminal
      ? TERMINAL_MILLISECONDS
      : PLAIN_MILLISECONDS;
    const timer = setInterval(() => {
      const status = channel.status(), time = performance.now();
      const seconds = (time - timeBefore) / 1000;
      this.#status(status, (status.sentBytes - before.sentBytes) / seconds);
      before = status;
      timeBefore = time;
    }, interval);
    return () => {
      clearInterval(timer);
      this.#endStatusLine();
    };
  }

  #status(status: ChannelStatus, bytesPerSecond: number): void {
    if (this.#options.format === "json") {
      return this.#json({ level: "status", ...status, bytesPerSecond });
    }
    const age = status.lastFrameAgeMilliseconds;
    const rate = age === null
      ? "waiting for the first frame"
      : age > 3000
      ? `no frame for ${Math.round(age / 1000)} s`
      : `${status.framesPerSecond.toFixed(1)} fps`;
    const viewers = `${status.viewers} viewer${
      status.viewers === 1 ? "" : "s"
    }`;
    const line = [
      rate,
      viewers,
      `${formatBytes(Math.round(bytesPerSecond))}/s`,
      `${status.droppedFrames} dropped`,
    ].join(" | ");
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

/** File names may hold anything: nothing of it reaches the terminal raw. */
function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, "0");
    return `\\x${code}`;
  });
}
