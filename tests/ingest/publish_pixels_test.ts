import { assert, assertEquals, assertThrows } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { publishPixels } from "../../src/ingest/publish_pixels.ts";

/** One color, as a canvas gives it. */
function filled(color: number[], width: number, height = 4) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < data.length; i++) data[i] = [...color, 255][i % 4];
  return { data, width, height };
}

/** Fulfilled with the next part that the channel sends. */
function nextPart(channel: Channel): Promise<void> {
  return new Promise((resolve) => {
    const unfollow = channel.follow({
      part() {
        unfollow();
        resolve();
      },
    });
  });
}

Deno.test("publishPixels() shows each picture of a canvas", async () => {
  const channel = new Channel();
  for (const color of [[200, 0, 0], [0, 0, 200]]) {
    const sent = nextPart(channel);
    publishPixels(channel, filled(color, 8));
    await sent;
    const { width, height, rgba } = (await channel.past.picture())!;
    assertEquals([width, height, ...rgba.slice(0, 4)], [8, 4, ...color, 255]);
  }
  channel.close();
});

Deno.test("publishPixels() goes on with pictures of another size", async () => {
  const channel = new Channel();
  const parts = Promise.withResolvers<void>();
  let begun: number[] = [];
  channel.follow({
    begin: ({ width }) => begun = [...begun, width],
    part: () => {
      if (begun.length === 2) parts.resolve();
      else publishPixels(channel, filled([0, 200, 0], 16));
    },
  });
  publishPixels(channel, filled([200, 0, 0], 8));
  await parts.promise;
  assertEquals(begun, [8, 16]);
  channel.close();
});

Deno.test("publishPixels() drops the oldest where pictures come too fast", async () => {
  const channel = new Channel();
  let dropped = 0;
  const onDrop = (frames: number) => dropped += frames;
  const last = Promise.withResolvers<void>();
  channel.follow({
    part: async () => {
      if ((await channel.past.picture())?.rgba[1] === 200) last.resolve();
    },
  });
  for (let i = 0; i < 40; i++) {
    publishPixels(channel, filled([200 * (i % 2), 0, 0], 8), { onDrop });
  }
  publishPixels(channel, filled([0, 200, 0], 8));
  await last.promise;
  assert(dropped > 0);
  channel.close();
});

Deno.test("publishPixels() refuses pixels of another size than it says", () => {
  const channel = new Channel();
  const picture = { data: new Uint8Array(11), width: 2, height: 2 };
  assertThrows(
    () => publishPixels(channel, picture),
    RangeError,
    "Cannot publish pixels: expected 12 or 16 bytes for 2x2, found 11",
  );
  channel.close();
});
