import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { Broadcaster } from "../../../src/channel/broadcaster.ts";
import { RealPace } from "../../../src/channel/rendition/real_pace.ts";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import { streamHeader } from "../../../src/gif/write/stream_header.ts";
import { until } from "../../support/browser/until.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import { bytes, TRAILER } from "../../support/gif/gif_bytes.ts";

const SCREEN = { width: 8, height: 6 };

function part(red: number) {
  return framePart(colorFrame(8, 6, [red, 0, 0]));
}

/** A part that paints a corner only. */
function corner(red: number) {
  const frame = colorFrame(2, 2, [red, 0, 0]);
  return framePart({ ...frame, screen: SCREEN, standalone: false });
}

/** A paced stream whose time stands still unless it is set. */
class Stream {
  now = 0;
  readonly broadcaster = new Broadcaster();
  readonly pace: RealPace;
  readonly bytes = new Response(this.broadcaster.view()).bytes();

  constructor(maxHoldMilliseconds?: number) {
    const now = () => this.now;
    this.pace = new RealPace(this.broadcaster, now, { maxHoldMilliseconds });
    this.pace.begin(SCREEN);
  }

  async delays(): Promise<number[]> {
    return delaysOf(await this.bytes);
  }
}

function delaysOf(gif: Uint8Array): number[] {
  return [...decodeGif(gif)].map((frame) => frame.delayCentiseconds);
}

Deno.test("RealPace gives each picture the time until the next", async () => {
  const stream = new Stream();
  for (const time of [1000, 1100, 1433, 1437, 2000]) {
    stream.pace.part(part(time & 255), time);
  }
  stream.now = 2500;
  stream.pace.end();
  // The third could not be so short; the fourth makes up for it.
  assertEquals(await stream.delays(), [10, 33, 2, 55, 50]);
});

Deno.test("RealPace has delays that sum to the time, without drift", async () => {
  const stream = new Stream();
  for (let i = 0; i <= 300; i++) stream.pace.part(part(i & 255), i * 33.37);
  stream.now = 300 * 33.37;
  stream.pace.end();
  const delays = await stream.delays();
  // The last one was not to be seen at all, but 2 is the least.
  assertEquals(delays.reduce((sum, delay) => sum + delay), 1001 + 2);
});

Deno.test("RealPace.lastWord() shows a viewer who leaves what is held", async () => {
  const stream = new Stream();
  assertEquals(stream.pace.lastWord(false), undefined);
  stream.pace.part(part(1), 1000);
  stream.now = 1500;
  // Nothing was sent yet: what is said must be a GIF of its own.
  const alone = bytes((await stream.pace.lastWord(false))!, TRAILER);
  assertEquals(delaysOf(alone), [50]);
  stream.pace.part(corner(2), 2000);
  stream.now = 2300;
  const word = (await stream.pace.lastWord(true))!;
  const [last] = decodeGif(bytes(streamHeader(SCREEN), word, TRAILER));
  assertEquals([...last.pixels.slice(0, 4)], [2, 0, 0, 255]);
  assertEquals([...last.pixels.slice(-4)], [1, 0, 0, 255]);
  assertEquals(last.delayCentiseconds, 30);
  // That changes nothing for the others.
  stream.now = 2500;
  stream.pace.end();
  assertEquals(await stream.delays(), [100, 50]);
});

Deno.test("RealPace shows those who wait what is held for long", async () => {
  const stream = new Stream(100);
  stream.pace.part(part(1), 1000);
  stream.pace.part(corner(2), 1100);
  stream.now = 1500;
  await until("the held picture", () => stream.broadcaster.stats.parts > 1);
  stream.now = 1900;
  stream.pace.part(corner(3), 1900);
  stream.now = 2000;
  stream.pace.end();
  const pictures = [...decodeGif(await stream.bytes)];
  const reds = new Set(pictures.map(({ pixels }) => pixels[0]));
  assertEquals(reds, new Set([1, 2, 3]));
  const sum = pictures.reduce((sum, it) => sum + it.delayCentiseconds, 0);
  assertEquals(sum, 100);
  for (const { pixels } of pictures) assertEquals(pixels.at(-4), 1);
});

Deno.test("RealPace begins anew with another GIF", async () => {
  const stream = new Stream();
  stream.pace.part(part(1), 1000);
  stream.now = 1200;
  stream.pace.begin({ width: 4, height: 4 });
  assertEquals(await stream.delays(), [20]);
  stream.pace.end();
});

Deno.test("RealPace holds nothing when sending shows that all have gone", async () => {
  const broadcaster = new Broadcaster();
  const pace = new RealPace(broadcaster, () => 0, { maxHoldMilliseconds: 5 });
  const gone = { hasRoom: true, send: () => pace.end(), end() {}, abort() {} };
  broadcaster.attach(gone);
  pace.begin(SCREEN);
  pace.part(part(1), 1000);
  pace.part(part(2), 1100);
  // What a timer throws fails this test.
  await delay(20);
  pace.begin(SCREEN);
  assertEquals(broadcaster.stats.parts, 1);
});
