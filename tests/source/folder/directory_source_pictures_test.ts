import { assert, assertEquals, assertGreater } from "@std/assert";
import { delay } from "@std/async/delay";
import type { SourcePicture } from "../../../src/encoding/frame_source.ts";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import {
  DirectorySource,
  type DirectorySourceOptions,
} from "../../../src/source/folder/directory_source.ts";
import {
  FolderFixture,
  MODES,
  numberedGif,
  partOf,
  screenOf,
} from "../../support/folder/folder_fixture.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";
import { pngFile } from "../../support/image/png_writer.ts";
import { ffmpeg, psnr, RAW_RGB } from "../../support/program/ffmpeg.ts";
import { requireTool } from "../../support/require.ts";

const WIDTH = 96, HEIGHT = 64, FRAMES = 6;
const FILM = [
  ...["-re", "-f", "lavfi", "-i", `testsrc=s=${WIDTH}x${HEIGHT}:r=5`],
  ...["-frames:v", String(FRAMES), "-f", "image2"],
];
/** What 256 colors a picture can do, with room to spare. */
const LEAST_DECIBELS = 32;

/** What viewers see after each frame: red, green, blue. */
function seen(frames: SourcePicture[]): Uint8Array[] {
  let size = { width: 0, height: 0 },
    canvas = new Canvas(screenOf(frames[0]));
  return frames.map((given) => {
    const { width, height } = screenOf(given);
    if (size.width !== width || size.height !== height) {
      size = { width, height };
      canvas = new Canvas(size);
    }
    canvas.drawPart(partOf(given).bytes);
    return Uint8Array.from(canvas.pixels.filter((_, i) => i % 4 !== 3));
  });
}

function solidPng(width: number, height: number, gray: number) {
  const samplesAt = () => [gray];
  return pngFile({ width, height, depth: 8, colorType: 0, samplesAt });
}

const FFMPEG_FOLDERS: [name: string, args: string[], jpeg: boolean][] = [
  ["in%d.jpg", ["-q:v", "2"], true],
  ["in%d.png", [], false],
  // As the recipe of 2012 does today.
  ["in%d.gif", ["-q:v", "2"], true],
];

for (const [mode, options] of MODES) {
  for (const [pattern, args, isJpeg] of FFMPEG_FOLDERS) {
    Deno.test({
      name: `DirectorySource shows ${isJpeg ? "JPEG" : "PNG"} that ffmpeg ` +
        `writes to ${pattern}, ${mode}`,
      ignore: !requireTool("ffmpeg"),
      async fn() {
        await using fixture = await FolderFixture.watched({
          ...options,
          encoding: { quality: 100, denoise: false },
        });
        await ffmpeg([...FILM, ...args, fixture.path(pattern)]);
        const last = pattern.replace("%d", String(FRAMES));
        await fixture.hasName(last);
        for (const [i, picture] of seen(fixture.frames).entries()) {
          const { name, jpeg } = fixture.frames[i];
          const path = fixture.path(name!);
          // Its name may say that it is a GIF.
          const format = isJpeg ? "jpeg_pipe" : "png_pipe";
          const truth = await ffmpeg(["-f", format, "-i", path, ...RAW_RGB]);
          assertGreater(psnr(picture, truth), LEAST_DECIBELS, name);
          assertEquals(jpeg, isJpeg ? await Deno.readFile(path) : undefined);
        }
        assertEquals(fixture.warnings, []);
      },
    });
  }

  Deno.test(`DirectorySource waits for the end of a picture, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    const jpeg = plainJpeg(16, 16, [250, 0, 0]);
    const png = await solidPng(16, 16, 77);
    for (const [name, file] of [["a.jpg", jpeg], ["b.png", png]] as const) {
      await Deno.writeFile(fixture.path(name), file.subarray(0, 70));
      await delay(100);
      assert(!fixture.names.includes(name));
      await Deno.writeFile(fixture.path(name), file.subarray(70), {
        append: true,
      });
      await fixture.hasName(name);
    }
    assertEquals(fixture.warnings, []);
  });

  Deno.test(`DirectorySource shows a picture that is written again, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const gray of [10, 90, 200]) {
      const count = fixture.frames.length;
      await fixture.write("now.png", await solidPng(8, 8, gray));
      await fixture.hasFrames(count + 1);
      assertEquals(seen(fixture.frames).at(-1)![0], gray);
    }
    assertEquals(fixture.names, ["now.png", "now.png", "now.png"]);
  });
}

async function watched(
  options: DirectorySourceOptions = {},
): Promise<FolderFixture> {
  return await FolderFixture.watched({ pollMilliseconds: 20, ...options });
}

Deno.test("DirectorySource starts with the newest picture", async () => {
  await using fixture = await FolderFixture.create();
  await fixture.write("in1.png", await solidPng(8, 8, 1));
  await fixture.write("in2.jpg", plainJpeg(8, 8, [9, 9, 9]));
  await Deno.utime(fixture.path("in1.png"), 1, 1);
  await fixture.start();
  await fixture.hasName("in2.jpg");
  await fixture.write("in3.JPEG", plainJpeg(8, 8, [200, 9, 9]));
  await fixture.hasName("in3.JPEG");
  assertEquals(fixture.names, ["in2.jpg", "in3.JPEG"]);
});

Deno.test("DirectorySource shows whatever comes, of any size", async () => {
  await using fixture = await watched();
  await fixture.write("a.png", await solidPng(8, 8, 50));
  await fixture.hasName("a.png");
  await fixture.write("b.gif", numberedGif(1));
  await fixture.hasName("b.gif");
  // The same as before the GIF: viewers see something else now.
  await fixture.write("c.png", await solidPng(8, 8, 50));
  await fixture.hasName("c.png");
  await fixture.write("d.jpg", plainJpeg(24, 16, [0, 200, 0]));
  await fixture.hasName("d.jpg");
  const sizes = fixture.frames.map((given) => screenOf(given).width);
  assertEquals(sizes, [8, 4, 8, 24]);
  const [png, , again, jpeg] = seen(fixture.frames);
  assertEquals([png[0], again[0]], [50, 50]);
  assert(jpeg[1] > 190, `green is ${jpeg[1]}`);
});

Deno.test("DirectorySource scales pictures, not GIF frames", async () => {
  await using fixture = await watched({ pictureSize: { width: 12 } });
  await fixture.write("a.jpg", plainJpeg(24, 16, [200, 0, 0]));
  await fixture.hasName("a.jpg");
  await fixture.write("b.gif", numberedGif(1));
  await fixture.hasName("b.gif");
  const [picture, gif] = fixture.frames;
  assertEquals(screenOf(picture), { width: 12, height: 8 });
  // What viewers of JPEG would get is not what was asked for.
  assertEquals(picture.jpeg, undefined);
  assertEquals(screenOf(gif), { width: 4, height: 2 });
});

Deno.test("DirectorySource names pictures that are broken", async () => {
  await using fixture = await watched({ giveUpMilliseconds: 300 });
  const png = await solidPng(8, 8, 1);
  await fixture.write("a.png", png.with(24, 3));
  await fixture.hasWarning(
    "Cannot use a.png: Cannot read PNG: Invalid bit depth in IHDR",
  );
  // Its structure is right; what is in it is not.
  await fixture.write("b.png", png.with(20, 99));
  await fixture.hasWarning(
    "Cannot use b.png: Cannot read PNG: Image height exceeds",
  );
  await fixture.write("c.jpg", plainJpeg(8, 8, [1, 2, 3]).subarray(0, 99));
  await fixture.hasWarning("Gave up on c.jpg, which did not grow for 0.3 s");
  await fixture.write("d.png", png);
  await fixture.hasName("d.png");
  assertEquals(fixture.names, ["d.png"]);
  // One of them showed that the watch was on.
  assertEquals(fixture.source.stats.errors.format, 3);
});

Deno.test("DirectorySource removes pictures that were read", async () => {
  await using fixture = await watched({ deleteAfterSeconds: 0.1 });
  await fixture.write("in1.png", await solidPng(8, 8, 5));
  await fixture.write("in2.jpg", plainJpeg(8, 8, [200, 9, 9]));
  await fixture.hasName("in2.jpg");
  while (fixture.source.stats.deleted < 2) await delay(10);
  assertEquals([...Deno.readDirSync(fixture.folder)], []);
});

Deno.test("DirectorySource drops the oldest of pictures that come too fast", async () => {
  await using fixture = await watched();
  const jpeg = plainJpeg(640, 360, [200, 9, 9]);
  for (let i = 1; i <= 40; i++) await fixture.write(`in${i}.jpg`, jpeg);
  await fixture.write("in41.jpg", plainJpeg(640, 360, [9, 9, 200]));
  await fixture.hasName("in41.jpg");
  const { frames, dropped, errors } = fixture.source.stats;
  assert(frames + dropped <= 41, `${frames} and ${dropped}`);
  assertEquals(errors.other, 0);
});

Deno.test("DirectorySource ends at once while pictures wait", async () => {
  await using fixture = await watched();
  const jpeg = plainJpeg(1280, 720, [200, 9, 9]);
  for (let i = 1; i <= 5; i++) await fixture.write(`in${i}.jpg`, jpeg);
  await fixture.hasName("in1.jpg");
  await fixture.stop();
});

Deno.test("DirectorySource can be left while pictures come", async () => {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-" });
  await Deno.writeFile(`${folder}/in0.jpg`, plainJpeg(640, 360, [9, 200, 9]));
  let seen = 0;
  for await (const { name } of new DirectorySource(folder)) {
    assertEquals(name, "in0.jpg");
    seen++;
    for (let i = 1; i < 9; i++) {
      const jpeg = plainJpeg(640, 360, [i * 20, 9, 9]);
      await Deno.writeFile(`${folder}/in${i}.jpg`, jpeg);
    }
    break;
  }
  assertEquals(seen, 1);
  await Deno.remove(folder, { recursive: true });
});
