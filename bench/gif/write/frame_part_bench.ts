/**
 * What it costs to turn a frame into a part, beside a plain copy of the same
 * bytes and gifuct-js's parse of them.
 *
 * @module
 */

import { parseGIF } from "gifuct-js";
import {
  FrameReader,
  type GifFrame,
} from "../../../src/gif/read/frame_reader.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";

const SIZES = ["159x97", "640x360", "1280x720"];
/** As far as the image data of ffmpeg's files: header, table, extensions. */
const FRONT_BYTES = 827;

for (const size of SIZES) {
  const gif = await ffmpegFrame(size);
  const group = `${size}, ${(gif.length / 1000).toFixed(1)} kB a frame`;

  Deno.bench(`copy ${size}`, { group, baseline: true }, () => {
    gif.slice();
  });

  // Parts are made in place, so each run must be given back the bytes in
  // front of the image data; that is timed with it.
  const front = gif.slice(0, FRONT_BYTES);
  Deno.bench(`transform ${size}`, { group }, () => {
    gif.set(front);
    framePart(readFrame(gif));
  });

  const untouched = gif.slice();
  Deno.bench(`scan ${size}`, { group }, () => {
    readFrame(untouched);
  });

  Deno.bench(`gifuct-js parse ${size}`, { group }, () => {
    parseGIF(untouched.buffer);
  });
}

function readFrame(gif: Uint8Array): GifFrame {
  const reader = new FrameReader();
  reader.push(gif);
  return reader.next()!;
}

/** One frame of a detailed moving picture, as ffmpeg writes files of them. */
async function ffmpegFrame(size: string) {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-bench-" });
  try {
    const { success, stderr } = await new Deno.Command("ffmpeg", {
      args: [
        ...["-v", "error", "-f", "lavfi", "-i", `mandelbrot=s=${size}:r=10`],
        ...["-frames:v", "3", "-f", "image2", "-c:v", "gif", "-gifimage", "1"],
        `${folder}/in%d.gif`,
      ],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return await Deno.readFile(`${folder}/in3.gif`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
