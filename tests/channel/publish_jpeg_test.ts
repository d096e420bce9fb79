import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import type { PartInfo } from "../../src/channel/outlet.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { Pictures } from "../../src/picture/pictures.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";

const SIZE = { width: 16, height: 8 };

function jpegOf(red: number): Uint8Array<ArrayBuffer> {
  return plainJpeg(16, 8, [red, 0, 0]);
}

function partOf(red: number, keyframe = true) {
  return { ...framePart(colorFrame(16, 8, [red, 0, 0])), keyframe };
}

Deno.test("Channel.publishJpeg() hands JPEGs on, and needs no GIF for that", async () => {
  const channel = new Channel(), pictures = new Pictures();
  const got: Uint8Array[] = [];
  const series = pictures.series(channel, { form: { format: "jpeg" } })!;
  const leave = series.follow({
    picture: ({ bytes }) => got.push(bytes),
    end: () => {},
  });
  assertEquals([channel.jpeg.needed, channel.gif.needed], [true, false]);
  const files = [50, 100, 150].map(jpegOf);
  for (const file of files) channel.publishJpeg(file, SIZE);
  for (const [i, file] of files.entries()) assertStrictEquals(got[i], file);
  const status = channel.status();
  assertEquals([status.frames, status.unchangedFrames], [3, 0]);
  assertEquals([status.width, status.height], [16, 8]);
  channel.publishJpeg(jpegOf(150), SIZE);
  assertEquals(channel.status().unchangedFrames, 1);
  assertEquals(got.length, 3);
  // The part of a JPEG that was handed on says nothing new.
  channel.publishPart(partOf(150), SIZE, { wasPublished: true });
  assertEquals(got.length, 3);
  assertStrictEquals(channel.newestInfo?.jpeg, files[2]);
  assertEquals(channel.status().frames, 4);
  leave();
  channel.close();
  await delay(0);
});

Deno.test("Channel.gif is needed by viewers of the GIF, and made of it", async () => {
  const channel = new Channel(), pictures = new Pictures();
  assertEquals(channel.gif.needed, false);
  const changes: boolean[] = [];
  channel.gif.follow((needed) => changes.push(needed));
  const viewer = channel.view();
  assertEquals(changes, [true]);
  await viewer.cancel();
  // For some seconds more: a viewer may come back.
  assertEquals(channel.gif.needed, true);
  const series = pictures.series(channel, { form: { format: "gif" } })!;
  series.follow({ picture: () => {}, end: () => {} })();
  assertEquals(changes, [true]);
  channel.close();
});

Deno.test("Channel begins a GIF for the first who needs it", async () => {
  const channel = new Channel();
  const parts: PartInfo[] = [];
  channel.follow({ part: (_, info) => parts.push(info) });
  channel.publishJpeg(jpegOf(50), SIZE);
  // Nobody needs it.
  channel.publishPart(partOf(50), SIZE, { wasPublished: true });
  assertEquals(parts, []);
  const early = new Response(channel.view()).bytes();
  // It builds on a part that was not sent.
  channel.publishPart(partOf(60, false), SIZE, { wasPublished: true });
  assertEquals(parts, []);
  channel.publishPart(partOf(70), SIZE, { wasPublished: true });
  channel.publishJpeg(jpegOf(80), SIZE);
  channel.publishPart(partOf(80), SIZE, { wasPublished: true });
  assertEquals(parts.map(({ wasPublished }) => wasPublished), [true, true]);
  channel.close();
  const reds = [...decodeGif(await early)].map(({ pixels }) => pixels[0]);
  assertEquals(reds, [70, 80]);
});

Deno.test("Channel shows no old GIF to a viewer who comes after a pause", async () => {
  const channel = new Channel({ formLingerMilliseconds: 0 });
  const first = channel.view();
  channel.publishPart(partOf(10), SIZE);
  await first.cancel();
  await delay(10);
  assertEquals(channel.gif.needed, false);
  channel.publishJpeg(jpegOf(200), SIZE);
  const late = new Response(channel.view()).bytes();
  channel.publishPart(partOf(220), SIZE, { wasPublished: true });
  channel.close();
  const reds = [...decodeGif(await late)].map(({ pixels }) => pixels[0]);
  assertEquals(reds, [220]);
});

Deno.test("Channel.past has the JPEGs that came, encoded when asked for", async () => {
  const channel = new Channel();
  channel.publishJpeg(jpegOf(100), SIZE);
  channel.publishJpeg(jpegOf(200), SIZE);
  const near = (value: number, expected: number) =>
    assert(Math.abs(value - expected) < 6, `${value}, not ${expected}`);
  const [still] = decodeGif((await channel.snapshot())!);
  near(still.pixels[0], 200);
  near((await channel.past.picture())!.rgba[0], 200);
  const clip = (await channel.past.clip())!;
  const reds = [...decodeGif(clip.gif)].map(({ pixels }) => pixels[0]);
  near(reds[0], 100);
  near(reds.at(-1)!, 200);
  assertEquals(channel.gif.needed, false);
  channel.close();
});

Deno.test("Channel counts no picture that only stands in", () => {
  const channel = new Channel();
  channel.publishJpeg(jpegOf(50), SIZE);
  channel.publishJpeg(jpegOf(100), SIZE, { standsIn: true });
  channel.publishPart(partOf(150), SIZE, { standsIn: true });
  assertEquals(channel.status().frames, 1);
  assertEquals(channel.newestInfo?.number, 0);
  channel.close();
});
