import { assert, assertEquals, assertLess } from "@std/assert";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { History } from "../../src/past/history.ts";
import { JpegHistory } from "../../src/past/jpeg_history.ts";
import { KeptPast } from "../../src/past/kept_past.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";

const SCREEN = { width: 16, height: 8 };

function jpegAt(timeMilliseconds: number, red: number, size = SCREEN) {
  const jpeg = plainJpeg(size.width, size.height, [red, 0, 0]);
  return { jpeg, ...size, timeMilliseconds };
}

/** Pictures of a GIF, each as its red and its delay. */
function shown(gif: Uint8Array): [red: number, delay: number][] {
  return [...decodeGif(gif)].map(({ pixels, delayCentiseconds }) => [
    10 * Math.round(pixels[0] / 10),
    delayCentiseconds,
  ]);
}

Deno.test("JpegHistory is bounded in time and in bytes", () => {
  const timed = new JpegHistory(2);
  for (let i = 0; i <= 10; i++) timed.push(jpegAt(500 * i, 0), 1e9);
  const times = timed.moments.map(({ timeMilliseconds }) => timeMilliseconds);
  // The oldest is what viewers saw two seconds ago.
  assertEquals(times, [3000, 3500, 4000, 4500, 5000]);
  assertEquals(timed.at(3600)?.timeMilliseconds, 3500);
  assertEquals(timed.at(2999), undefined);
  const small = new JpegHistory(100);
  for (let i = 0; i < 10; i++) small.push(jpegAt(i, 0), 5000);
  assertLess(small.moments.length, 10);
  small.push(jpegAt(10, 0), 0);
  assertEquals(small.moments.length, 1);
});

Deno.test("KeptPast encodes JPEGs that came while there was no GIF", () => {
  const jpegs = new JpegHistory(60);
  const past = new KeptPast(new History({ seconds: 60, maxBytes: 1e9 }), jpegs);
  assertEquals(past.clip({ seconds: 5, endMilliseconds: 0 }), undefined);
  for (const [i, red] of [50, 100, 100, 200].entries()) {
    jpegs.push(jpegAt(1000 * i, red), 1e9);
  }
  assertEquals(past.startMilliseconds, 0);
  const clip = past.clip({ seconds: 10, endMilliseconds: 3500 })!;
  // One that changes nothing is no picture of its own.
  assertEquals(shown(clip.gif), [[50, 100], [100, 200], [200, 50]]);
  assertEquals(shown(past.still({ timeMilliseconds: 1500 })!)[0][0], 100);
  const { rgba, width, timeMilliseconds } = past.picture()!;
  assertEquals([width, timeMilliseconds], [16, 3000]);
  assert(Math.abs(rgba[0] - 200) < 5 && rgba[3] === 255);
  assertEquals(past.wholePart(), undefined);
});

Deno.test("KeptPast has one clip of JPEGs and of parts", () => {
  const history = new History({ seconds: 60, maxBytes: 1e9 });
  const jpegs = new JpegHistory(60);
  const past = new KeptPast(history, jpegs);
  history.begin(SCREEN);
  const part = (red: number) => framePart(colorFrame(16, 8, [red, 0, 0]));
  history.push(part(10), 0);
  history.push({ ...part(20), keyframe: false }, 1000);
  jpegs.push(jpegAt(2000, 50), 1e9);
  jpegs.push(jpegAt(3000, 100), 1e9);
  history.push(part(30), 4000);
  const { gif, pictures } = past.clip({ seconds: 9, endMilliseconds: 5000 })!;
  assertEquals(pictures, 5);
  const reds = shown(gif).map(([red]) => red);
  assertEquals(reds, [10, 20, 50, 100, 30]);
  assertEquals(past.picture({ timeMilliseconds: 1500 })!.rgba[0], 20);
  // A GIF has one size.
  jpegs.push(jpegAt(6000, 200, { width: 8, height: 8 }), 1e9);
  const other = past.clip({ seconds: 9, endMilliseconds: 6500 })!;
  assertEquals(shown(other.gif).map(([red]) => red), [200]);
});

Deno.test("KeptPast leaves out a JPEG that is broken", () => {
  const jpegs = new JpegHistory(60);
  const past = new KeptPast(new History({ seconds: 60, maxBytes: 1e9 }), jpegs);
  jpegs.push(jpegAt(0, 50), 1e9);
  const broken = jpegAt(1000, 100);
  broken.jpeg = broken.jpeg.subarray(0, -40);
  jpegs.push(broken, 1e9);
  jpegs.push(jpegAt(2000, 200), 1e9);
  const { gif } = past.clip({ seconds: 9, endMilliseconds: 3000 })!;
  assertEquals(shown(gif), [[50, 200], [200, 100]]);
});
