/** Lines that tell how far a long run is. */
export class Progress {
  readonly #total: number;
  readonly #begin = performance.now();
  #last = 0;

  /** @param total How many inputs there are. */
  constructor(total: number) {
    this.#total = total;
  }

  /** Seconds since the beginning. */
  get seconds(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  /** Writes a line, if the last one is old: at a terminal, over it. */
  show(done: number, more: string): void {
    const atTerminal = Deno.stderr.isTerminal();
    const now = this.seconds;
    if (now - this.#last < (atTerminal ? 0.5 : 30)) return;
    this.#last = now;
    const percent = (100 * done / this.#total).toFixed(1);
    const left = done > 0 ? now / done * (this.#total - done) : 0;
    const line = `${done} of ${this.#total} (${percent} %), ${more}, ` +
      `${now.toFixed(0)} s, ${left.toFixed(0)} s to go`;
    const text = atTerminal ? `\r\x1b[K${line}` : `${line}\n`;
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  }

  /** Ends the line at a terminal. */
  end(): void {
    if (!Deno.stderr.isTerminal() || this.#last === 0) return;
    Deno.stderr.writeSync(new TextEncoder().encode("\n"));
  }
}
