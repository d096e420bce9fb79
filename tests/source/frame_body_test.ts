import { assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { IntakeError } from "../../src/channel/intake.ts";
import { FrameBody } from "../../src/source/frame_body.ts";

const BOUNDS = { maxFrameBytes: 100_000, silenceMilliseconds: 400 };

/** A body of pieces, with pauses before them. */
function bodyOf(
  pieces: readonly number[],
  pauseMilliseconds: number,
): ReadableStream<Uint8Array> {
  return ReadableStream.from((async function* () {
    for (const length of pieces) {
      await delay(pauseMilliseconds);
      yield new Uint8Array(length);
    }
  })());
}

/** Reads all, each piece of which may be a frame. */
async function lengthOf(body: FrameBody, isFrame: boolean): Promise<number> {
  let length = 0;
  for await (const piece of body.bytes) {
    length += piece.length;
    if (isFrame) body.endFrame();
  }
  return length;
}

Deno.test("FrameBody ends one that drips", async () => {
  const drip = bodyOf(Array(1000).fill(1), 10);
  const error = await assertRejects(
    () => lengthOf(new FrameBody(drip, BOUNDS), false),
    IntakeError,
    "hardly anything came for 0.4 s",
  );
  assertEquals(error.problem, "silent");
});

Deno.test("FrameBody takes what comes slowly, and small frames", async () => {
  const slow = bodyOf(Array(20).fill(500), 20);
  assertEquals(await lengthOf(new FrameBody(slow, BOUNDS), false), 10_000);
  const small = bodyOf(Array(30).fill(31), 20);
  assertEquals(await lengthOf(new FrameBody(small, BOUNDS), true), 930);
});

Deno.test("FrameBody ends one that says nothing, or too much", async () => {
  await assertRejects(
    () => lengthOf(new FrameBody(new ReadableStream(), BOUNDS), false),
    IntakeError,
    "nothing came for 0.4 s",
  );
  await assertRejects(
    () => lengthOf(new FrameBody(bodyOf([60_000, 60_000], 0), BOUNDS), false),
    IntakeError,
    "expected at most 100000 bytes",
  );
});
