import { assertEquals, assertMatch } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { PictureFiles } from "../../src/image/image_splitter.ts";
import { plainJpeg, PROGRESSIVE_JPEG } from "../support/image/jpeg_files.ts";

const PNG = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/" +
      "pLvAAAAAElFTkSuQmCC",
  ),
  (c) => c.charCodeAt(0),
);
const JPEG = plainJpeg(16, 8, [200, 10, 10]);

function text(words: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(words);
}

/** What is found in chunks, and what is said about the rest. */
function cut(chunks: Iterable<Uint8Array>) {
  const warnings: string[] = [];
  const reader = new PictureFiles({ onWarning: (it) => warnings.push(it) });
  const files = [...chunks].flatMap((chunk) => [...reader.push(chunk)]);
  reader.end();
  return { files, warnings };
}

function* chunksOf(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) {
    yield bytes.subarray(at, at + length);
  }
}

Deno.test("PictureFiles gives each file of any chunks", () => {
  const part = (file: Uint8Array) =>
    concat([
      text(`\r\n--x\r\nContent-Type: image/any\r\n\r\n`),
      file,
    ]);
  const all = [PROGRESSIVE_JPEG, JPEG, PNG, PNG, JPEG];
  const bytes = concat([...all, ...all.map(part), text("\r\n--x--\r\n")]);
  for (const length of [1, 2, 3, 100, bytes.length]) {
    const { files, warnings } = cut(chunksOf(bytes, length));
    assertEquals(files, [...all, ...all]);
    assertEquals(warnings, []);
  }
});

Deno.test("PictureFiles gives a file as soon as its last byte is there", () => {
  for (const file of [JPEG, PROGRESSIVE_JPEG, PNG]) {
    const reader = new PictureFiles();
    assertEquals([...reader.push(file.subarray(0, -1))], []);
    assertEquals([...reader.push(file.subarray(-1))], [file]);
  }
});

Deno.test("PictureFiles keeps thumbnails in their files", () => {
  const length = JPEG.length + 2;
  const segment = Uint8Array.of(0xff, 0xe1, length >> 8, length & 255);
  const file = concat([
    JPEG.subarray(0, 2),
    segment,
    JPEG,
    JPEG.subarray(2),
  ]);
  assertEquals(cut([file, JPEG]).files, [file, JPEG]);
});

Deno.test("PictureFiles finds the next file behind one that is cut off", () => {
  for (let end = 3; end < JPEG.length; end += 7) {
    const { files, warnings } = cut([JPEG.subarray(0, end), JPEG, JPEG]);
    assertEquals(files.at(-1), JPEG, `cut at ${end}`);
    assertEquals(warnings.length <= 1, true, warnings.join());
  }
});

Deno.test("PictureFiles says what has no end", () => {
  const [warning] = cut([JPEG.subarray(0, 200)]).warnings;
  assertMatch(warning, /^Cannot read picture: it ended at byte 200$/);
  assertEquals(cut([text("no picture at all")]).files, []);
});
