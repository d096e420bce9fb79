/** What stands for words that are covered. */
export const COVER = "***";
/** So many characters of a longer word tell something of it. */
const TELLING = 8;
/** Shorter words are parts of many others. */
const MIN_PART = 4;

/**
 * Words that are covered where they stand in a text: in any case, and with any
 * marks that let them stand there, as `\\:`.
 */
export class WordCover {
  /** All runs of so many characters in longer words: words may be cut. */
  readonly #runs = new Set<string>();
  readonly #short = new Set<string>();

  /** Adds a word. Numbers of up to three digits could be anything. */
  add(word: string): void {
    const { text } = withoutMarks(word);
    if (text.length >= TELLING) {
      for (const run of runsOf(text)) this.#runs.add(run);
    } else if (text !== "" && !/^\d{1,3}$/.test(text)) this.#short.add(text);
  }

  /** A text without the words. */
  cover(whole: string): string {
    const { text, places } = withoutMarks(whole);
    const covered = new Uint8Array(whole.length);
    const cover = (at: number, length: number) =>
      covered.fill(1, places[at], places[at + length - 1] + 1);
    for (const [at, run] of [...runsOf(text)].entries()) {
      if (this.#runs.has(run)) cover(at, TELLING);
    }
    for (const word of this.#short) {
      for (const at of placesOf(word, text)) cover(at, word.length);
    }
    return withCovers(whole, covered);
  }
}

/** Where a word is; a short one only where it is not a part of another. */
function* placesOf(word: string, text: string): Generator<number> {
  let at = -1;
  while ((at = text.indexOf(word, at + 1)) >= 0) {
    const around = (text[at - 1] ?? "") + " " + (text[at + word.length] ?? "");
    if (word.length >= MIN_PART || !/[\p{L}\p{N}]/u.test(around)) yield at;
  }
}

function withCovers(text: string, covered: Uint8Array): string {
  let result = "";
  for (let at = 0; at < text.length; at++) {
    if (covered[at] === 0) result += text[at];
    else if (at === 0 || covered[at - 1] === 0) result += COVER;
  }
  return result;
}

function* runsOf(text: string): Generator<string> {
  for (let at = 0; at + TELLING <= text.length; at++) {
    yield text.slice(at, at + TELLING);
  }
}

/**
 * A text in lower case without backslashes and quotes, and where each of its
 * characters stood.
 */
function withoutMarks(whole: string): { text: string; places: number[] } {
  let text = "";
  const places: number[] = [];
  for (let at = 0; at < whole.length; at++) {
    const character = whole[at];
    if (/[\\'"]/.test(character)) continue;
    const small = character.toLowerCase();
    // Some, as İ, would become two.
    text += small.length === 1 ? small : character;
    places.push(at);
  }
  return { text, places };
}
