/** What a terminal shows of a stream of half blocks. */
export class Terminal {
  /** All that has come. */
  text = "";
  /** The colors of each cell, upper and lower, row by row. */
  cells: string[] = [];
  readonly #reader: ReadableStreamDefaultReader<string>;
  #pending = "";
  #row = 0;
  #column = 0;
  #upper = "";
  #lower = "";
  #rows: string[][] = [];

  constructor(response: Response) {
    this.#reader = response.body!.pipeThrough(new TextDecoderStream())
      .getReader();
  }

  /** Reads until something is to be seen, or to the end. */
  async readUntil(seen: () => boolean): Promise<void> {
    while (!seen()) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      this.text += value;
      this.#take(value);
    }
  }

  /** Hangs up. */
  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }

  #take(text: string): void {
    this.#pending += text;
    // deno-lint-ignore no-control-regex
    const token = /^(?:\x1b\[([?\d;]*)([A-Za-z])|\u2580| |\n)/;
    for (;;) {
      const match = this.#pending.match(token);
      if (match === null) break;
      this.#pending = this.#pending.slice(match[0].length);
      if (match[0] === "\u2580") this.#put(this.#upper);
      else if (match[0] === " ") this.#put(this.#lower);
      else if (match[2] !== undefined) this.#control(match[2], match[1]);
    }
    if (this.#pending !== "" && !this.#pending.startsWith("\x1b")) {
      throw new Error(`Not for a terminal: ${JSON.stringify(this.#pending)}`);
    }
    this.cells = this.#rows.flat();
  }

  #put(upper: string): void {
    this.#rows[this.#row] ??= [];
    this.#rows[this.#row][this.#column++] = `${upper} ${this.#lower}`;
  }

  #control(command: string, parameters: string): void {
    if (command === "H") {
      const [row, column] = parameters.split(";").map(Number);
      this.#row = row - 1;
      this.#column = column - 1;
    } else if (command === "J") {
      this.#rows = [];
    } else if (parameters.startsWith("38;2;")) {
      this.#upper = parameters.slice("38;2;".length);
    } else if (parameters.startsWith("48;2;")) {
      this.#lower = parameters.slice("48;2;".length);
    }
  }
}
