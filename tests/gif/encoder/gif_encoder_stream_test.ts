import { assert, assertEquals, assertRejects } from "@std/assert";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { GifEncoderStream } from "../../../src/gif/encoder/gif_encoder_stream.ts";
import { plain, scene } from "../../support/gif/pictures.ts";

const SIZE = { width: 5, height: 3 };

Deno.test("GifEncoderStream makes a GIF of pictures", async () => {
  const red = plain(5, 3, [255, 0, 0]), blue = plain(5, 3, [0, 0, 255]);
  const frames = [
    { pixels: red, delayCentiseconds: 30 },
    { pixels: red, delayCentiseconds: 20 },
    { pixels: blue },
  ];
  const chunks = await Array.fromAsync(
    ReadableStream.from(frames).pipeThrough(new GifEncoderStream(SIZE)),
  );
  assert(chunks[2].length <= 40);
  const gif = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const drawn = [...decodeGif(gif)];
  assertEquals(
    drawn.map(({ pixels }) => [...pixels.subarray(0, 4)]),
    [[255, 0, 0, 255], [255, 0, 0, 255], [0, 0, 255, 255]],
  );
  assertEquals(
    drawn.map(({ delayCentiseconds }) => delayCentiseconds),
    [30, 20, 2],
  );
});

Deno.test("GifEncoderStream holds a bitrate by the delays, or else by the frame rate", async () => {
  const seconds = 8, bitrate = 20_000;
  const bytesAt = async (delayCentiseconds?: number) => {
    const frames = Array.from(
      { length: seconds * 25 },
      (_, i) => ({ pixels: scene(120, 80, i, 1), delayCentiseconds }),
    );
    const options = { width: 120, height: 80, mode: "fast", bitrate } as const;
    const chunks = await Array.fromAsync(
      ReadableStream.from(frames).pipeThrough(new GifEncoderStream(options)),
    );
    return chunks.reduce((sum, { length }) => sum + length, 0);
  };
  const budget = seconds * bitrate;
  assert(await bytesAt(4) < 1.1 * budget);
  // It takes them for ten a second.
  assert(await bytesAt() > 1.5 * budget);
});

Deno.test("GifEncoderStream fails on pictures of another size", async () => {
  const frames = ReadableStream.from([{ pixels: new Uint8Array(1) }]);
  const gif = frames.pipeThrough(new GifEncoderStream(SIZE));
  await assertRejects(() => Array.fromAsync(gif), RangeError, "Cannot encode");
});
