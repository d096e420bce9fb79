import { assert, assertEquals } from "@std/assert";
import { walk } from "@std/fs/walk";
import { basename } from "@std/path";
import { GifError } from "../../src/gif/gif_error.ts";
import { BlockReader } from "../../src/gif/read/block_reader.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { streamHeader } from "../../src/gif/write/stream_header.ts";
import { sharedFolder } from "../support/require.ts";

const CORPUS = sharedFolder("corpus");
const FILES = CORPUS === undefined
  ? []
  : (await Array.fromAsync(walk(CORPUS, { exts: [".gif"] })))
    .map(({ path }) => path).sort();

/** Files that no stream can be made of, and why. */
const REFUSED: Record<string, string> = {
  "hippopotamus.interlaced.truncated.gif": "found the end of the data",
  "no-frames.gif": "expected a picture, found the end",
};

/** The endless GIF made of a file, up to its end or its mistake. */
function stream(
  gif: Uint8Array,
  pieceBytes: number,
): { chunks: Uint8Array[]; error?: GifError } {
  const reader = new FrameReader();
  const chunks: Uint8Array[] = [];
  const pull = () => {
    for (let f = reader.next(); f !== undefined; f = reader.next()) {
      if (chunks.length === 0) chunks.push(streamHeader(f.screen));
      chunks.push(framePart(f).bytes.slice());
    }
  };
  try {
    for (let at = 0; at < gif.length && !reader.done; at += pieceBytes) {
      reader.push(gif.slice(at, at + pieceBytes));
      pull();
    }
    reader.end();
    pull();
    return { chunks };
  } catch (error) {
    if (!(error instanceof GifError)) throw error;
    return { chunks, error };
  }
}

/** Reads a stream back; it must be sound whatever it was made of. */
function countImages(chunks: Uint8Array[]): number {
  const reader = new BlockReader();
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  let images = 0;
  for (;;) {
    const block = reader.next();
    if (block.type === "image") images++;
    if (block.type === "end") {
      assertEquals(block.reason, "end-of-data");
      return images;
    }
  }
}

for (const path of FILES) {
  const name = basename(path);
  Deno.test(`FrameReader plays or refuses ${name}`, async () => {
    const gif = await Deno.readFile(path);
    const whole = stream(gif, gif.length);
    if (name in REFUSED) {
      assert(whole.error?.message.includes(REFUSED[name]), `${whole.error}`);
    } else {
      assertEquals(whole.error, undefined, `${whole.error}`);
      assert(countImages(whole.chunks) > 0);
    }
    const small = stream(gif, gif.length > 50_000 ? 997 : 1);
    assertEquals(small.chunks, whole.chunks);
    assertEquals(small.error?.message, whole.error?.message);
  });
}

Deno.test({
  name: "FrameReader survives every truncation of three files",
  ignore: CORPUS === undefined,
  fn() {
    for (
      const name of [
        "animated-red-blue.gif",
        "hippopotamus.interlaced.gif",
        "transparent-index.gif",
      ]
    ) {
      const gif = Deno.readFileSync(`${CORPUS}/wuffs/${name}`);
      for (let length = 0; length < gif.length; length++) {
        const { chunks, error } = stream(gif.slice(0, length), length || 1);
        if (chunks.length > 0) assert(countImages(chunks) > 0);
        else assert(error !== undefined, `${name} cut to ${length} bytes`);
      }
    }
  },
});
