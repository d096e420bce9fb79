/**
 * Pictures as cameras send them, remade in `shared/cases`.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { join } from "@std/path";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { onBlack } from "../../src/gif/on_black.ts";
import { decodePicture } from "../../src/image/decode_picture.ts";
import type { Pixels } from "../../src/image/pixels.ts";
import { Program } from "../support/program/program.ts";
import { sharedFolder } from "../support/require.ts";

const CASES = sharedFolder("cases");
const TOKEN = "t0k";
const UPRIGHT = [320, 180], ASIDE = [180, 320];

interface Case {
  file: string;
  size: number[];
  damaged?: number;
}

const PICTURES: Case[] = [
  { file: "F04_rst_extra_bytes.jpg", size: UPRIGHT },
  { file: "F05_mpf_two_pictures.jpg", size: UPRIGHT },
  { file: "F11_rgb_adobe_transform0.jpg", size: UPRIGHT },
  { file: "F12_no_eoi.jpg", size: UPRIGHT },
  { file: "F12b_no_eoi_zero_padded.jpg", size: UPRIGHT },
  { file: "F18_dac_marker.jpg", size: UPRIGHT },
  { file: "F19_scan_cut_short.jpg", size: UPRIGHT, damaged: 1 },
  { file: "F21_exif_orientation6.jpg", size: ASIDE },
  { file: "F22_png_extra_byte.png", size: UPRIGHT },
  { file: "F22b_png_no_iend.png", size: UPRIGHT },
];

function startProgram(): Program {
  const args = ["j=ingest:", "--port", "0"];
  return new Program({ args, env: { GIFSTREAM_TOKEN: TOKEN } });
}

async function post(base: string, file: string, type = "image/any") {
  const response = await fetch(`${base}/j/frames`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": type },
    body: await Deno.readFile(join(CASES!, file)),
  });
  assertEquals(
    response.status,
    200,
    `${file}: ${await response.clone().text()}`,
  );
  return await response.json();
}

/** The state of the channel once it has so many frames. */
async function frames(base: string, count: number) {
  for (;;) {
    const response = await fetch(`${base}/api/channels`);
    const { channels: [status] } = await response.json();
    assertEquals(status.refusedFrames, 0, status.source.message);
    if (status.frames >= count) return status;
    await delay(20);
  }
}

async function snapshot(base: string, form: string): Promise<Pixels> {
  const response = await fetch(`${base}/j/snapshot.${form}`);
  const bytes = await response.bytes();
  if (form !== "gif") return decodePicture(bytes);
  const [{ pixels, screen: { width, height } }] = [...decodeGif(bytes)];
  return { pixels: onBlack(pixels, width * height), width, height };
}

function meanError(a: Uint8Array, b: Uint8Array): number {
  const sum = a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0);
  return sum / a.length;
}

Deno.test({
  name: "gifstream shows what cameras send, alike in all forms",
  ignore: CASES === undefined,
  async fn() {
    await using program = startProgram();
    const base = await program.address();
    for (const [i, { file, size, damaged }] of PICTURES.entries()) {
      const { problem: _, ...counts } = await post(base, file);
      const expected = { frames: 1, refused: 0 };
      assertEquals(
        counts,
        damaged === undefined ? expected : { ...expected, damaged },
        file,
      );
      await frames(base, i + 1);
      const truth = decodePicture(await Deno.readFile(join(CASES!, file)));
      for (const form of ["jpg", "png", "gif"]) {
        const { width, height, pixels } = await snapshot(base, form);
        assertEquals([width, height], size, `${file} as ${form}`);
        const error = meanError(pixels, truth.pixels);
        assert(error < 12, `${file} as ${form}: ${error}`);
      }
    }
    const status = await frames(base, PICTURES.length);
    assertEquals(status.damagedFrames, 1);
    assertEquals(status.refusedFrames, 0);
  },
});

Deno.test({
  name: "gifstream takes a form with a field before its picture",
  ignore: CASES === undefined,
  async fn() {
    await using program = startProgram();
    const base = await program.address();
    const type = "multipart/form-data; boundary=F";
    const counts = await post(base, "F23_form_text_field_first.body", type);
    assertEquals(counts, { frames: 1, refused: 0 });
  },
});

Deno.test({
  name: "gifstream shows files of cameras in a folder",
  ignore: CASES === undefined,
  async fn() {
    const folder = await Deno.makeTempDir();
    await using program = new Program({ args: [folder, "--port", "0"] });
    const base = await program.address();
    for (const [i, { file, size }] of PICTURES.entries()) {
      const name = `${i}${file.slice(file.indexOf("."))}`;
      await Deno.copyFile(join(CASES!, file), join(folder, name));
      await frames(base, i + 1);
      const { width, height } = await (await fetch(`${base}/live/snapshot.png`))
        .bytes().then((bytes) => decodePicture(bytes));
      assertEquals([width, height], size, file);
    }
    await Deno.remove(folder, { recursive: true });
  },
});
