import { assert, assertEquals } from "@std/assert";
import { equals } from "@std/bytes/equals";
import { walk } from "@std/fs/walk";
import { basename, join } from "@std/path";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { keyframe } from "../../../src/gif/canvas/keyframe.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import { run } from "../../support/program/ffmpeg.ts";
import { requireTool, sharedFolder } from "../../support/require.ts";

const FFMPEG = requireTool("ffmpeg");
const GIFSICLE = requireTool("gifsicle");
const CORPUS = sharedFolder("corpus");
const FILES = CORPUS === undefined
  ? []
  : (await Array.fromAsync(walk(CORPUS, { exts: [".gif"] })))
    .map(({ path }) => path).sort();
const MAX_FRAMES = 40;

/** Files that nothing can be compared of. */
const LEFT_OUT = [
  // FrameReader refuses them.
  "empty-palette.gif",
  "hippopotamus.interlaced.truncated.gif",
  "no-frames.gif",
  "zero-width-frame.gif",
  // ffmpeg does not enlarge the screen for the first image, as browsers do.
  "frame-out-of-bounds.gif",
];

/** ffmpeg fills holes in the first picture with the background color. */
const FILLED = [
  "background-color.gif",
  "metadata-empty.gif",
  "metadata-full.gif",
  "multiple-loop-counts.gif",
  "pixel-data-none.gif",
  "pixel-data-not-enough.gif",
  "small-frame-interlaced.gif",
];

/** What ffmpeg decodes: 4 bytes a pixel, all pictures in a row. */
function decodedByFfmpeg(path: string): Promise<Uint8Array> {
  const input = ["-v", "fatal", "-i", path];
  const frames = ["-fps_mode", "passthrough", "-frames:v", `${MAX_FRAMES}`];
  const output = ["-f", "rawvideo", "-pix_fmt", "rgba", "-"];
  return run("ffmpeg", [...input, ...frames, ...output]);
}

/** Calls back with the canvas after each picture; returns how many. */
function draw(
  gif: Uint8Array,
  each: (canvas: Canvas, number: number, part: Uint8Array) => void,
): number {
  const reader = new FrameReader();
  reader.push(gif);
  reader.end();
  let canvas: Canvas | undefined;
  let pictures = 0;
  let frame = reader.next();
  for (; frame && pictures < MAX_FRAMES; frame = reader.next()) {
    canvas ??= new Canvas(frame.screen);
    const { bytes } = framePart(frame);
    canvas.drawPart(bytes);
    each(canvas, pictures++, bytes);
  }
  return pictures;
}

/** Pixels that differ; those that are transparent in both do not. */
function differences(
  pixels: Uint8ClampedArray,
  expected: Uint8Array,
  filled: boolean,
): number {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] === 0) {
      if (expected[at + 3] !== 0 && !filled) count++;
    } else if (
      pixels[at] !== expected[at] || pixels[at + 1] !== expected[at + 1] ||
      pixels[at + 2] !== expected[at + 2] || expected[at + 3] !== 255
    ) count++;
  }
  return count;
}

async function compare(path: string): Promise<number> {
  const name = basename(path);
  const expected = await decodedByFfmpeg(path);
  let decoded = 0;
  const pictures = draw(await Deno.readFile(path), ({ pixels }, number) => {
    const picture = expected.subarray(decoded, decoded + pixels.length);
    decoded += picture.length;
    const count = differences(pixels, picture, FILLED.includes(name));
    assertEquals(count, 0, `picture ${number} of ${name}`);
  });
  assertEquals(decoded, expected.length);
  return pictures;
}

for (const path of FILES) {
  const name = basename(path);
  if (LEFT_OUT.includes(name)) continue;
  Deno.test({
    name: `Canvas draws ${name} as ffmpeg does`,
    ignore: !FFMPEG,
    async fn() {
      assert(await compare(path) > 0);
    },
  });
}

/** Joins after each picture, and must see from then on what others see. */
function joinEverywhere(gif: Uint8Array): void {
  const viewers: Canvas[] = [];
  draw(gif, (canvas, number, part) => {
    for (const viewer of viewers) viewer.drawPart(part);
    viewers.push(new Canvas(canvas.screen));
    viewers[number].drawPart(keyframe(canvas));
    for (const { pixels } of viewers) {
      assert(equals(new Uint8Array(pixels), new Uint8Array(canvas.pixels)));
    }
  });
}

const PATTERN = "testsrc=s=96x64:r=10:d=2";
const PALETTE = "split[a][b];[a]palettegen[p];[b][p]paletteuse";
const MOVING = "color=black@0:s=96x64:r=10:d=2,format=rgba[c];" +
  "testsrc=s=40x30:r=10:d=2,format=rgba[t];[c][t]overlay=x=n*3:y=n:format=rgb";

/** What to make by ffmpeg: the lavfi graph, and the muxer's options. */
const STREAMS: Record<string, [string, ...string[]]> = {
  "changes, with the default palette": [PATTERN],
  "changes, not cropped": [PATTERN, "-gifflags", "-offsetting"],
  "changes, not transparent": [PATTERN, "-gifflags", "-transdiff"],
  "whole pictures": [PATTERN, "-gifflags", "-offsetting-transdiff"],
  "changes, with a palette made for the clip": [`${PATTERN},${PALETTE}`],
  "changes, with a palette for each picture": [
    `${PATTERN},${PALETTE.replace("gen", "gen=stats_mode=single")}=new=1`,
  ],
  "changes of a rectangle": [
    `mandelbrot=s=96x64:r=10:end_pts=20,trim=end_frame=20,` +
    `${PALETTE}=diff_mode=rectangle:dither=bayer`,
  ],
  "pictures with holes": [`${MOVING},${PALETTE}`],
  "pictures with holes and a palette each": [
    `${MOVING},${PALETTE.replace("gen", "gen=stats_mode=single")}=new=1`,
  ],
};

for (const [name, [graph, ...options]] of Object.entries(STREAMS)) {
  Deno.test({
    name: `Canvas and keyframe() show what ffmpeg writes: ${name}`,
    ignore: !FFMPEG || !GIFSICLE,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        const path = join(folder, "written.gif");
        const input = ["-v", "error", "-f", "lavfi", "-i", graph];
        await run("ffmpeg", [...input, ...options, path]);
        assertEquals(await compare(path), 20);
        joinEverywhere(await Deno.readFile(path));
        const optimized = join(folder, "optimized.gif");
        const how = ["-O3", "--interlace", "--no-warnings"];
        await run("gifsicle", [...how, path, "-o", optimized]);
        assert(await compare(optimized) > 1);
        joinEverywhere(await Deno.readFile(optimized));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}
