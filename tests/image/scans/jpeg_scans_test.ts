import { assert, assertEquals } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { decode } from "jpeg-js";
import { jpegScans } from "../../../src/image/scans/jpeg_scans.ts";
import { SCANS_END, scansHead } from "../../../src/image/scans/scans_head.ts";
import type { Pixels } from "../../../src/image/pixels.ts";
import { requireTool } from "../../support/require.ts";

/** Nobody sees a difference of so much. */
const MAX_MEAN_ERROR = 4;

/** A smooth picture; each `tone` gives another. */
function picture(width: number, height: number, tone: number): Pixels {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set(
        [
          127 + 99 * Math.sin(x / 20 + tone),
          127 + 60 * Math.sin(y / 9 + tone),
          127 + 99 * Math.cos(x / 30 - tone),
        ],
        3 * (y * width + x),
      );
    }
  }
  return { pixels, width, height };
}

function meanError(jpeg: Uint8Array, { pixels }: Pixels): number {
  const { data } = decode(jpeg, { useTArray: true, formatAsRGBA: false });
  assertEquals(data.length, pixels.length);
  let sum = 0;
  data.forEach((value, i) => sum += Math.abs(value - pixels[i]));
  return sum / pixels.length;
}

for (const [width, height] of [[1, 1], [8, 8], [17, 9], [16, 33], [160, 90]]) {
  Deno.test(`scans of ${width}x${height} show the newest picture only`, () => {
    const pictures = [0, 31, 77].map((tone) => picture(width, height, tone));
    const parts = [scansHead(pictures[0])];
    for (const one of pictures) {
      parts.push(jpegScans(one));
      const error = meanError(concat([...parts, SCANS_END]), one);
      assert(error < MAX_MEAN_ERROR, `${error}`);
    }
  });
}

Deno.test("scans show black, white and noise", () => {
  const head = scansHead({ width: 40, height: 24 });
  for (const fill of [() => 0, () => 255, () => 255 * Math.random()]) {
    const pixels = Uint8Array.from({ length: 3 * 40 * 24 }, fill);
    const one = { pixels, width: 40, height: 24 };
    const error = meanError(concat([head, jpegScans(one), SCANS_END]), one);
    // Noise is all high frequencies.
    assert(error < 64, `${error}`);
  }
});

Deno.test({
  name: "scans are read by libjpeg without a complaint",
  ignore: !requireTool("djpeg"),
  async fn() {
    const one = picture(64, 48, 5);
    const jpeg = concat([scansHead(one), jpegScans(one), SCANS_END]);
    const child = new Deno.Command("djpeg", {
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const [output] = await Promise.all([
      child.output(),
      new Blob([jpeg]).stream().pipeTo(child.stdin),
    ]);
    assertEquals(new TextDecoder().decode(output.stderr), "");
    assert(output.success);
  },
});
