import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { Secret } from "../../../src/http/access/secret.ts";

Deno.test("Secret.matches() takes the very word", () => {
  const secret = new Secret("Grüße 5€");
  assert(secret.matches("Grüße 5€"));
  for (
    const word of [
      ...["", "G", "Grüße 5", "Grüße 5€ ", "grüße 5€", "Grüße 5€Grüße 5€"],
      ...["Gruesse 5€", "\0".repeat(11), "€5 eßürG"],
    ]
  ) assert(!secret.matches(word), word);
});

Deno.test("Secret.matches() takes no word for its repetition", () => {
  assert(!new Secret("aa").matches("a"));
  assert(!new Secret("a").matches("aa"));
  assert(!new Secret("\0").matches(""));
});

Deno.test("Secret.mark differs by secret", () => {
  const marks = ["a", "b", "ab", "ba", "aa", "let-me-in"]
    .map((word) => new Secret(word).mark);
  assertEquals(new Set(marks).size, marks.length);
  for (const mark of marks) assertMatch(mark, /^[0-9a-f]{8}$/);
  assertEquals(new Secret("a").mark, marks[0]);
});

Deno.test("Secret refuses an empty word", () => {
  assertThrows(() => new Secret(""), RangeError, "found nothing");
});
