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
  const rest = reader.end();
  if (rest !== undefined) files.push(rest);
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
  assertMatch(warning, /^Cannot read picture: it ended at byte 200, before/);
  assertEquals(cut([text("no picture at all")]).files, []);
});

Deno.test("PictureFiles ends a file without an end where the next begins", () => {
  const bare = JPEG.subarray(0, -2), barePng = PNG.subarray(0, -12);
  const padded = concat([bare, new Uint8Array(40)]);
  const all = [bare, JPEG, padded, JPEG, PNG, barePng, PNG, barePng, bare];
  for (const length of [1, 7, 5000]) {
    const { files, warnings } = cut(chunksOf(concat(all), length));
    // Zeros are within a scan what they are after it.
    assertEquals(files, all);
    assertEquals(warnings, []);
  }
});

Deno.test("PictureFiles skips stray bytes between segments", () => {
  const stray = concat([
    JPEG.subarray(0, 20),
    new Uint8Array(3),
    JPEG.subarray(20),
  ]);
  assertEquals(JPEG[20], 0xff);
  assertEquals(cut([stray, JPEG]).files, [stray, JPEG]);
});

/** A JPEG that names others behind it, after CIPA DC-007. */
function multiPicture(others: Uint8Array[], gap: number): Uint8Array {
  const entries = 1 + others.length, size = 4 + 8 + 2 + 12 + 4 + 16 * entries;
  const segment = new DataView(new ArrayBuffer(4 + size));
  segment.setUint16(0, 0xffe2);
  segment.setUint16(2, 2 + size);
  segment.setUint32(4, 0x4d504600);
  const tiff = new DataView(segment.buffer, 8);
  tiff.setUint32(0, 0x4d4d002a);
  tiff.setUint32(4, 8);
  tiff.setUint16(8, 1);
  tiff.setUint16(10, 0xb002);
  tiff.setUint16(12, 7);
  tiff.setUint32(14, 16 * entries);
  tiff.setUint32(18, 26);
  // The segment stands behind the first marker; offsets count from its TIFF.
  let at = JPEG.length + segment.byteLength - 10 + gap;
  others.forEach((other, i) => {
    tiff.setUint32(26 + 16 * (i + 1) + 4, other.length);
    tiff.setUint32(26 + 16 * (i + 1) + 8, at);
    at += other.length + gap;
  });
  return concat([
    ...[JPEG.subarray(0, 2), new Uint8Array(segment.buffer), JPEG.subarray(2)],
    ...others.flatMap((other) => [new Uint8Array(gap), other]),
  ]);
}

Deno.test("PictureFiles gives the first of several pictures in a file", () => {
  for (const gap of [0, 5]) {
    const file = multiPicture([PROGRESSIVE_JPEG, JPEG], gap);
    const first = file.subarray(
      0,
      file.length - 2 * gap -
        PROGRESSIVE_JPEG.length - JPEG.length,
    );
    const { files } = cut(chunksOf(concat([JPEG, file, JPEG, file]), 11));
    assertEquals(files, [JPEG, first, JPEG, first]);
    // What is not where it is said to be is a picture of its own.
    const strayed = concat([first, new Uint8Array(1), JPEG]);
    if (gap === 0) assertEquals(cut([strayed]).files, [first, JPEG]);
  }
});
