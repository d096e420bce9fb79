import { concat } from "@std/bytes/concat";
import { Base64Content } from "./base64_content.ts";

/** Something in a multipart body. */
export type MultipartPiece =
  /** Bytes of a part's content. */
  | { content: Uint8Array }
  /** The part has ended. */
  | { end: true };

/** Thrown when bytes are no multipart body. */
export class MultipartError extends Error {
  /** Tells it from other errors. */
  override readonly name = "MultipartError";
}

const DASH = 0x2d, LINE_FEED = 0x0a, RETURN = 0x0d;
/** Most bytes before the first part, and of the head of each. */
const MAX_HEAD_BYTES = 16_384;

const BASE64 = /^content-transfer-encoding[ \t]*:[ \t]*base64[ \t]*\r?$/im;

/** The place in the body. */
type State = "preamble" | "head" | "content" | "counted" | "after";

/**
 * Reads a multipart body (RFC 2046, 5.1) as cameras send it. The first line
 * that begins with two dashes tells the boundary, whatever a header said, so
 * that dashes may be doubled; text may come before it. A part ends where its
 * `Content-Length` says, as long as that is true, or else at the next boundary.
 * `Content-Transfer-Encoding: base64` is undone.
 */
export class MultipartReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #state: State = "preamble";
  /** The boundary without its dashes. */
  #boundary = new Uint8Array(0);
  /** Bytes that the part still has to have. */
  #left = 0;
  /** False once a length was wrong. */
  #trustsLengths = true;
  /** Decodes the part; undefined if it is not coded. */
  #base64: Base64Content | undefined;

  /**
   * Gives what a chunk of the body holds, without any delay.
   *
   * @throws {MultipartError} If it is no multipart body.
   */
  *push(chunk: Uint8Array): Generator<MultipartPiece> {
    this.#bytes = this.#bytes.length === 0
      ? chunk
      : concat([this.#bytes, chunk]);
    for (;;) {
      const { length } = this.#bytes, state = this.#state;
      yield* this.#step();
      if (this.#bytes.length === length && this.#state === state) return;
    }
  }

  *#step(): Generator<MultipartPiece> {
    switch (this.#state) {
      case "preamble":
        return this.#readPreamble();
      case "head":
        return this.#readHead();
      case "counted":
        return yield* this.#readCounted();
      case "after":
        return this.#readAfter();
      case "content":
        return yield* this.#readContent();
    }
  }

  /** Looks for the first boundary. */
  #readPreamble(): void {
    const bytes = this.#bytes;
    let at = 0;
    while (bytes[at] !== DASH || bytes[at + 1] !== DASH) {
      at = bytes.indexOf(LINE_FEED, at) + 1;
      if (at === 0) return this.#checkHead("a boundary");
    }
    const end = bytes.indexOf(LINE_FEED, at);
    if (end < 0) return this.#checkHead("a boundary");
    let begin = at;
    while (bytes[begin] === DASH) begin++;
    const boundary = trimmed(bytes.subarray(begin, end));
    if (boundary.length === 0) throw unexpected("a boundary", "only dashes");
    this.#boundary = boundary.slice();
    this.#enter("head", end + 1);
  }

  #readHead(): void {
    const bytes = this.#bytes;
    for (let at = 0;;) {
      const end = bytes.indexOf(LINE_FEED, at);
      if (end < 0) return this.#checkHead("an empty line");
      if (trimmed(bytes.subarray(at, end)).length > 0) {
        at = end + 1;
        continue;
      }
      const head = new TextDecoder("latin1").decode(bytes.subarray(0, at));
      this.#base64 = BASE64.test(head) ? new Base64Content() : undefined;
      const length = contentLength(head);
      if (length === undefined || !this.#trustsLengths) {
        return this.#enter("content", end + 1);
      }
      this.#left = length;
      return this.#enter("counted", end + 1);
    }
  }

  *#readCounted(): Generator<MultipartPiece> {
    const content = this.#bytes.subarray(0, this.#left);
    this.#left -= content.length;
    if (content.length > 0) {
      this.#drop(content.length);
      yield* this.#contentOf(content);
    }
    if (this.#left > 0) return;
    this.#enter("after", 0);
    yield { end: true };
  }

  /** A boundary must follow what was counted. */
  #readAfter(): void {
    const bytes = this.#bytes;
    let at = 0;
    while (bytes[at] === RETURN || bytes[at] === LINE_FEED) at++;
    const boundary = this.#boundaryAt(bytes, at);
    if (boundary === "more") return;
    if (boundary === undefined) {
      this.#trustsLengths = false;
      return this.#enter("content", 0);
    }
    this.#enter("head", boundary);
  }

  *#readContent(): Generator<MultipartPiece> {
    const bytes = this.#bytes;
    for (let from = 0;;) {
      const feed = bytes.indexOf(LINE_FEED, from);
      const isLast = feed < 0;
      // A part may be empty: then the boundary is right behind its head.
      const at = isLast ? bytes.length : feed + 1;
      if (from === 0 && bytes[0] === DASH) {
        const boundary = this.#boundaryAt(bytes, 0);
        if (boundary === "more") return;
        if (boundary !== undefined) {
          this.#enter("head", boundary);
          yield { end: true };
          return;
        }
      }
      const boundary = isLast ? undefined : this.#boundaryAt(bytes, at);
      if (boundary === undefined && !isLast) {
        from = at;
        continue;
      }
      const begin = isLast
        ? bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length
        : bytes[feed - 1] === RETURN
        ? feed - 1
        : feed;
      const content = bytes.subarray(0, begin);
      if (typeof boundary === "number") this.#enter("head", boundary);
      else this.#drop(begin);
      if (content.length > 0) yield* this.#contentOf(content);
      if (typeof boundary === "number") yield { end: true };
      return;
    }
  }

  *#contentOf(bytes: Uint8Array): Generator<MultipartPiece> {
    const content = this.#base64?.push(bytes) ?? bytes;
    if (content.length > 0) yield { content };
  }

  /**
   * The position after the line of a boundary that begins here; undefined if
   * none does.
   */
  #boundaryAt(bytes: Uint8Array, at: number): number | "more" | undefined {
    let dashes = 0;
    while (bytes[at + dashes] === DASH) dashes++;
    const begin = at + dashes;
    if (begin === bytes.length) return "more";
    if (dashes < 2) return undefined;
    const word = bytes.subarray(begin, begin + this.#boundary.length);
    if (!word.every((byte, i) => byte === this.#boundary[i])) return undefined;
    const end = bytes.indexOf(LINE_FEED, begin + word.length);
    return end < 0 ? "more" : end + 1;
  }

  #checkHead(what: string): void {
    if (this.#bytes.length <= MAX_HEAD_BYTES) return;
    throw unexpected(what, "none in 16 KiB");
  }

  #enter(state: State, drop: number): void {
    this.#state = state;
    this.#drop(drop);
  }

  #drop(count: number): void {
    this.#bytes = this.#bytes.subarray(count);
  }
}

function contentLength(head: string): number | undefined {
  const [, digits] =
    /^content-length[ \t]*:[ \t]*(\d{1,10})\s*$/im.exec(head) ??
      [];
  return digits === undefined ? undefined : Number(digits);
}

/** Without blanks at its end. */
function trimmed(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && line[end - 1] <= 0x20) end--;
  return line.subarray(0, end);
}

function unexpected(what: string, found: string): MultipartError {
  return new MultipartError(
    `Cannot read multipart body: expected ${what}, found ${found}`,
  );
}
