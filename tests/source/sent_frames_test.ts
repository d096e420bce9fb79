import { assertEquals, assertRejects } from "@std/assert";
import { concat } from "@std/bytes/concat";
import fc from "fast-check";
import { IntakeError } from "../../src/channel/intake.ts";
import { FrameBody } from "../../src/source/frame_body.ts";
import { sentFrames } from "../../src/source/sent_frames.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);
const JPEG = plainJpeg(16, 8, [200, 10, 10]);

/** What is found in bytes that come in chunks of a length. */
async function framesOf(sent: Uint8Array, chunkLength = sent.length) {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < sent.length; at += chunkLength) {
    chunks.push(sent.slice(at, at + chunkLength));
  }
  const body = new FrameBody(ReadableStream.from(chunks), {
    maxFrameBytes: 10_000,
    silenceMilliseconds: 10_000,
  });
  const warnings: string[] = [];
  const frames: string[] = [];
  for await (const frame of sentFrames(body, (it) => warnings.push(it))) {
    frames.push("gif" in frame ? "gif" : `picture of ${frame.picture.length}`);
  }
  return { frames, warnings };
}

function multipart(begin: string, ...files: Uint8Array[]): Uint8Array {
  const parts = files.map((file) =>
    bytes("--b\r\nContent-Type: any/thing\r\n\r\n", file, "\r\n")
  );
  return bytes(begin, ...parts, "--b--\r\n");
}

Deno.test("sentFrames() takes GIFs and pictures, in parts or bare", async () => {
  const picture = `picture of ${JPEG.length}`;
  const cases: [Uint8Array, string[]][] = [
    [GIF, ["gif"]],
    [JPEG, [picture]],
    [concat([GIF, GIF, GIF]), ["gif", "gif", "gif"]],
    [concat([JPEG, JPEG]), [picture, picture]],
    [multipart("", GIF, GIF), ["gif", "gif"]],
    [multipart("", JPEG, JPEG, JPEG), [picture, picture, picture]],
    [multipart("\r\n", JPEG), [picture]],
    [bytes("--b\nany: thing\n\n", JPEG), [picture]],
    [bytes("--b\r\n\r\n\r\n", GIF), ["gif"]],
  ];
  for (const [sent, frames] of cases) {
    for (const length of [1, 7, sent.length]) {
      assertEquals(await framesOf(sent, length), { frames, warnings: [] });
    }
  }
});

Deno.test("sentFrames() takes bodies as cameras send them", async () => {
  const picture = `picture of ${JPEG.length}`, bare = JPEG.slice(0, -2);
  const part = "--b\r\nContent-Type: a/b\r\n\r\n";
  const xml = bytes(part, "<event>motion</event>\r\n");
  const counted = bytes(
    `--b\r\nContent-Length: ${bare.length}\r\n\r\n`,
    bare,
  );
  const cases: [Uint8Array, string[]][] = [
    [bytes(xml, part, JPEG, "\r\n--b--"), [picture]],
    [bytes("A preamble.\r\n\r\n", part, JPEG, "\r\n", part, JPEG), [
      picture,
      picture,
    ]],
    [bytes(part, "\r\n", part, JPEG, "\r\n", xml, part, JPEG), [
      picture,
      picture,
    ]],
    [bytes("--b\nContent-Disposition: form-data\n\n17\n", part, JPEG), [
      picture,
    ]],
    [bytes(xml, part, GIF, "\r\n", part, JPEG), ["gif"]],
    // A picture without an end ends with its part.
    [bytes(counted, "\r\n", counted, "\r\n--b--"), [
      `picture of ${bare.length}`,
      `picture of ${bare.length}`,
    ]],
    [bytes(part, bare, "\r\n", part, JPEG, "\r\n--b--"), [
      `picture of ${bare.length}`,
      picture,
    ]],
  ];
  for (const [i, [sent, frames]] of cases.entries()) {
    for (const length of [1, 7, sent.length]) {
      assertEquals(
        await framesOf(sent, length),
        { frames, warnings: [] },
        `case ${i}, chunks of ${length}`,
      );
    }
  }
});

Deno.test("sentFrames() tells unknown kinds from nothing", async () => {
  const cases: [Uint8Array<ArrayBuffer>, string][] = [
    [bytes(""), "broken"],
    [bytes("{}"), "unknown-kind"],
    [bytes("GIF"), "unknown-kind"],
    [bytes("--b\r\n\r\nnothing known"), "unknown-kind"],
    [new Uint8Array(9000), "unknown-kind"],
    [bytes(`--${"b".repeat(9000)}`), "unknown-kind"],
  ];
  for (const [sent, problem] of cases) {
    const error = await assertRejects(() => framesOf(sent), IntakeError);
    assertEquals(error.problem, problem);
  }
});

Deno.test("sentFrames() bounds a frame, but not how many there are", async () => {
  const many = concat(Array.from({ length: 1000 }, () => GIF));
  assertEquals((await framesOf(many)).frames.length, 1000);
  for (const begin of [GIF.slice(0, 13), JPEG.slice(0, -2), JPEG]) {
    const flood = bytes(begin, new Uint8Array(20_000));
    const error = await assertRejects(() => framesOf(flood), IntakeError);
    assertEquals(error.problem, "too-large");
  }
});

Deno.test("sentFrames() goes on whatever is broken", async () => {
  const sound = concat([JPEG, JPEG, GIF, GIF]);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(GIF, JPEG),
      fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255))),
      fc.integer({ min: 1, max: 500 }),
      async (first, changes, length) => {
        const broken = concat([first, sound]);
        for (const [at, byte] of changes) broken[first.length + at] = byte;
        const { frames } = await framesOf(broken, length);
        assertEquals(frames.length > 0, true);
      },
    ),
    { numRuns: 200 },
  );
});

Deno.test("sentFrames() takes no film for a multipart body", async () => {
  const film = bytes([0, 0, 0, 0x18], "ftypisom", [0, 1, 2], "\n--b\n");
  const error = await assertRejects(() => framesOf(film), IntakeError);
  assertEquals(error.problem, "unknown-kind");
});
