import type { LogicalScreen } from "../../../src/gif/block.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import {
  FrameReader,
  type FrameReaderOptions,
  type GifFrame,
} from "../../../src/gif/read/frame_reader.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import type { Random } from "../inputs/random.ts";
import { ensure } from "./broken.ts";
import { chunksOf } from "./chunks.ts";

/** What bare frames belong to: files without a header have their own road. */
const SEQUENCE = {
  screen: { width: 9, height: 7 },
  globalColorTable: new Uint8Array(12).fill(77),
};
const BARE_EVERY = 4;

/**
 * The road of a file in a folder: one GIF, or one bare frame.
 *
 * @throws {Broken} If chunks change what comes of it.
 */
export function checkFrames(bytes: Uint8Array, random: Random): void {
  const bare = random.once(BARE_EVERY);
  const file = bare ? bytes.subarray(headerBytes(bytes)) : bytes;
  const options = bare ? { sequence: SEQUENCE } : {};
  const whole = read([file.slice()], options);
  const pieces = read(chunksOf(file, random), options);
  ensure(
    whole === pieces,
    () => `chunks change the frames: ${pieces} instead of ${whole}`,
  );
}

function headerBytes(bytes: Uint8Array): number {
  const packed = bytes[10] ?? 0;
  return 13 + (packed & 0x80 ? 3 << (packed & 7) + 1 : 0);
}

/** The frames in words. */
function read(
  chunks: Iterable<Uint8Array>,
  options: FrameReaderOptions,
): string {
  const reader = new FrameReader(options);
  const frames: string[] = [];
  const pull = () => {
    for (let frame = reader.next(); frame; frame = reader.next()) {
      frames.push(inWords(frame));
    }
  };
  try {
    for (const chunk of chunks) {
      reader.push(chunk);
      pull();
    }
    reader.end();
    pull();
    ensure(reader.done, () => "the reader waits after the end");
    frames.push(`ended by ${reader.endReason}`);
  } catch (error) {
    if (!(error instanceof GifError)) throw error;
    frames.push(error.message);
    ensure(isLasting(reader, error), () => "the reader goes on after an error");
  }
  return frames.join("; ");
}

/** Whether a reader that has failed says the same again. */
function isLasting(reader: FrameReader, error: GifError): boolean {
  try {
    return reader.next() === undefined && reader.done;
  } catch (again) {
    return again === error;
  }
}

function inWords(frame: GifFrame): string {
  const { image: { left, top, width, height }, standalone } = frame;
  const { screen } = frame;
  const place = `${size({ width, height })} at ${left},${top}`;
  const { bytes, keyframe } = framePart(frame, { delayCentiseconds: "source" });
  let sum = 0;
  for (const byte of bytes) sum = Math.imul(sum, 31) + byte | 0;
  return `${place} on ${size(screen)} ${standalone} ${keyframe} ` +
    `${bytes.length} ${sum}`;
}

function size({ width, height }: LogicalScreen): string {
  return `${width}x${height}`;
}
