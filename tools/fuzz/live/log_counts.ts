/** Kinds of lines that are told. */
const MOST_KINDS = 25;
/** A line of a stack, or a word that only an unexpected error has. */
const FAULT =
  /^\s+at |TypeError|RangeError|panicked|Uncaught|unexpected error/i;

/** Counts of the lines of a log, without the numbers in them. */
export class LogCounts {
  /** Lines that tell of a mistake of the program itself. */
  readonly faults: string[];
  readonly #counts = new Map<string, number>();

  constructor(text: string) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    this.faults = lines.filter((line) => FAULT.test(line)).slice(0, 20);
    for (const line of lines) {
      const kind = line.replace(/0x\w\w|\d+/g, "#")
        .replace(/(bytes)( [\w#]+){6}/, "$1");
      this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    }
  }

  /** The most frequent kinds. */
  lines(): string[] {
    const ranked = [...this.#counts].sort(([, a], [, b]) => b - a);
    return ranked.slice(0, MOST_KINDS)
      .map(([kind, count]) => `${count} x ${kind.trim()}`);
  }
}
