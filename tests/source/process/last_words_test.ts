import { assert, assertEquals } from "@std/assert";
import { lastWords } from "../../../src/source/process/last_words.ts";

function wordsOf(...chunks: string[]): Promise<string> {
  const encoder = new TextEncoder();
  return lastWords(
    ReadableStream.from(chunks.map((chunk) => encoder.encode(chunk))),
    (text) => text.replaceAll("secret", "***"),
  );
}

Deno.test("lastWords() gives the last lines, however they are cut", async () => {
  assertEquals(
    await wordsOf("1\n2\n3\n[rtsp @ 0x55", "d0] fo", "ur\r\n\n5\n", "6"),
    "[rtsp] four; 5; 6",
  );
  assertEquals(await wordsOf(), "");
  assertEquals(await wordsOf("\n \n"), "");
});

Deno.test("lastWords() keeps no more than a few lines", async () => {
  const words = await wordsOf(...Array(1000).fill("x".repeat(1000)), "\nend");
  assert(words.length < 1000);
  assert(words.endsWith("; end"));
});

Deno.test("lastWords() hides before it cuts", async () => {
  const words = await wordsOf("x".repeat(296) + "secret\n");
  assertEquals(words, "x".repeat(296) + "***");
});
