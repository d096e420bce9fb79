import { assert, assertEquals } from "@std/assert";
import { lastWords, withoutPasswords } from "../../src/source/ffmpeg_words.ts";

function wordsOf(...chunks: string[]): Promise<string> {
  const encoder = new TextEncoder();
  return lastWords(
    ReadableStream.from(chunks.map((chunk) => encoder.encode(chunk))),
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

Deno.test("withoutPasswords() takes names and passwords out of addresses", () => {
  const cases = [
    ["rtsp://me:secret@host/1: refused", "rtsp://host/1: refused"],
    ["a http://me@b/ and rtmp://x:y@z@c:1/", "a http://b/ and rtmp://c:1/"],
    ["http://host/a@b, me@home", "http://host/a@b, me@home"],
  ];
  for (const [text, safe] of cases) assertEquals(withoutPasswords(text), safe);
});
