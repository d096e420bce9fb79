import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import type { ChannelOptions } from "../../src/channel/channel_options.ts";
import type { ViewerConnection } from "../../src/channel/viewers/viewer_connection.ts";
import type { LogicalScreen } from "../../src/gif/block.ts";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { keyframe } from "../../src/gif/canvas/keyframe.ts";
import { GifEncoder } from "../../src/gif/encoder/gif_encoder.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { delayPositions, lastDelay } from "../../src/gif/read/part_delay.ts";
import type { Part } from "../../src/gif/write/frame_part.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";

const SCREEN = { width: 16, height: 8 };

/** What a viewer is sent, as the very objects. */
class Chunks implements ViewerConnection {
  readonly hasRoom = true;
  readonly chunks: Uint8Array[] = [];

  send(bytes: Uint8Array): void {
    this.chunks.push(bytes);
  }

  end(): void {}

  abort(): void {}
}

/** Pictures of a bar that grows, encoded, and what viewers are to see. */
function growingBar(screen: LogicalScreen, pictures: number) {
  const encoder = new GifEncoder({ ...screen, quality: 100, denoise: false });
  return Array.from({ length: pictures }, (_, i) => {
    const pixels = new Uint8Array(3 * screen.width * screen.height);
    pixels.fill(200, 0, 30 * (i + 1));
    return { part: encoder.encode(pixels)!, seen: encoder.pixels.slice() };
  });
}

function rgbOf(rgba: Uint8ClampedArray): number[] {
  return [...rgba].filter((_, i) => i % 4 !== 3);
}

/** The part as a frame from outside. */
function frameOf({ bytes }: Part, screen: LogicalScreen) {
  const reader = new FrameReader({ sequence: { screen } });
  reader.push(bytes.slice());
  reader.end();
  return reader.next()!;
}

/** What a channel sends of parts, if each is published as a frame or as it is. */
function sentOf(
  options: ChannelOptions,
  parts: { part: Part; screen: LogicalScreen }[],
  as: "part" | "frame",
): (LogicalScreen | Part)[] {
  const channel = new Channel(options);
  const sent: (LogicalScreen | Part)[] = [];
  channel.follow({
    begin: (screen) => sent.push(screen),
    part: (part) => sent.push(part),
  });
  for (const { part, screen } of parts) {
    if (as === "frame") publishFrame(channel, frameOf(part, screen));
    else {
      const bytes = part.bytes.slice();
      channel.publishPart({ ...part, bytes }, screen);
    }
  }
  channel.close();
  return sent;
}

Deno.test("Channel.publishPart() gives viewers the part's own bytes", () => {
  const channel = new Channel();
  const viewer = new Chunks();
  channel.attach(viewer);
  const pictures = growingBar(SCREEN, 4);
  for (const { part } of pictures) {
    const before = part.bytes.slice();
    channel.publishPart(part, SCREEN);
    assertEquals(part.bytes, before);
  }
  // The first one goes with the header.
  for (const [i, { part }] of pictures.entries()) {
    if (i > 0) assertStrictEquals(viewer.chunks[i], part.bytes);
  }
  assertEquals(channel.status().frames, 4);
  channel.close();
});

Deno.test("Channel.publishPart() shows viewers each picture exactly", async () => {
  const channel = new Channel();
  const early = new Response(channel.view()).bytes();
  const pictures = growingBar(SCREEN, 4);
  for (const { part } of pictures) {
    channel.publishPart(part, SCREEN);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const late = new Response(channel.view()).bytes();
  channel.close();
  const shown = [...decodeGif(await early)].map(({ pixels }) => rgbOf(pixels));
  assertEquals(shown, pictures.map(({ seen }) => [...seen]));
  const [last] = decodeGif(await late);
  assertEquals(rgbOf(last.pixels), [...pictures.at(-1)!.seen]);
});

const SMALLER = { width: 8, height: 4 }, LARGER = { width: 24, height: 12 };
const ACROSS = { width: 24, height: 4 };

for (
  const options of [
    {},
    { delayCentiseconds: 2 },
    { delayCentiseconds: 300 },
    { delayCentiseconds: "source" },
    { onResize: "place" },
    { onResize: "place", delayCentiseconds: 7 },
    { keepUnchanged: true },
  ] satisfies ChannelOptions[]
) {
  Deno.test(
    `Channel.publishPart() sends what publishFrame() would, ${
      JSON.stringify(options)
    }`,
    () => {
      const parts = [SCREEN, SMALLER, LARGER, ACROSS, SCREEN].flatMap((
        screen,
      ) =>
        growingBar(screen, 3).flatMap(({ part }) => [
          { part, screen },
          { part, screen },
        ])
      );
      const sent = sentOf(options, parts, "part");
      assert(sent.length > 10);
      assertEquals(sent, sentOf(options, parts, "frame"));
    },
  );
}

Deno.test("Channel.publishPart() sets the delay of a part's last image alone", () => {
  const channel = new Channel({ delayCentiseconds: 50 });
  const canvas = new Canvas(SCREEN);
  canvas.drawPart(growingBar(SMALLER, 1)[0].part.bytes);
  // What is not painted needs an image in front that clears the screen.
  const bytes = keyframe(canvas);
  channel.publishPart({ bytes, keyframe: true }, SCREEN);
  const positions = delayPositions(bytes);
  assertEquals(positions.length, 2);
  assertEquals(bytes[positions[0]], 2);
  assertEquals(lastDelay(bytes, positions), 50);
  channel.close();
});

Deno.test("Channel.publishPart() keeps a part's own delay by default", async () => {
  const channel = new Channel();
  const encoder = new GifEncoder(SCREEN);
  const part = encoder.encode(new Uint8Array(3 * 16 * 8), 12)!;
  channel.publishPart(part, SCREEN);
  const { bytes } = (await channel.keyframe())!;
  assertStrictEquals(bytes, part.bytes);
  assertEquals(lastDelay(bytes, delayPositions(bytes)), 12);
  channel.close();
});
