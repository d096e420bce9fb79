import { assertEquals, assertRejects } from "@std/assert";
import type { FileFrame } from "../../../src/encoding/file_frame.ts";
import type { SourceFrame } from "../../../src/encoding/frame_source.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { FrameQueue } from "../../../src/source/folder/frame_queue.ts";
import {
  numberedImage,
  numberOf,
  until,
} from "../../support/folder/folder_fixture.ts";
import { bytes, header, TRAILER } from "../../support/gif/gif_bytes.ts";

/** A frame that needs nothing before it. */
function keyframe(number: number, width = 4): SourceFrame {
  return read(bytes(header(width, 2), numberedImage(number, { width })));
}

/** A frame that builds on the one before it. */
function delta(number: number): SourceFrame {
  const transparent = numberedImage(number, { transparent: true });
  return read(bytes(header(4, 2), numberedImage(0), transparent), 1);
}

function read(data: Uint8Array, skip = 0): SourceFrame {
  const reader = new FrameReader();
  reader.push(bytes(data, TRAILER));
  while (skip-- > 0) reader.next();
  return { frame: reader.next()!, timestampMilliseconds: 0 };
}

async function next<T extends FileFrame>(
  queue: FrameQueue<T>,
): Promise<T | undefined> {
  return (await queue.next()).value ?? undefined;
}

async function take(
  queue: FrameQueue<SourceFrame>,
  count: number,
): Promise<number[]> {
  const numbers: number[] = [];
  while (numbers.length < count) numbers.push(numberOf((await next(queue))!));
  return numbers;
}

Deno.test("FrameQueue.next() gives frames in the order pushed", async () => {
  const queue = new FrameQueue<SourceFrame>();
  const taken = take(queue, 3);
  for (const number of [1, 2, 3]) await queue.push(keyframe(number));
  assertEquals(await taken, [1, 2, 3]);
});

Deno.test("FrameQueue.push() drops the oldest when too many wait", async () => {
  let dropped = 0;
  const onDrop = (frames: number) => dropped += frames;
  const queue = new FrameQueue<SourceFrame>({ maxFrames: 3, onDrop });
  for (let number = 1; number <= 10; number++) {
    await queue.push(keyframe(number));
  }
  assertEquals(await take(queue, 3), [8, 9, 10]);
  assertEquals(dropped, 7);
});

Deno.test("FrameQueue.push() drops the oldest when too many bytes wait", async () => {
  const frame = keyframe(1, 400);
  const { roomStart, dataEnd } = frame.frame.image;
  const queue = new FrameQueue<SourceFrame>({
    maxBytes: 2.5 * (dataEnd - roomStart),
  });
  for (let number = 1; number <= 6; number++) {
    await queue.push(keyframe(number, 400));
  }
  assertEquals(await take(queue, 2), [5, 6]);
});

Deno.test("FrameQueue.push() drops deltas only up to a keyframe", async () => {
  const queue = new FrameQueue<SourceFrame>({ maxFrames: 4 });
  await queue.push(keyframe(1));
  await queue.push(delta(2));
  await queue.push(delta(3));
  await queue.push(keyframe(4));
  await queue.push(delta(5));
  assertEquals(await take(queue, 2), [4, 5]);
});

Deno.test("FrameQueue.push() waits rather than drop what others build on", async () => {
  let dropped = 0;
  const queue = new FrameQueue<SourceFrame>({
    maxFrames: 3,
    onDrop: (frames) => dropped += frames,
  });
  await queue.push(keyframe(1));
  await queue.push(delta(2));
  await queue.push(delta(3));
  let pushed = false;
  const push = queue.push(delta(4)).then(() => pushed = true);
  await Promise.resolve();
  assertEquals(pushed, false);
  assertEquals(await take(queue, 4), [1, 2, 3, 4]);
  await push;
  assertEquals(dropped, 0);
});

Deno.test("FrameQueue.push() goes on at close()", async () => {
  const queue = new FrameQueue<SourceFrame>({ maxFrames: 1 });
  await queue.push(keyframe(1));
  const push = queue.push(delta(2));
  queue.close();
  await push;
  await queue.push(delta(3));
  assertEquals(await next(queue), undefined);
});

Deno.test("FrameQueue.next() throws what fail() was given", async () => {
  const queue = new FrameQueue<SourceFrame>();
  const first = next(queue);
  queue.fail(new Error("the disk is gone"));
  await assertRejects(() => first, Error, "the disk is gone");
});

Deno.test("FrameQueue keeps the newest second's worth at a given pace", async () => {
  let dropped = 0;
  const queue = new FrameQueue<SourceFrame>({
    framesPerSecond: 20,
    onDrop: (frames) => dropped += frames,
  });
  for (let number = 1; number <= 200; number++) {
    await queue.push(keyframe(number));
  }
  assertEquals(dropped, 180);
  const start = performance.now();
  assertEquals(await take(queue, 6), [181, 182, 183, 184, 185, 186]);
  // Never faster than the pace; how much slower is up to the machine.
  assertEquals(performance.now() - start >= 245, true);
  queue.close();
});

Deno.test("FrameQueue hurries what it can not drop at a given pace", async () => {
  const queue = new FrameQueue<SourceFrame>({ framesPerSecond: 2 });
  const pushing = (async () => {
    await queue.push(keyframe(1));
    for (let number = 2; number <= 40; number++) {
      await queue.push(delta(number));
    }
  })();
  const numbers = await take(queue, 38);
  assertEquals(numbers, Array.from({ length: 38 }, (_, i) => i + 1));
  await pushing;
  queue.close();
});

Deno.test("FrameQueue.next() wakes from the pace when closed", async () => {
  const queue = new FrameQueue<SourceFrame>({ framesPerSecond: 0.001 });
  await queue.push(keyframe(1));
  await queue.push(keyframe(2));
  await queue.next();
  const third = next(queue);
  queue.close();
  assertEquals(await third, undefined);
});

Deno.test("FrameQueue does not stay behind a source faster than the pace", async () => {
  const queue = new FrameQueue<SourceFrame>({ framesPerSecond: 50 });
  let pushed = 0, taken = 0;
  const pushing = setInterval(() => queue.push(keyframe(++pushed)), 5);
  const taking = (async () => {
    for (let frame; (frame = await next(queue)) !== undefined;) {
      taken = numberOf(frame);
    }
  })();
  await until(() => pushed - taken > 20, () => "the queue to fill");
  await until(() => pushed - taken <= 8, () => "the queue to be cut short");
  clearInterval(pushing);
  queue.close();
  await taking;
});

Deno.test("FrameQueue.push() lets hardly any pictures wait", async () => {
  let dropped = 0;
  const queue = new FrameQueue({ onDrop: (frames) => dropped += frames });
  await queue.push(keyframe(1));
  for (const name of ["a", "b", "c", "d"]) {
    const picture = { format: "JPEG" as const, bytes: new Uint8Array(9) };
    await queue.push({ picture, name, timestampMilliseconds: 0 });
  }
  assertEquals([(await next(queue))?.name, (await next(queue))?.name], [
    "c",
    "d",
  ]);
  assertEquals(dropped, 3);
});
