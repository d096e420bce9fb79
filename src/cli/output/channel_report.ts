/** The importance of a line. */
export type Level = "info" | "warning" | "error";

const WARNING_MILLISECONDS = 1000;

/** Reports about one channel, or about the program, line by line. */
export class ChannelReport {
  readonly #line: (level: Level, message: string) => void;
  readonly #warnings = new WarningLimit();

  /** @param line Shows a line, with the channel's name if it has one. */
  constructor(line: (level: Level, message: string) => void) {
    this.#line = line;
  }

  /** A line that is always shown. */
  info(message: string): void {
    this.#line("info", message);
  }

  /**
   * A line about an error that takes the channel off air, or ends the program.
   */
  error(message: string): void {
    this.#line("error", message);
  }

  /** A line about a mistake in the input: one a second at most. */
  warn(message: string): void {
    this.#warnings.pass(message, (line) => this.#line("warning", line));
  }
}

/** Lets one warning a second through, and counts the others. */
export class WarningLimit {
  #last = -Infinity;
  #suppressed = 0;
  #all = 0;

  /** Writes the warning with the count of those held back, or holds it back. */
  pass(message: string, write: (line: string) => void): void {
    this.#all++;
    const now = performance.now();
    if (now - this.#last < WARNING_MILLISECONDS) {
      this.#suppressed++;
      return;
    }
    const more = this.#suppressed === 0
      ? ""
      : ` (and ${this.#suppressed} more; ${this.#all} in all)`;
    this.#last = now;
    this.#suppressed = 0;
    write(message + more);
  }
}
