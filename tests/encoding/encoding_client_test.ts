import { assertEquals, assertRejects } from "@std/assert";
import { EncodingClient } from "../../src/encoding/encoding_client.ts";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import type { EncoderMode } from "../../src/gif/encoder/effort.ts";
import type { Part } from "../../src/gif/write/frame_part.ts";
import { failingWorkers } from "../support/program/failing_workers.ts";

const SIZE = { width: 16, height: 8 };

/** A plain picture, encoded. */
async function encode(
  client: EncodingClient,
  value: number,
  mode: EncoderMode,
  size = SIZE,
): Promise<Part | undefined> {
  const pixels = new Uint8Array(3 * size.width * size.height).fill(value);
  const settings = { quality: 100, denoise: false };
  const forms = { gif: true, jpeg: false };
  const request = { pixels, ...size, mode, settings, forms };
  const reply = await client.encode(request);
  if ("error" in reply) throw new Error(reply.error);
  return reply.part;
}

Deno.test("EncodingClient.encode() goes on from what viewers see in another mode", async () => {
  using client = new EncodingClient();
  const canvas = new Canvas(SIZE);
  const modes = ["balanced", "fast", "best", "balanced"] as const;
  for (const [i, mode] of modes.entries()) {
    const value = 40 * (i + 1);
    const part = await encode(client, value, mode);
    assertEquals(part?.keyframe, i === 0);
    canvas.drawPart(part!.bytes);
    assertEquals([...canvas.pixels.subarray(0, 3)], [value, value, value]);
    // It is there already, whatever the mode.
    assertEquals(await encode(client, value, "fast"), undefined);
  }
});

Deno.test("EncodingClient.encode() begins with a keyframe at another size", async () => {
  using client = new EncodingClient();
  await encode(client, 9, "fast");
  const part = await encode(client, 9, "fast", { width: 8, height: 16 });
  assertEquals(part?.keyframe, true);
});

Deno.test("EncodingClient.encode() tells why a picture cannot be encoded", async () => {
  using client = new EncodingClient();
  await assertRejects(
    () => encode(client, 9, "slow" as EncoderMode),
    Error,
    "mode is not known: slow",
  );
  assertEquals((await encode(client, 9, "fast"))?.keyframe, true);
});

Deno.test("EncodingClient.encode() gets another thread when one breaks down", async () => {
  using _failing = failingWorkers(2);
  using client = new EncodingClient();
  for (let i = 0; i < 2; i++) {
    await assertRejects(() => encode(client, 9, "fast"), Error, "to fail");
  }
  assertEquals((await encode(client, 9, "fast"))?.keyframe, true);
});
