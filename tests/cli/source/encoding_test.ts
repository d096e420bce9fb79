import { assertEquals } from "@std/assert";
import { encodingOf } from "../../../src/cli/source/encoding.ts";
import { parseOptions } from "../../support/program/parse_options.ts";

function encoding(commandLine: string) {
  const options = parseOptions(commandLine.split(" "));
  if (typeof options === "string") throw new TypeError(options);
  return encodingOf(options);
}

Deno.test("encodingOf() turns bits a second into bytes", () => {
  assertEquals(encoding("film.mp4 --bitrate 80K").bitrate, 10_000);
  assertEquals(encoding("film.mp4").bitrate, undefined);
});

Deno.test("encodingOf() tells how to look for fewer bytes", () => {
  const { quality, mode, dither } = encoding(
    "film.mp4 --quality 7 --mode best --dither auto",
  );
  assertEquals([quality, mode, dither], [7, "best", "auto"]);
  assertEquals(encoding("film.mp4").dither, "none");
});
