import { assertEquals } from "@std/assert";
import type {
  SourceFrame,
  SourcePicture,
} from "../../../src/encoding/frame_source.ts";
import { streamHeader } from "../../../src/gif/write/stream_header.ts";
import {
  FolderFixture,
  frameOf,
  MODES,
  partOf,
  screenOf,
} from "../../support/folder/folder_fixture.ts";
import { bytes, TRAILER } from "../../support/gif/gif_bytes.ts";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import { requireTool } from "../../support/require.ts";

const FRAMES = 8;
const PICTURE = ["-f", "lavfi", "-i", `testsrc=s=96x64:r=20:d=${FRAMES / 20}`];
const IMAGES = ["-f", "image2", "-c:v", "gif"];

/** One line for each picture, with a hash of its pixels. */
async function pixelHashes(gif: Uint8Array): Promise<string[]> {
  const listing = new TextDecoder().decode(
    await ffmpeg([
      ...["-f", "gif", "-i", "-", "-fps_mode", "passthrough"],
      ...["-pix_fmt", "rgb24", "-f", "framemd5", "-"],
    ], gif),
  );
  return listing.split("\n").filter((line) => /^\d/.test(line))
    .map((line) => line.split(",").at(-1)!.trim());
}

/** The pictures that the encoder makes, in one GIF of ffmpeg's own. */
async function expectedHashes(): Promise<string[]> {
  const path = await Deno.makeTempFile({ suffix: ".gif" });
  try {
    await ffmpeg([...PICTURE, path]);
    return await pixelHashes(await Deno.readFile(path));
  } finally {
    await Deno.remove(path);
  }
}

function hashesOf(frames: SourcePicture[]): Promise<string[]> {
  return pixelHashes(bytes(
    streamHeader(screenOf(frames[0])),
    ...frames.map((given) => partOf(given).bytes),
    TRAILER,
  ));
}

/** What `framePart` may change, so that a frame can be looked at twice. */
function copyOf(given: SourcePicture): SourceFrame {
  const { image } = frameOf(given);
  const frame = {
    ...frameOf(given),
    image: { ...image, bytes: image.bytes.slice() },
  };
  return { ...given, frame };
}

const RECIPES: { name: string; args: string[]; files: string[] }[] = [
  {
    name: "whole files",
    args: [...IMAGES, "-gifimage", "1", "in%d.gif"],
    files: Array.from({ length: FRAMES }, (_, i) => `in${i + 1}.gif`),
  },
  {
    name: "bare delta files",
    args: [...IMAGES, "in%d.gif"],
    files: Array.from({ length: FRAMES }, (_, i) => `in${i + 1}.gif`),
  },
  {
    name: "bare whole pictures",
    args: [...IMAGES, "-gifflags", "-offsetting-transdiff", "in%d.gif"],
    files: Array.from({ length: FRAMES }, (_, i) => `in${i + 1}.gif`),
  },
  {
    name: "one growing file",
    args: ["-flush_packets", "1", "in%d.gif"],
    files: Array(FRAMES).fill("in%d.gif"),
  },
];

for (const [mode, options] of MODES) {
  for (const { name, args, files } of RECIPES) {
    Deno.test({
      name: `DirectorySource yields what ffmpeg writes: ${name}, ${mode}`,
      ignore: !requireTool("ffmpeg"),
      async fn() {
        await using fixture = await FolderFixture.watched(options);
        const output = fixture.path(args.at(-1)!);
        await ffmpeg(["-re", ...PICTURE, ...args.slice(0, -1), output]);
        await fixture.hasFrames(FRAMES);
        assertEquals(fixture.names, files);
        assertEquals(await hashesOf(fixture.frames), await expectedHashes());
        assertEquals(fixture.warnings, []);
      },
    });
  }

  Deno.test({
    name: `DirectorySource yields what ffmpeg overwrites, ${mode}`,
    ignore: !requireTool("ffmpeg"),
    async fn() {
      await using fixture = await FolderFixture.watched(options);
      const overwritten = ["-gifimage", "1", "-update", "1"];
      const output = fixture.path("live.gif");
      await ffmpeg(["-re", ...PICTURE, ...IMAGES, ...overwritten, output]);
      const expected = await expectedHashes();
      // On a busy machine a picture is gone before anybody can read it.
      let hashes: string[] = [];
      while (hashes.at(-1) !== expected.at(-1)) {
        await fixture.hasFrames(hashes.length + 1);
        hashes = await hashesOf(fixture.frames.map(copyOf));
      }
      assertEquals(hashes, expected.filter((hash) => hashes.includes(hash)));
      assertEquals(fixture.warnings, []);
    },
  });

  Deno.test({
    name: `DirectorySource starts amid bare delta files, ${mode}`,
    ignore: !requireTool("ffmpeg"),
    async fn() {
      await using fixture = await FolderFixture.create();
      await ffmpeg([...PICTURE, ...IMAGES, fixture.path("in%d.gif")]);
      fixture.begin(options);
      await fixture.hasFrames(1);
      assertEquals(fixture.names, [`in${FRAMES}.gif`]);
      const frame = frameOf(fixture.frames[0]);
      assertEquals(frame.screen, { width: 96, height: 64 });
      assertEquals(frame.colorTable.length, 768);
      assertEquals(fixture.warnings, []);
    },
  });

  Deno.test({
    name: `DirectorySource keeps what bare delta files need, ${mode}`,
    ignore: !requireTool("ffmpeg"),
    async fn() {
      await using fixture = await FolderFixture.watched({
        ...options,
        deleteAfterSeconds: 0.2,
      });
      await ffmpeg(["-re", ...PICTURE, ...IMAGES, fixture.path("in%d.gif")]);
      await fixture.hasFrames(FRAMES);
      const left = () => [...Deno.readDirSync(fixture.folder)];
      while (left().length > 1) await new Promise((r) => setTimeout(r, 20));
      assertEquals(left().map(({ name }) => name), ["in1.gif"]);
      assertEquals(fixture.source.stats.deleted, FRAMES - 1);
    },
  });
}
