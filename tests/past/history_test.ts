import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { History } from "../../src/past/history.ts";
import { keptBytes, keptPart } from "../../src/past/kept_part.ts";
import { KeptPast } from "../../src/past/kept_past.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { indexedFrame } from "../../src/gif/write/indexed_frame.ts";
import { drawing, drawnByModel, gifOf } from "../support/gif/drawings.ts";
import { framesOf } from "../support/gif/frames.ts";

const SCREEN = { width: 40, height: 30 };
const COLORS = Uint8Array.of(0, 0, 0, 255, 255, 255);

/** A part that paints everything. */
function wholePart() {
  const indices = new Uint8Array(SCREEN.width * SCREEN.height);
  return framePart(indexedFrame(SCREEN, indices, COLORS));
}

/** A part that builds on those before it. */
function deltaPart() {
  return { ...wholePart(), keyframe: false };
}

function historyOf(seconds: number, maxBytes = 1e9): History {
  const history = new History({ seconds, maxBytes });
  history.begin(SCREEN);
  return history;
}

/** What a GIF shows after so many hundredths of a second. */
function shownAt(gif: Uint8Array, centiseconds: number) {
  let end = 0;
  for (const { pixels, delayCentiseconds } of decodeGif(gif)) {
    end += delayCentiseconds;
    if (end > centiseconds) return pixels;
  }
  return undefined;
}

function durationOf(gif: Uint8Array): number {
  return [...decodeGif(gif)]
    .reduce((sum, { delayCentiseconds }) => sum + delayCentiseconds, 0);
}

Deno.test("History shows every picture that it keeps, of any stream", () => {
  const times = fc.array(fc.integer({ min: 50, max: 900 }), {
    minLength: 6,
    maxLength: 6,
  });
  const seconds = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(drawing, times, seconds, (recipe, intervals, seconds) => {
      const truth = [...drawnByModel(recipe)];
      const history = new History({ seconds, maxBytes: 1e9 });
      const past = new KeptPast(history);
      let now = 1_000_000;
      const sent: number[] = [];
      for (const [i, frame] of framesOf(gifOf(recipe)).entries()) {
        if (i === 0) history.begin(frame.screen);
        // As drawn by the model, nothing stands alone.
        frame.standalone = false;
        history.push(framePart(frame), now);
        sent.push(now);
        const kept = history.moments.map(({ number }) => number);
        for (const number of kept) {
          const { rgba } = past.picture({ timeMilliseconds: sent[number] })!;
          assertEquals(rgba, truth[number], `${number} at ${i}`);
          const then = { timeMilliseconds: sent[number] };
          const [still] = [...decodeGif(past.still(then)!)].slice(-1);
          assertEquals(still.pixels, truth[number]);
          const clip = past.clip({ seconds: 10, endMilliseconds: now + 70 })!;
          assertEquals(clip.pictures, kept.length);
          // Just before the next picture, all of this one must be there.
          const next = sent[number + 1] ?? now + 70;
          const at = Math.round((next - clip.startMilliseconds) / 10) - 1;
          assertEquals(shownAt(clip.gif, at), truth[number]);
        }
        now += intervals[i];
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("History keeps what was seen since so many seconds", () => {
  for (const part of [wholePart, deltaPart]) {
    const history = historyOf(10);
    for (let i = 0; i <= 600; i++) history.push(part(), 1000 + i * 100);
    const oldest = history.moments[0].timeMilliseconds;
    assert(oldest <= 51_000, `kept from ${oldest}`);
    assert(oldest > 49_000, `kept from ${oldest}`);
    assertEquals(history.at(51_050)?.timeMilliseconds, 51_000);
    assertEquals(history.at(1e9), history.newest);
    assertEquals(history.at(2000), undefined);
  }
});

Deno.test("History keeps only the newest part if it is to keep nothing", () => {
  const history = historyOf(0);
  for (let i = 0; i < 5; i++) history.push(deltaPart(), i);
  assertEquals(history.moments.map(({ number }) => number), [4]);
  assertEquals(history.bytes, keptBytes(history.newest!.part));
});

Deno.test("History keeps within its bytes, canvases and keyframes too", () => {
  const canvasBytes = 4 * SCREEN.width * SCREEN.height;
  const maxBytes = 10 * canvasBytes;
  for (const part of [wholePart, deltaPart]) {
    const history = historyOf(3600, maxBytes);
    for (let i = 0; i < 2000; i++) {
      history.push(part(), i * 100);
      history.entrance(history.moments[i >> 1 & 3] ?? history.newest!);
      assert(history.bytes <= maxBytes + canvasBytes, `${history.bytes}`);
    }
    assert(history.bytes > maxBytes / 4, `${history.bytes}`);
    history.clear();
    assertEquals(history.bytes, 0);
  }
});

Deno.test("History keeps the newest part however large it is", () => {
  const history = historyOf(10, 1);
  history.push(wholePart(), 1);
  history.push(deltaPart(), 2);
  assertEquals(history.moments.length, 1);
  assertEquals(history.newest?.timeMilliseconds, 2);
});

Deno.test("History copies no canvas of a stream of whole pictures", () => {
  const history = historyOf(10);
  let bytes = 0;
  for (let i = 0; i < 100; i++) {
    // Nothing that could be drawn.
    const part = { bytes: new Uint8Array(10), keyframe: true };
    history.push(part, i * 100);
    bytes += keptBytes(part);
    assertEquals(history.bytes, bytes);
    assertEquals(history.entrance(history.newest!), part.bytes);
  }
});

Deno.test("History.begin() lets go of what another GIF showed", () => {
  const history = historyOf(10);
  history.push(wholePart(), 1);
  history.begin({ width: 1, height: 1 });
  assertEquals(history.newest, undefined);
  assertEquals(history.at(1), undefined);
});

Deno.test("KeptPast.clip() has delays that sum to its time, without drift", () => {
  const history = historyOf(60);
  const past = new KeptPast(history);
  let now = 0;
  for (let i = 0; i < 1000; i++, now += 33.4) history.push(wholePart(), now);
  const clip = past.clip({ seconds: 20.005, endMilliseconds: now })!;
  assertEquals(durationOf(clip.gif), 2001);
  assertEquals(clip.endMilliseconds - clip.startMilliseconds, 20_005);
});

Deno.test("KeptPast.clip() shows no picture for less than browsers can", () => {
  const history = historyOf(60);
  const past = new KeptPast(history);
  for (let i = 0; i < 10; i++) history.push(wholePart(), i);
  history.push(wholePart(), 500);
  const { gif } = past.clip({ seconds: 5, endMilliseconds: 1000 })!;
  const delays = [...decodeGif(gif)].map((frame) => frame.delayCentiseconds);
  assertEquals(delays, [...Array(9).fill(2), 32, 50]);
});

Deno.test("KeptPast.clip() begins in the middle of the picture of then", () => {
  const history = historyOf(60);
  const past = new KeptPast(history);
  for (const time of [0, 4000, 8000]) history.push(wholePart(), time);
  const clip = past.clip({ seconds: 5, endMilliseconds: 8000 })!;
  const delays = [...decodeGif(clip.gif)]
    .map(({ delayCentiseconds }) => delayCentiseconds);
  assertEquals(delays, [100, 400, 2]);
  assertEquals(clip.startMilliseconds, 3000);
  assertEquals(past.clip({ seconds: 5, endMilliseconds: -1 }), undefined);
});

Deno.test("History keeps no large buffer for a small part", () => {
  const history = historyOf(10);
  const whole = keptPart(wholePart());
  for (const keyframe of [true, false]) {
    const file = new Uint8Array(2 * 1024 * 1024);
    file.set(whole.bytes, 1000);
    const bytes = file.subarray(1000, 1000 + whole.bytes.length);
    history.push({ bytes, keyframe }, 0);
    const { part } = history.newest!;
    assertEquals(part, { bytes: whole.bytes, keyframe });
    assert(part.bytes.buffer.byteLength <= 2 * part.bytes.length);
  }
  history.push(whole, 1);
  assertStrictEquals(history.newest!.part, whole);
});

Deno.test("History counts what small parts take beside their bytes", () => {
  const history = historyOf(10, 640_000);
  for (let i = 0; i < 3000; i++) {
    history.push({ bytes: new Uint8Array(1), keyframe: true }, 0);
  }
  assert(history.moments.length < 1000, `${history.moments.length} parts`);
  assertEquals(history.newest!.number, 2999);
  assertEquals(history.oldest!.number, 3000 - history.moments.length);
});
