import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { decode as decodeJpeg } from "jpeg-js";
import type { Channel } from "../../../../src/channel/channel.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import { indexedFrame } from "../../../../src/gif/write/indexed_frame.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { readPng } from "../../../support/image/read_png.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { wallTime } from "../../../support/program/wall_time.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const RED = [255, 0, 0], GREEN = [0, 255, 0];

/** Changes the pixels of a rectangle, and leaves the others. */
function change(channel: Channel, left: number, width: number, seed: number) {
  const { width: columns, height } = channel.screen;
  const pixels = new Uint8Array(width * height).map((_, i) => i * seed & 255);
  const colors = Uint8Array.from(
    { length: 768 },
    (_, i) => i * 31 + seed * 7 & 255,
  );
  const frame = indexedFrame({ width, height }, pixels, colors);
  frame.screen = { width: columns, height };
  frame.image.left = left;
  frame.standalone = false;
  publishFrame(channel, frame);
}

/** Red, green, blue and alpha of every pixel of a PNG file. */
function pixelsOf(png: Uint8Array): number[] {
  return readPng(png).data;
}

testBothServers(
  "gives snapshots as PNG with each pixel as viewers see it",
  async (base, channels) => {
    const channel = channels.first!;
    const early = await fetch(`${base}/snapshot.png`);
    assertEquals(early.status, 503);
    assertMatch(await early.text(), /no picture yet/);
    publishFrame(channel, colorFrame(90, 40, RED));
    const exact = async () => {
      const response = await fetch(`${base}/live/snapshot.png`);
      assertEquals(response.headers.get("content-type"), "image/png");
      const png = await response.bytes();
      const { rgba } = (await channel.past.picture())!;
      assertEquals(pixelsOf(png), [...rgba]);
      return readPng(png).hasPalette;
    };
    assert(await exact(), "a few colors take a palette");
    // Ten palettes on top of each other: more colors than a keyframe has.
    for (let i = 0; i < 10; i++) change(channel, i * 8, 16, i + 1);
    assert(!await exact(), "thousands of colors take none");
  },
);

testBothServers(
  "gives snapshots as JPEG, the file that came in if it was one",
  async (base, channels) => {
    const channel = channels.first!;
    publishFrame(channel, colorFrame(64, 32, GREEN));
    const response = await fetch(`${base}/snapshot.jpg`);
    assertEquals(response.headers.get("content-type"), "image/jpeg");
    assertMatch(response.headers.get("x-timestamp")!, /^\d+\.\d{6}$/);
    const made = await response.bytes();
    const { data, width, height } = decodeJpeg(made, { useTArray: true });
    assertEquals([width, height], [64, 32]);
    GREEN.forEach((value, i) => assert(Math.abs(data[i] - value) < 16));
    publishFrame(channel, colorFrame(64, 32, RED), { jpeg: made });
    const as = async (query: string) =>
      await (await fetch(`${base}/snapshot.jpg${query}`)).bytes();
    assertEquals(await as(""), made);
    const small = decodeJpeg(await as("?width=16"), { useTArray: true });
    assertEquals([small.width, small.height], [16, 8]);
    assert(small.data[0] > 200, "made of the picture, which is red");
    assert((await as("?quality=1")).length < made.length);
  },
);

testBothServers("scales snapshots down, never up", async (base, channels) => {
  const channel = channels.first!;
  publishFrame(channel, colorFrame(60, 30, RED));
  const size = async (query: string) => {
    const png = await (await fetch(`${base}/snapshot.png?${query}`)).bytes();
    const { width, height } = readPng(png);
    return [width, height];
  };
  assertEquals(await size("width=20"), [20, 10]);
  assertEquals(await size("width=600"), [60, 30]);
  const gif = await (await fetch(`${base}/snapshot.gif?width=20`)).bytes();
  const [{ pixels }] = [...decodeGif(gif)];
  assertEquals(pixels.length, 4 * 20 * 10);
  assertEquals([...pixels.slice(0, 4)], [...RED, 255]);
  const wrong = await fetch(`${base}/snapshot.png?width=1e3`);
  assertEquals(wrong.status, 400);
  assertMatch(await wrong.text(), /^The parameter width must be a whole/);
});

testBothServers(
  "sends no snapshot again to who has it",
  async (base, channels) => {
    const channel = channels.first!;
    publishFrame(channel, colorFrame(8, 8, RED));
    for (const path of ["snapshot.png", "snapshot.jpg", "snapshot"]) {
      const first = await fetch(`${base}/${path}`);
      await first.body!.cancel();
      const etag = first.headers.get("etag")!;
      const headers = { "if-none-match": etag };
      const same = await fetch(`${base}/${path}`, { headers });
      assertEquals([same.status, await same.text()], [304, ""]);
      publishFrame(channel, colorFrame(8, 8, GREEN));
      const other = await fetch(`${base}/${path}`, { headers });
      assertEquals(other.status, 200);
      await other.body!.cancel();
      const head = await fetch(`${base}/${path}`, { method: "HEAD" });
      assertEquals(await head.text(), "");
      assert(Number(head.headers.get("content-length")) > 0);
      publishFrame(channel, colorFrame(8, 8, RED));
    }
  },
);

testBothServers("gives snapshots of the past", async (base, channels) => {
  const channel = channels.first!;
  publishFrame(channel, colorFrame(8, 8, RED));
  const red = channel.newestInfo!.timeMilliseconds;
  await delay(30);
  publishFrame(channel, colorFrame(8, 8, GREEN));
  change(channel, 0, 4, 1);
  const at = (time: number) =>
    fetch(`${base}/snapshot.png?at=${wallTime(channel, time) / 1000}`);
  const past = await at(red + 15);
  assertEquals(pixelsOf(await past.bytes()).slice(0, 4), [...RED, 255]);
  const now = await at(channel.past.now);
  const { rgba } = (await channel.past.picture())!;
  assertEquals(pixelsOf(await now.bytes()), [...rgba]);
  const jpeg = await fetch(`${base}/snapshot.jpg?at=${red / 1000 - 60}`);
  assertEquals(jpeg.status, 404);
  assertMatch(await jpeg.text(), /Nothing is kept of that time/);
});
