import { assertEquals } from "@std/assert";
import {
  bytesInWords,
  progressLine,
} from "../../../src/cli/file/progress_line.ts";

Deno.test("progressLine() tells the time that is left", () => {
  const line = progressLine({
    pictures: 25,
    allPictures: 100,
    bytes: 2_340_000,
    seconds: 30,
  });
  assertEquals(
    line,
    "[######                  ]  25 %  25 pictures  2.3 MB  1 min 30 s left",
  );
});

Deno.test("progressLine() tells the time that has passed where no end is known", () => {
  const progress = { pictures: 7, bytes: 900, seconds: 3, pass: "pass 2" };
  assertEquals(
    progressLine({ ...progress, allPictures: undefined }),
    "pass 2  7 pictures  900 bytes  3 s",
  );
});

Deno.test("bytesInWords() has one decimal", () => {
  assertEquals([999, 1500, 2e6].map(bytesInWords), [
    "999 bytes",
    "1.5 kB",
    "2.0 MB",
  ]);
});
