import { assertEquals, assertThrows } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { GifError } from "../../src/gif/gif_error.ts";
import { BlockReader } from "../../src/gif/read/block_reader.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../support/gif/gif_bytes.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";
import { publishGif } from "../support/publish_gif.ts";

function gif(width: number, height: number): Uint8Array {
  return bytes(header(width, height), image({ width, height }), TRAILER);
}

/** Two images, the second of which is cleared away before the next. */
function blinking(): Uint8Array {
  const picture = image({ width: 4, height: 3, indices: new Uint8Array(12) });
  const control = graphicControl({ disposal: 2 });
  return bytes(header(4, 3), picture, control, picture, TRAILER);
}

/** What a viewer's GIF consists of. */
async function blockTypes(
  stream: ReadableStream<Uint8Array>,
): Promise<string[]> {
  const reader = new BlockReader();
  reader.push(await new Response(stream).bytes());
  reader.end();
  const types: string[] = [];
  for (;;) {
    const block = reader.next();
    if (block.type === "header") {
      const { width, height } = block.screen;
      types.push(`${width}x${height}`);
    } else types.push(block.type);
    if (block.type === "end") return [...types, block.reason];
  }
}

Deno.test("Channel.publish() makes each picture a part of an endless GIF", async () => {
  const channel = new Channel();
  const viewer = channel.view();
  assertEquals(publishGif(channel, gif(4, 3)), 1);
  const two = bytes(gif(4, 3).slice(0, -1), image({ width: 1, height: 1 }));
  assertEquals(publishGif(channel, two), 2);
  channel.close();
  const types = await blockTypes(viewer);
  assertEquals(types.slice(0, 3), ["4x3", "graphic-control", "image"]);
  assertEquals(types.slice(-2), ["end", "trailer"]);
  assertEquals(channel.status().frames, 3);
});

Deno.test("Channel ends the GIF when the size of the picture changes", async () => {
  const channel = new Channel({ keepUnchanged: true });
  const before = channel.view();
  publishGif(channel, gif(4, 3));
  publishGif(channel, gif(6, 5));
  const after = channel.view();
  publishGif(channel, gif(6, 5));
  channel.close();
  const part = ["graphic-control", "image"];
  assertEquals(await blockTypes(before), ["4x3", ...part, "end", "trailer"]);
  assertEquals(
    await blockTypes(after),
    ["6x5", ...part, ...part, "end", "trailer"],
  );
});

Deno.test("Channel places pictures of another size on the first screen", async () => {
  const channel = new Channel({ onResize: "place" });
  const viewer = new Response(channel.view()).bytes();
  for (const picture of [gif(4, 3), gif(2, 2), gif(6, 5)]) {
    publishGif(channel, picture);
    await delay(0);
  }
  channel.close();
  const pictures = [...decodeGif(await viewer)];
  assertEquals(new Set(pictures.map((p) => p.screen.width)), new Set([4]));
  const drawn = pictures.map(({ pixels }) =>
    pixels.filter((value, i) => i % 4 === 3 && value === 255).length
  );
  // The clearing image in front of the small one still shows the one before.
  assertEquals(drawn, [12, 12, 4, 12]);
});

Deno.test("Channel does not send a picture again that did not change", async () => {
  for (const keepUnchanged of [false, true]) {
    const channel = new Channel({ keepUnchanged });
    const viewer = blockTypes(channel.view());
    const still = gif(4, 3);
    for (const picture of [still, still, still, blinking(), blinking()]) {
      publishGif(channel, picture.slice());
      await delay(0);
    }
    channel.close();
    const types = await viewer;
    const images = types.filter((type) => type === "image").length;
    // Of the two that blink, the second image clears what the first drew.
    assertEquals(images, keepUnchanged ? 7 : 5);
    const { frames, unchangedFrames } = channel.status();
    assertEquals([frames, unchangedFrames], [7, keepUnchanged ? 0 : 2]);
  }
});

Deno.test("Channel refuses images that would end the stream in browsers", async () => {
  const channel = new Channel();
  const viewer = blockTypes(channel.view());
  const broken = [new Uint8Array(11), new Uint8Array(0)]
    .map((indices) => image({ width: 4, height: 3, indices }));
  publishGif(channel, gif(4, 3));
  for (const picture of broken) {
    assertThrows(
      () => publishGif(channel, bytes(header(4, 3), picture, TRAILER)),
      GifError,
      "expected 12 pixels, found the end code after",
    );
  }
  channel.close();
  assertEquals(channel.status().refusedFrames, 2);
  const part = ["graphic-control", "image"];
  assertEquals(await viewer, ["4x3", ...part, "end", "trailer"]);
});

Deno.test("Channel goes on after a frame that is none", () => {
  const channel = new Channel();
  publishGif(channel, gif(4, 3));
  assertThrows(() => publishGif(channel, bytes("no GIF")), GifError);
  assertEquals(publishGif(channel, gif(4, 3)), 1);
  channel.close();
});

Deno.test("Channel.status() tells what there is", async () => {
  const channel = new Channel({ name: "yard" });
  const viewer = channel.view();
  const { lastFrameAgeMilliseconds: none, ...empty } = channel.status();
  assertEquals(none, null);
  assertEquals(empty, {
    name: "yard",
    title: "yard",
    width: 0,
    height: 0,
    viewers: 1,
    viewersByForm: { gif: 1, jpeg: 0, multipart: 0, websocket: 0, text: 0 },
    frames: 0,
    framesPerSecond: 0,
    publishedBytes: 0,
    sentBytes: 0,
    skippedFrames: 0,
    unchangedFrames: 0,
    damagedFrames: 0,
    refusedFrames: 0,
    stalledViewers: 0,
    latencyMilliseconds: null,
    smoothedLatencyMilliseconds: null,
    retryMilliseconds: null,
    source: {
      kind: "publisher",
      state: "starting",
      message: null,
      format: null,
    },
  });
  publishGif(channel, gif(4, 3));
  const { width, height, frames, lastFrameAgeMilliseconds } = channel.status();
  assertEquals([width, height, frames], [4, 3, 1]);
  assertEquals(typeof lastFrameAgeMilliseconds, "number");
  channel.close();
  await viewer.cancel();
});

Deno.test("Channel.setSource() changes what it is told, and pictures make it live", () => {
  const channel = new Channel();
  const state = () => channel.status().source.state;
  channel.setSource({ kind: "video", state: "idle" });
  publishGif(channel, gif(4, 3));
  const message = "Connection refused";
  channel.setSource({ message });
  assertEquals(channel.source, {
    kind: "video",
    state: "live",
    message,
    format: null,
  });
  channel.setSource({ state: "no signal", message: null });
  publishGif(channel, gif(4, 3));
  assertEquals(state(), "no signal");
  channel.close();
});

Deno.test("Channel.countUnchanged() counts a frame that nobody is sent", () => {
  const channel = new Channel();
  channel.countUnchanged();
  const { frames, unchangedFrames, source } = channel.status();
  assertEquals([frames, unchangedFrames, source.state], [1, 1, "live"]);
  channel.close();
});

Deno.test("Channel.latency tells how long frames took", () => {
  const channel = new Channel({ keepUnchanged: true });
  const now = Date.now();
  for (const timestampMilliseconds of [now - 1e6, now + 1e6, undefined]) {
    const reader = new FrameReader();
    reader.push(gif(4, 3));
    publishFrame(channel, reader.next()!, { timestampMilliseconds });
  }
  const { buckets, count, sumSeconds } = channel.latency;
  assertEquals([buckets[0], count], [{ atMostSeconds: 0.001, count: 1 }, 2]);
  assertEquals(buckets.at(-1), { atMostSeconds: 5, count: 1 });
  assertEquals(Math.floor(sumSeconds), 1000);
  const { latencyMilliseconds, smoothedLatencyMilliseconds } = channel.status();
  assertEquals(latencyMilliseconds, null);
  assertEquals(Math.floor(smoothedLatencyMilliseconds! / 1000), 900);
  channel.close();
});

Deno.test("Channel refuses options out of range", () => {
  for (const delayCentiseconds of [-1, 1.5, 65536, NaN]) {
    assertThrows(
      () => new Channel({ delayCentiseconds }),
      RangeError,
      `delayCentiseconds must be 0 to 65535: ${delayCentiseconds}`,
    );
  }
  assertThrows(
    () => new Channel({ onResize: "crop" as "end" }),
    RangeError,
    'onResize must be "end" or "place": crop',
  );
});

Deno.test("Channel shows who joins an image that overhangs as others see it", async () => {
  for (const onResize of ["end", "place"] as const) {
    const channel = new Channel({ onResize });
    const early = new Response(channel.view()).bytes();
    publishGif(channel, gif(4, 3));
    await delay(0);
    // One GIF, or two of different sizes.
    if (onResize === "place") publishGif(channel, gif(6, 5));
    else {
      const overhanging = image({ width: 6, height: 5 });
      publishGif(channel, bytes(gif(4, 3).slice(0, -1), overhanging, TRAILER));
    }
    await delay(0);
    const late = new Response(channel.view()).bytes();
    const snapshot = (await channel.snapshot())!;
    channel.close();
    const seen = [...decodeGif(await early)].at(-1)!;
    for (const other of [await late, snapshot]) {
      const picture = [...decodeGif(other)].at(-1)!;
      assertEquals(picture.screen, { width: 4, height: 3 });
      assertEquals(picture.pixels, seen.pixels);
    }
  }
});

Deno.test("Channel.publish() begins every GIF on a clear screen", async () => {
  const channel = new Channel();
  publishGif(channel, gif(4, 3));
  const corner = (left: number) =>
    bytes(
      graphicControl({ disposal: 1 }),
      image({ left, width: 1, height: 1 }),
    );
  publishGif(channel, bytes(header(4, 3), corner(0), corner(2), TRAILER));
  const { pixels } = [...decodeGif((await channel.snapshot())!)].at(-1)!;
  const drawn = Array.from({ length: 12 }, (_, i) => pixels[4 * i + 3] > 0);
  assertEquals(drawn.flatMap((is, i) => is ? [i] : []), [0, 2]);
  channel.close();
});
