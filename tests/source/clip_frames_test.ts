import { assert, assertEquals } from "@std/assert";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { clipFrames, isFinishedGif } from "../../src/source/clip_frames.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../support/gif/gif_bytes.ts";

/** Two pixels: the left one, then the right one, each beside a hole. */
const CLIP = bytes(
  header(2, 1),
  graphicControl({ delayCentiseconds: 2 }),
  image({ width: 1, height: 1 }),
  graphicControl({ delayCentiseconds: 2 }),
  image({ left: 1, width: 1, height: 1 }),
  TRAILER,
);

async function withFile(
  contents: Uint8Array,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".gif" });
  try {
    await Deno.writeFile(path, contents);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

/** Which pixels are painted when so many frames have been seen in turn. */
async function painted(path: string, frames: number): Promise<boolean[][]> {
  const canvas = new Canvas({ width: 2, height: 1 });
  const seen: boolean[][] = [];
  for await (const { frame } of clipFrames(path, { loop: true })) {
    canvas.drawPart(framePart(frame).bytes);
    seen.push([canvas.pixels[3] > 0, canvas.pixels[7] > 0]);
    if (seen.length === frames) break;
  }
  return seen;
}

Deno.test("clipFrames() begins each round on a clear canvas", async () => {
  const round = [[true, false], [true, true]];
  await withFile(CLIP, async (path) => {
    assertEquals(await painted(path, 6), [...round, ...round, ...round]);
  });
  await withFile(bytes(CLIP, CLIP), async (path) => {
    assertEquals(await painted(path, 6), [...round, ...round, ...round]);
  });
});

Deno.test("clipFrames() plays once unless it loops, and ends when told", async () => {
  await withFile(CLIP, async (path) => {
    const once = await Array.fromAsync(clipFrames(path));
    assertEquals(once.length, 2);
    const controller = new AbortController();
    let frames = 0;
    const { signal } = controller;
    for await (const _ of clipFrames(path, { loop: true, signal })) {
      if (++frames === 3) controller.abort();
    }
    assertEquals(frames, 3);
  });
  await withFile(bytes(), async (path) => {
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    const none = clipFrames(path, { loop: true, onWarning });
    assertEquals(await Array.fromAsync(none), []);
    assertEquals(warnings.length, 1);
  });
});

Deno.test("clipFrames() keeps no read buffer for a small frame", async () => {
  await withFile(CLIP, async (path) => {
    for await (const { frame } of clipFrames(path)) {
      assert(frame.image.bytes.buffer.byteLength < 4 * CLIP.length);
    }
  });
});

Deno.test("isFinishedGif() is false for a file that may grow", async () => {
  await withFile(CLIP, async (path) => {
    assertEquals(await isFinishedGif(path), true);
  });
  await withFile(CLIP.slice(0, -1), async (path) => {
    assertEquals(await isFinishedGif(path), false);
  });
});
