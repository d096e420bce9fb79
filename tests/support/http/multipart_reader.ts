/** A part of a multipart stream. */
export interface MultipartPart {
  /** Its header fields; names in lower case. */
  fields: Map<string, string>;
  body: Uint8Array;
}

/**
 * Reads `multipart/x-mixed-replace` as the strictest of clients do: boundary
 * and fields end with CR LF, there is nothing in front of the first boundary,
 * each part has a length, and right behind it is the next boundary.
 */
export class MultipartReader {
  /** What stands between parts. */
  readonly boundary: string;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #pending: Uint8Array = new Uint8Array(0);
  #first = true;

  constructor(response: Response) {
    const type = response.headers.get("content-type") ?? "";
    const [, boundary] =
      type.match(/^multipart\/x-mixed-replace; ?boundary=([\w-]{1,70})$/) ?? [];
    if (boundary === undefined) throw new Error(`No multipart: ${type}`);
    this.boundary = boundary;
    this.#reader = response.body!.getReader();
  }

  /** The next part, once the boundary behind it is there. */
  async next(): Promise<MultipartPart | undefined> {
    if (this.#first) {
      this.#first = false;
      if (await this.#line() !== `--${this.boundary}`) {
        throw new Error("No boundary in front of the first part");
      }
    }
    const fields = await this.#fields();
    if (fields === undefined) return undefined;
    const length = fields.get("content-length");
    if (!/^\d+$/.test(length ?? "")) throw new Error(`No length: ${length}`);
    const body = (await this.#bytes(Number(length)))!;
    const behind = [await this.#line(), await this.#line()];
    const ends = behind[1] === `--${this.boundary}--`;
    if (behind[0] !== "" || behind[1] !== `--${this.boundary}` && !ends) {
      throw new Error(`No boundary behind a part: ${JSON.stringify(behind)}`);
    }
    return { fields, body };
  }

  /** Hangs up. */
  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }

  async #fields(): Promise<Map<string, string> | undefined> {
    const fields = new Map<string, string>();
    for (;;) {
      const line = await this.#line();
      if (line === undefined && fields.size === 0) return undefined;
      if (line === "") return fields;
      const [, name, value] = line?.match(/^([\w-]+): (.*)$/) ?? [];
      if (name === undefined) throw new Error(`No header field: ${line}`);
      fields.set(name.toLowerCase(), value);
    }
  }

  /** A line without its end; undefined at the end of the stream. */
  async #line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#pending.indexOf(10);
      if (end >= 0) {
        const line = new TextDecoder().decode((await this.#bytes(end + 1))!);
        if (!line.endsWith("\r\n")) throw new Error("A line without CR");
        return line.slice(0, -2);
      }
      if (await this.#read()) continue;
      if (this.#pending.length === 0) return undefined;
      throw new Error("The stream ends within a line");
    }
  }

  async #bytes(length: number): Promise<Uint8Array> {
    while (this.#pending.length < length) {
      if (!await this.#read()) throw new Error("The stream ends within a part");
    }
    const bytes = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    return bytes;
  }

  async #read(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) return false;
    const bytes = new Uint8Array(this.#pending.length + value.length);
    bytes.set(this.#pending);
    bytes.set(value, this.#pending.length);
    this.#pending = bytes;
    return true;
  }
}
