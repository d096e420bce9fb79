import { assertEquals, assertThrows } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { GifError } from "../../src/gif/error.ts";
import { BlockReader } from "../../src/gif/reader.ts";
import { bytes, header, image, TRAILER } from "../support/gif_bytes.ts";

function gif(width: number, height: number): Uint8Array {
  return bytes(header(width, height), image({ width, height }), TRAILER);
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
  const viewer = channel.subscribe();
  assertEquals(channel.publish(gif(4, 3)), 1);
  const two = bytes(gif(4, 3).slice(0, -1), image({ width: 1, height: 1 }));
  assertEquals(channel.publish(two), 2);
  channel.close();
  const types = await blockTypes(viewer);
  assertEquals(types.slice(0, 3), ["4x3", "graphic-control", "image"]);
  assertEquals(types.slice(-2), ["end", "trailer"]);
  assertEquals(channel.status().frames, 3);
});

Deno.test("Channel ends the GIF when the size of the picture changes", async () => {
  const channel = new Channel();
  const before = channel.subscribe();
  channel.publish(gif(4, 3));
  channel.publish(gif(6, 5));
  const after = channel.subscribe();
  channel.publish(gif(6, 5));
  channel.close();
  const part = ["graphic-control", "image"];
  assertEquals(await blockTypes(before), ["4x3", ...part, "end", "trailer"]);
  assertEquals(
    await blockTypes(after),
    ["6x5", ...part, ...part, "end", "trailer"],
  );
});

Deno.test("Channel goes on after a frame that is none", () => {
  const channel = new Channel();
  channel.publish(gif(4, 3));
  assertThrows(() => channel.publish(bytes("no GIF")), GifError);
  assertEquals(channel.publish(gif(4, 3)), 1);
  channel.close();
});

Deno.test("Channel.status() tells what there is", async () => {
  const channel = new Channel({ name: "yard" });
  const viewer = channel.subscribe();
  const { lastFrameAgeMilliseconds: none, ...empty } = channel.status();
  assertEquals(none, null);
  assertEquals(empty, {
    name: "yard",
    width: 0,
    height: 0,
    viewers: 1,
    frames: 0,
    framesPerSecond: 0,
    sentBytes: 0,
    droppedFrames: 0,
  });
  channel.publish(gif(4, 3));
  const { width, height, frames, lastFrameAgeMilliseconds } = channel.status();
  assertEquals([width, height, frames], [4, 3, 1]);
  assertEquals(typeof lastFrameAgeMilliseconds, "number");
  channel.close();
  await viewer.cancel();
});
