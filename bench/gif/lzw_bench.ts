/**
 * LZW beside gifenc's encoder and gifuct-js's decoder, each on the same
 * pictures, with the buffers that gifenc reuses between frames given to it.
 *
 * @module
 */

import gifencLzw from "gifenc/src/lzwEncode.js";
import createStream from "gifenc/src/stream.js";
import { lzw as gifuctLzw } from "gifuct-js/lib/lzw.js";
import { decodeLzw } from "../../src/gif/lzw_decode.ts";
import { encodeLzw } from "../../src/gif/lzw_encode.ts";
import { FrameReader, type GifFrame } from "../../src/gif/read/frame_reader.ts";
import { wholeFrames } from "./clips.ts";

const CODE_SIZE = 8;
/** As in gifenc's GIFEncoder. */
const GIFENC_HASH_SLOTS = 5003;

const stream = createStream(1 << 20);
const accumulator = new Uint8Array(256);
const hashes = new Int32Array(GIFENC_HASH_SLOTS);
const codes = new Int32Array(GIFENC_HASH_SLOTS);

function encodeByGifenc(indices: Uint8Array): Uint8Array {
  stream.reset();
  return gifencLzw(
    indices.length,
    1,
    indices,
    CODE_SIZE,
    stream,
    accumulator,
    hashes,
    codes,
  );
}

/** What sub-blocks hold, as gifuct-js's parser hands it to its decoder. */
function payloadOf({ bytes, dataStart, dataEnd }: GifFrame["image"]) {
  const payload: number[] = [];
  for (let at = dataStart + 1; at < dataEnd; at += 1 + bytes[at]) {
    payload.push(...bytes.subarray(at + 1, at + 1 + bytes[at]));
  }
  return Uint8Array.from(payload);
}

for (const { name, gif } of await wholeFrames()) {
  const reader = new FrameReader();
  reader.push(gif);
  reader.end();
  const pictures: {
    data: Uint8Array;
    payload: Uint8Array;
    indices: Uint8Array;
  }[] = [];
  for (let frame = reader.next(); frame; frame = reader.next()) {
    const { image } = frame;
    const data = image.bytes.subarray(image.dataStart, image.dataEnd);
    const indices = new Uint8Array(image.width * image.height);
    decodeLzw(data, indices);
    pictures.push({ data, payload: payloadOf(image), indices });
  }
  const sum = (encode: (indices: Uint8Array) => Uint8Array) =>
    pictures.reduce((bytes, { indices }) => bytes + encode(indices).length, 0);
  console.log(
    `${name}, ${pictures.length} pictures: gifenc ${sum(encodeByGifenc)} ` +
      `bytes, encodeLzw ${sum((indices) => encodeLzw(indices, CODE_SIZE))}`,
  );

  const encoding = { group: `encode ${name}` };
  Deno.bench(`gifenc ${name}`, { ...encoding, baseline: true }, () => {
    for (const { indices } of pictures) encodeByGifenc(indices);
  });
  Deno.bench(`encodeLzw ${name}`, encoding, () => {
    for (const { indices } of pictures) encodeLzw(indices, CODE_SIZE);
  });

  const decoding = { group: `decode ${name}` };
  Deno.bench(`gifuct-js ${name}`, { ...decoding, baseline: true }, () => {
    for (const { data, payload, indices } of pictures) {
      gifuctLzw(data[0], payload, indices.length);
    }
  });
  Deno.bench(`decodeLzw ${name}`, decoding, () => {
    for (const { data, indices } of pictures) decodeLzw(data, indices);
  });
}
