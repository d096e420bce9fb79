/** Kinds of lines that are told. */
const MOST_KINDS = 25;
/** A line of a stack, or a word that only an unexpected error has. */
const FAULT = /^\s+at |TypeError|RangeError|panicked|Uncaught/;
/** How a log tells of lines that it left out. */
const LEFT_OUT = /\s*\(and (\d+) more; \d+ in all\)/;

/** Counts of the lines of a log, without the numbers in them. */
export class LogCounts {
  /** Lines that tell of a mistake of the program itself. */
  readonly faults: string[];
  readonly #counts = new Map<string, number>();

  constructor(text: string) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    this.faults = lines.filter((line) => FAULT.test(line)).slice(0, 20);
    for (const line of lines) {
      const more = Number(line.match(LEFT_OUT)?.[1] ?? 0);
      const kind = line.replace(LEFT_OUT, "")
        .replace(/(found(?: the bytes)?)(?: [0-9a-f]{2}){4,6}/, "$1 others")
        .replace(/in\d+\.gif/, "a file")
        .replace(/0x\w\w|\d+/g, "#");
      this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1 + more);
    }
  }

  /** The most frequent kinds. */
  lines(): string[] {
    const ranked = [...this.#counts].sort(([, a], [, b]) => b - a);
    return ranked.slice(0, MOST_KINDS)
      .map(([kind, count]) => `${count} x ${kind.trim()}`);
  }
}
