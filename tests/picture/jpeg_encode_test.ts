import { assert, assertEquals } from "@std/assert";
import jpeg from "jpeg-js";
import { encodeJpeg } from "../../src/picture/jpeg_encode.ts";
import { requireTool } from "../support/require.ts";

/** A smooth picture with an edge in it, as those of cameras. */
function photo(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: 4 * width * height }, (_, i) => {
    const x = (i >> 2) % width, y = Math.floor((i >> 2) / width);
    const edge = x > width / 3 ? 60 : 0;
    return (i & 3) === 3
      ? 255
      : 90 + edge + 50 * Math.sin(x / 17 + (i & 3)) * Math.cos(y / 11);
  });
}

function noise(width: number, height: number): Uint8Array {
  return new Uint8Array(4 * width * height).map(() => Math.random() * 256);
}

/** The mean square of how far colors are off. */
function errorOf(rgba: Uint8Array, file: Uint8Array): number {
  const { data } = jpeg.decode(file, { useTArray: true });
  assertEquals(data.length, rgba.length);
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    if ((i & 3) !== 3) sum += (data[i] - rgba[i]) ** 2;
  }
  return sum / (data.length * 3 / 4);
}

Deno.test("encodeJpeg() is as near as others at each quality", () => {
  const width = 93, height = 61, rgba = photo(width, height);
  for (const quality of [1, 25, 50, 75, 89, 90, 100]) {
    const ours = encodeJpeg(rgba, width, height, quality);
    const { data } = jpeg.encode({ data: rgba, width, height }, quality);
    const limit = 2 * errorOf(rgba, data) + 1;
    const error = errorOf(rgba, ours);
    assert(error < limit, `${error} at ${quality}, others below ${limit}`);
  }
});

Deno.test("encodeJpeg() takes pictures of any size and any content", () => {
  for (const [width, height] of [[1, 1], [8, 8], [16, 16], [17, 1], [3, 50]]) {
    for (const quality of [20, 95]) {
      for (const value of [0, 255]) {
        const rgba = new Uint8Array(4 * width * height).fill(value);
        const file = encodeJpeg(rgba, width, height, quality);
        assert(errorOf(rgba, file) < 8);
      }
      const file = encodeJpeg(noise(width, height), width, height, quality);
      const decoded = jpeg.decode(file, { useTArray: true });
      assertEquals([decoded.width, decoded.height], [width, height]);
    }
  }
  const rgba = noise(64, 64);
  assert(errorOf(rgba, encodeJpeg(rgba, 64, 64, 100)) < 4);
});

Deno.test("encodeJpeg() makes fewer bytes at less quality", () => {
  const sizes = [1, 40, 80, 89, 100].map((quality) =>
    encodeJpeg(noise(80, 80), 80, 80, quality).length
  );
  assertEquals(sizes, sizes.toSorted((a, b) => a - b));
});

Deno.test({
  name: "encodeJpeg() writes what ffmpeg reads without a word",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    for (const quality of [80, 100]) {
      const child = new Deno.Command("ffmpeg", {
        args: ["-v", "warning", "-f", "mjpeg", "-i", "-"].concat(
          ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        ),
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const file = encodeJpeg(noise(75, 45), 75, 45, quality);
      const [{ stdout, stderr }] = await Promise.all([
        child.output(),
        new Blob([file]).stream().pipeTo(child.stdin),
      ]);
      const words = new TextDecoder().decode(stderr)
        // Of files' pixels with full range, whoever made them.
        .replace(/.*deprecated pixel format.*\n/g, "");
      assertEquals([stdout.length, words], [3 * 75 * 45, ""]);
    }
  },
});
