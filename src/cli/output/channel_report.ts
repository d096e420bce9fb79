/** The importance of a line. */
export type Level = "info" | "warning" | "error";

/** The subject of a warning or an error. */
export type TroubleKind =
  /** An input, or a frame of it. */
  | "source"
  /** Frames that are sent. */
  | "sender"
  /** Viewers, or other clients. */
  | "client"
  /** A place of `--publish`. */
  | "place"
  /** The port, certificate or threads of the server. */
  | "server"
  /** A mistake in gifstream. */
  | "fault"
  /** The program as a whole. */
  | "program";

/** The subject of lines, for programs that read them. */
export interface Subject {
  /** The name of the channel. */
  channel?: string;
  /** True if there is no other channel: people need no name. */
  isAlone?: boolean;
  /** The input, without secrets. */
  source?: string;
  /**
   * The subject of warnings and errors.
   *
   * @default {"program"}
   */
  kind?: TroubleKind;
}

const WARNING_MILLISECONDS = 1000;

/** Shows a line, which may name a channel by itself. */
type WriteLine = (level: Level, message: string, channel?: string) => void;

/** Reports about one channel, or about the program, line by line. */
export class ChannelReport {
  readonly #line: WriteLine;
  readonly #warnings = new WarningLimit();

  /** @param line Shows a line, with the channel's name if it has one. */
  constructor(line: WriteLine) {
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

  /**
   * A line about a mistake in the input: one a second at most.
   *
   * @param channel The channel that it is about, which the message names.
   */
  warn(message: string, channel?: string): void {
    this.#warnings.pass(
      message,
      (line) => this.#line("warning", line, channel),
    );
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
