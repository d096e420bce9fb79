import { assertEquals } from "@std/assert";
import { WordCover } from "../../../src/source/secrets/word_cover.ts";

/** A text of which so many words are covered. */
function covered(text: string, ...words: string[]): string {
  const cover = new WordCover();
  for (const word of words) cover.add(word);
  return cover.cover(text);
}

Deno.test("WordCover.cover() covers words in any case and with any marks", () => {
  assertEquals(covered("a Hunter2! 'hunt\\er2'", "hunter2"), "a ***! '***'");
  assertEquals(covered("İİ SECRET é", "Secret"), "İİ *** é");
});

Deno.test("WordCover.cover() covers what is left of a long word", () => {
  const word = "correct horse battery";
  assertEquals(covered("> correct horse", word), "> ***");
  assertEquals(covered("horse battery <", word), "*** <");
  assertEquals(covered("a horse", word), "a horse");
});

Deno.test("WordCover.cover() covers short words that stand alone", () => {
  assertEquals(covered("pw pwd p:pw@h 1", "pw", "1", ""), "*** pwd p:***@h 1");
});

Deno.test("WordCover.cover() makes one of words that touch", () => {
  assertEquals(covered("abcdefghi", "abcde", "cdefghi"), "***");
});
