/** Replacement for covered words. */
export const COVER = "***";
/** Number of characters of a longer word that give it away. */
const TELLING = 8;
/** Shorter words are part of many other words. */
const MIN_PART = 4;

/**
 * Covers words in texts: in upper or lower case, and with escapes such as `\\:`
 * in them.
 */
export class WordCover {
  /**
   * All runs of {@linkcode TELLING} characters in longer words, which may be
   * cut.
   */
  readonly #runs = new Set<string>();
  readonly #short = new Set<string>();

  /**
   * Adds a word, except for numbers of up to three digits: they are too common.
   */
  add(word: string): void {
    const { text } = withoutMarks(word);
    if (text.length >= TELLING) {
      for (const run of runsOf(text)) this.#runs.add(run);
    } else if (text !== "" && !/^\d{1,3}$/.test(text)) this.#short.add(text);
  }

  /** Covers the words in a text. */
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

/**
 * Places of a word; a short word counts only where it is no part of another.
 */
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
 * A text in lower case without backslashes and quotes, and the original place
 * of each character.
 */
function withoutMarks(whole: string): { text: string; places: number[] } {
  let text = "";
  const places: number[] = [];
  for (let at = 0; at < whole.length; at++) {
    const character = whole[at];
    if (/[\\'"]/.test(character)) continue;
    const small = character.toLowerCase();
    // Some characters, such as İ, would become two.
    text += small.length === 1 ? small : character;
    places.push(at);
  }
  return { text, places };
}
