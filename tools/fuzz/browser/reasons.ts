import type { Verdict } from "./compare.ts";

/** Counts of what two make of the same GIFs, by reason. */
export class Reasons {
  /** Inputs that are alike to the end. */
  same = 0;
  /** Inputs that take too long for the browser. */
  leftOut = 0;
  /** Pictures that are the same. */
  pictures = 0;
  /** Endless GIFs that the browser was given. */
  streams = 0;
  readonly #counts = new Map<string, { count: number; example: number }>();

  /** Counts an input. */
  add(verdict: Verdict, number: number): void {
    this.pictures += verdict.pictures;
    if (verdict.same) {
      this.same++;
      return;
    }
    const { reason } = verdict;
    const { count = 0, example = number } = this.#counts.get(reason) ?? {};
    this.#counts.set(reason, { count: count + 1, example });
  }

  /** The counts for people. */
  toString(): string {
    const different = [...this.#counts]
      .sort(([, a], [, b]) => b.count - a.count)
      .map(([reason, { count, example }]) =>
        `  ${count} ${reason} (as ${example})`
      );
    return [
      `same      ${this.same} GIFs, ${this.pictures} pictures`,
      `streams   ${this.streams}`,
      `left out  ${this.leftOut}, too large`,
      "different:",
      ...different,
    ].join("\n");
  }
}
