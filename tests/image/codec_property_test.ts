/**
 * What we make of thousands of damaged JPEG and PNG files, beside the programs
 * of libjpeg and libpng, and beside ffmpeg.
 *
 * ```sh
 * FUZZ_SEED=7 FUZZ_RUNS=100000 deno test -A tests/image/codec_property_test.ts
 * ```
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { equals } from "@std/bytes/equals";
import {
  type DecodedPicture,
  decodePicture,
} from "../../src/image/decode_picture.ts";
import { PictureError } from "../../src/image/image_file.ts";
import { Mutator } from "../support/gif/mutator.ts";
import { pngFile } from "../support/image/png_writer.ts";
import { type Pnm, readPnm, writePpm } from "../support/image/pnm.ts";
import { crc32 } from "node:zlib";
import { RAW_RGB, run } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";

const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 2026);
const RUNS = Number(Deno.env.get("FUZZ_RUNS") ?? 1500);
/** Starting ffmpeg takes long. */
const FFMPEG_RUNS = RUNS / 25;
const WIDTH = 45, HEIGHT = 37;
const maxPixels = 100_000;

interface Answer {
  code: number;
  stdout: Uint8Array;
}

async function ask(
  program: string,
  args: string[],
  input: Uint8Array,
): Promise<Answer> {
  const child = new Deno.Command(program, {
    args,
    // Its code for special processors overflows in other ways.
    env: { JSIMD_FORCENONE: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  // It may not read to the end.
  const written = writer.write(input.slice()).then(() => writer.close())
    .catch(() => {});
  const [{ code, stdout }] = await Promise.all([child.output(), written]);
  return { code, stdout };
}

/** Our picture; undefined if there is none. "large": it has too many pixels. */
function ours(bytes: Uint8Array): DecodedPicture | undefined | "large" {
  try {
    return decodePicture(bytes, { maxPixels });
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return error.message.includes("expected 1 to") ? "large" : undefined;
  }
}

/** A picture with edges and slopes. */
function colorAt(x: number, y: number): number[] {
  return [x * 5 & 255, (y * 6 ^ (x > 20 ? 90 : 0)) & 255, x * y & 255];
}

/** All ways of coding that libjpeg knows. */
async function jpegFiles(): Promise<Uint8Array[]> {
  const color = writePpm(WIDTH, HEIGHT, colorAt);
  const ways = [
    ["-sample", "1x1"],
    ["-sample", "2x2"],
    ["-sample", "2x1", "-restart", "1"],
    ["-progressive"],
    ["-progressive", "-restart", "4B"],
    ["-grayscale"],
    ["-grayscale", "-progressive", "-restart", "1"],
    ["-arithmetic"],
    ["-arithmetic", "-progressive"],
    ["-rgb"],
    ["-optimize", "-quality", "20"],
  ];
  return await Promise.all(ways.map((way) => run("cjpeg", way, color)));
}

async function pngFiles(): Promise<Uint8Array[]> {
  const shape = { width: WIDTH, height: HEIGHT, depth: 8, samplesAt: colorAt };
  const gray = (x: number, y: number) => [x * 3 + y & 3];
  return await Promise.all([
    pngFile({ ...shape, colorType: 2 }),
    pngFile({ ...shape, colorType: 2, interlaced: true }),
    pngFile({ ...shape, colorType: 2, filters: [1, 2, 3, 4] }),
    pngFile({ ...shape, depth: 16, colorType: 2 }),
    pngFile({ ...shape, depth: 2, colorType: 0, samplesAt: gray }),
    pngFile({
      ...{ ...shape, depth: 2, colorType: 3, samplesAt: gray },
      palette: [9, 8, 7, 6, 5, 4, 99, 88, 77, 200, 20, 2],
    }),
  ]);
}

/** Compares our picture with that of a library's own program. */
function compare(
  picture: DecodedPicture | undefined,
  { code, stdout }: Answer,
  what: string,
): "same" | "warned" | "other" | "partly" | "none" {
  if (code !== 0 && code !== 2) {
    // It gave up; we show what came before that.
    return picture === undefined ? "none" : "partly";
  }
  assert(picture !== undefined, `${what}: we show nothing`);
  const truth: Pnm = readPnm(stdout);
  assertEquals([picture.width, picture.height], [truth.width, truth.height]);
  const isSame = equals(picture.pixels, truth.pixels);
  // Colors that overflow do so in other ways on other machines.
  if (!isSame && code === 2) return "other";
  assert(isSame, `${what}: other pixels`);
  // That of libpng does not tell of warnings.
  if (code === 0 && picture.damage !== undefined) return "warned";
  return "same";
}

/** With the checksums that fit, without which libpng reads nothing. */
function mendChecksums(bytes: Uint8Array): Uint8Array {
  const mended = bytes.slice(), view = new DataView(mended.buffer);
  for (let at = 8; at + 12 <= mended.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > mended.length) break;
    view.setUint32(end, crc32(mended.subarray(at + 4, end)));
    at = end + 4;
  }
  return mended;
}

async function property(
  files: Uint8Array[],
  program: (bytes: Uint8Array) => Promise<Answer>,
  tells: boolean,
  mend: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<void> {
  const mutator = new Mutator(SEED);
  const seen = { same: 0, warned: 0, other: 0, partly: 0, none: 0 };
  for (const [i, file] of files.entries()) {
    const found = compare(
      ours(file) as DecodedPicture,
      await program(file),
      `file ${i}`,
    );
    assertEquals(found, "same");
  }
  for (let i = 0; i < RUNS; i++) {
    const bytes = mend(mutator.mutate(files)), picture = ours(bytes);
    if (picture === "large") continue;
    const what = `run ${i} of seed ${SEED}, ${bytes.toHex()}`;
    seen[compare(picture, await program(bytes), what)]++;
  }
  console.log(`${RUNS} files: ${JSON.stringify(seen)}`);
  if (tells) assertEquals(seen.warned, 0);
  assert(seen.other <= RUNS / 100, JSON.stringify(seen));
  assert(seen.same + seen.partly > RUNS / 5, JSON.stringify(seen));
  assert(seen.none > RUNS / 50, JSON.stringify(seen));
}

Deno.test({
  name: "decodePicture() makes of any JPEG what djpeg does",
  ignore: !requireTool("djpeg") || !requireTool("cjpeg"),
  fn: async () =>
    await property(
      await jpegFiles(),
      (bytes) => ask("djpeg", ["-pnm"], bytes),
      true,
    ),
});

Deno.test({
  name: "decodePicture() makes of any PNG what pngtopnm does",
  ignore: !requireTool("pngtopnm"),
  fn: async () =>
    await property(
      await pngFiles(),
      (bytes) => ask("pngtopnm", [], bytes),
      false,
      mendChecksums,
    ),
});

Deno.test({
  name: "decodePicture() shows what ffmpeg shows",
  ignore: !requireTool("ffmpeg") || !requireTool("cjpeg"),
  async fn() {
    const jpegs = (await jpegFiles()).slice(0, 7), pngs = await pngFiles();
    const seen = { both: 0, we: 0, ffmpeg: 0, none: 0 };
    const mutator = new Mutator(SEED + 1);
    for (let i = 0; i < FFMPEG_RUNS; i++) {
      const [format, files] = i % 2 === 0
        ? ["jpeg_pipe", jpegs] as const
        : ["png_pipe", pngs] as const;
      const bytes = mutator.mutate(files), picture = ours(bytes);
      if (picture === "large") continue;
      const args = ["-v", "quiet", "-f", format, "-i", "-", "-frames:v", "1"];
      const { stdout } = await ask("ffmpeg", [...args, ...RAW_RGB], bytes);
      const shows = stdout.length > 0;
      if (picture === undefined) seen[shows ? "ffmpeg" : "none"]++;
      else seen[shows ? "both" : "we"]++;
    }
    console.log(`${FFMPEG_RUNS} files: ${JSON.stringify(seen)}`);
    // ffmpeg guesses where libjpeg gives up, and the other way round.
    assert(seen.both > 2 * seen.ffmpeg, JSON.stringify(seen));
    assert(seen.we > seen.ffmpeg, JSON.stringify(seen));
  },
});
