import { assert, assertEquals, assertThrows } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { PictureError } from "../../src/image/image_file.ts";
import { decodePicture } from "../../src/image/decode_picture.ts";
import { chunk, pngFile, type PngRecipe } from "../support/image/png_writer.ts";
import { ffmpeg, RAW_RGB } from "../support/program/ffmpeg.ts";
import { requireTool } from "../support/require.ts";

const maxPixels = 10_000;
const WIDTH = 13, HEIGHT = 11;
/** Channels of each color type, and the depths that it may have. */
const KINDS: [colorType: number, channels: number, depths: number[]][] = [
  [0, 1, [1, 2, 4, 8, 16]],
  [2, 3, [8, 16]],
  [3, 1, [1, 2, 4, 8]],
  [4, 2, [8, 16]],
  [6, 4, [8, 16]],
];
const PALETTE = Array.from({ length: 3 * 256 }, (_, i) => i * 37 & 255);

function recipes(): PngRecipe[] {
  return KINDS.flatMap(([colorType, channels, depths]) =>
    depths.flatMap((depth) =>
      [false, true].map((interlaced) => ({
        width: WIDTH,
        height: HEIGHT,
        depth,
        colorType,
        interlaced,
        palette: colorType === 3 ? PALETTE.slice(0, 3 << depth) : undefined,
        samplesAt: (x: number, y: number) =>
          Array.from(
            { length: channels },
            (_, c) => (x * 7919 + y * 104729 + c * 31337) * 13 % 2 ** depth,
          ),
      }))
    )
  );
}

/** Red, green and blue that a pixel's samples stand for, on black. */
function colorOf({ colorType, depth }: PngRecipe, samples: number[]): number[] {
  if (colorType === 3) return PALETTE.slice(3 * samples[0], 3 * samples[0] + 3);
  const values = samples.map((sample) => sample / (2 ** depth - 1));
  const alpha = colorType >= 4 ? values.pop()! : 1;
  const [red, green = red, blue = red] = values;
  return [red, green, blue].map((value) => Math.round(255 * value * alpha));
}

function colorsOf(recipe: PngRecipe): number[] {
  const colors: number[] = [];
  for (let y = 0; y < recipe.height; y++) {
    for (let x = 0; x < recipe.width; x++) {
      colors.push(...colorOf(recipe, recipe.samplesAt(x, y)));
    }
  }
  return colors;
}

for (const recipe of recipes()) {
  const { colorType, depth, interlaced } = recipe;
  const name = `color type ${colorType}, ${depth} bits, ` +
    (interlaced ? "interlaced" : "row by row");
  Deno.test(`decodePicture() reads ${name}`, async () => {
    const decoded = decodePicture(await pngFile(recipe));
    assertEquals([decoded.width, decoded.height], [WIDTH, HEIGHT]);
    const off = colorsOf(recipe).map((value, i) => decoded.pixels[i] - value);
    // 16 bits are rounded to 8 before they are laid on black.
    assert(off.every((by) => Math.abs(by) <= (depth === 16 ? 1 : 0)), `${off}`);
  });
}

Deno.test({
  name: "decodePicture() reads files as ffmpeg does",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    for (const recipe of recipes()) {
      // ffmpeg leaves alpha out instead of laying it on black.
      if (recipe.colorType >= 4 || recipe.depth === 16) continue;
      const png = await pngFile(recipe);
      const decode = ["-f", "png_pipe", "-i", "-", ...RAW_RGB];
      const truth = await ffmpeg(decode, png);
      const { pixels } = decodePicture(png);
      assertEquals(pixels, truth, JSON.stringify(recipe));
    }
  },
});

Deno.test("decodePicture() lays what is transparent on black", async () => {
  const base = { width: 2, height: 1, depth: 8 };
  const gray = await pngFile({
    ...base,
    colorType: 0,
    transparency: [0, 200],
    samplesAt: (x) => [x === 0 ? 200 : 100],
  });
  const { pixels } = decodePicture(gray);
  assertEquals([...pixels], [0, 0, 0, 100, 100, 100]);
  const palette = await pngFile({
    ...base,
    colorType: 3,
    palette: [200, 100, 50, 10, 20, 30],
    transparency: [128],
    samplesAt: (x) => [x],
  });
  const { pixels: colors } = decodePicture(palette);
  assertEquals([...colors], [100, 50, 25, 10, 20, 30]);
});

Deno.test("decodePicture() says what is wrong with a PNG", async () => {
  const [recipe] = recipes();
  const png = await pngFile(recipe);
  const wrong: [Uint8Array<ArrayBuffer>, string][] = [
    [png.slice(0, 20), "the data end too early"],
    [png.slice(0, 40), "the data end too early"],
    [png.with(24, 3), "Invalid bit depth in IHDR"],
    [png.with(12, 0x49 + 1), "JHDR: unhandled critical chunk"],
    [
      await pngFile({ ...recipe, width: 101, height: 100 }),
      "expected 1 to 10000 pixels, found 101x100",
    ],
    [png.with(21, 13), "Image height exceeds user limit"],
  ];
  for (const [bytes, message] of wrong) {
    const error = assertThrows(
      () => decodePicture(bytes, { maxPixels }),
      PictureError,
    );
    assert(error.message.includes(message), error.message);
    assert(error.message.startsWith("Cannot read PNG: "), error.message);
  }
});

Deno.test("decodePicture() shows a damaged PNG as far as it goes", async () => {
  const recipe = { ...recipes()[0], interlaced: false };
  const png = await pngFile(recipe);
  const whole = decodePicture(png);
  assertEquals(whole.damage, undefined);
  // Neither the end nor what is too much is missed.
  const [early, late] = [png.slice(0, -12), concat([png, new Uint8Array(9)])];
  assertEquals(decodePicture(early), whole);
  assertEquals(decodePicture(late), whole);
  // The height says one row more than there is.
  const { pixels, height, damage } = decodePicture(png.with(23, HEIGHT + 1));
  assertEquals(height, HEIGHT + 1);
  assertEquals(pixels.subarray(0, whole.pixels.length), whole.pixels);
  assert(damage !== undefined);
});

Deno.test("decodePicture() does not keep what a bomb unpacks to", async () => {
  const png = await pngFile({ ...recipes()[0], interlaced: false });
  const megabyte = new Uint8Array(2 ** 20);
  const zeros = ReadableStream.from(Array.from({ length: 400 }, () => megabyte))
    .pipeThrough(new CompressionStream("deflate"));
  const data = await new Response(zeros).bytes();
  const bomb = concat([
    png.slice(0, 33),
    chunk("IDAT", data),
    chunk("IEND", []),
  ]);
  const before = Deno.memoryUsage().rss;
  assertEquals(decodePicture(bomb).height, HEIGHT);
  const grown = Deno.memoryUsage().rss - before;
  assert(grown < 100 * megabyte.length, `${grown} bytes more`);
});
