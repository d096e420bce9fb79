import { assertEquals } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { GifPartStream } from "../../src/gif/write/gif_part_stream.ts";
import { streamHeader } from "../../src/gif/write/stream_header.ts";
import { CHROMIUM } from "../support/gif/chromium_decoder.ts";
import { ChromiumGifs } from "../support/gif/chromium_frames.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../support/gif/gif_bytes.ts";
import { sharedFolder } from "../support/require.ts";
import { publishGif } from "../support/publish_gif.ts";

const FOLDER = sharedFolder("cases", "gif");
const RED = [255, 0, 0, 255], GREEN = [0, 255, 0, 255];
const BLACK = [0, 0, 0, 255], CLEAR = [0, 0, 0, 0];

/** What Chromium shows of each case: color and delay in turn. */
const CASES: Record<string, [number[], number][]> = {
  "code_size_0.gif": [[RED, 10], [GREEN, 10]],
  "no_palette.gif": [[BLACK, 0], [BLACK, 0]],
  // Its first image is disposed of before the empty one.
  "zero_size_mid.gif": [[RED, 50], [CLEAR, 200], [GREEN, 10]],
};

/** Color and delay of each picture of one pixel. */
function shown(gif: Uint8Array): [number[], number][] {
  return Array.from(
    decodeGif(gif),
    ({ pixels, delayCentiseconds }) => [[...pixels], delayCentiseconds],
  );
}

/** The endless GIF that is made of a GIF. */
async function live(gif: Uint8Array): Promise<Uint8Array> {
  const parts = await Array.fromAsync(
    ReadableStream.from([gif]).pipeThrough(
      new GifPartStream({ delayCentiseconds: "source" }),
    ),
  );
  const { screen } = parts[0];
  return bytes(streamHeader(screen), ...parts.map((p) => p.bytes), TRAILER);
}

for (const [name, expected] of Object.entries(CASES)) {
  Deno.test({
    name: `${name} is shown as Chromium shows it`,
    ignore: FOLDER === undefined,
    async fn() {
      const gif = await Deno.readFile(`${FOLDER}/${name}`);
      assertEquals(shown(gif), expected);
      assertEquals(shown(await live(gif)), expected);
      const channel = new Channel({ keepUnchanged: true });
      assertEquals(publishGif(channel, gif), expected.length);
      assertEquals(
        shown((await channel.snapshot())!).at(-1)![0],
        expected.at(-1)![0],
      );
      channel.close();
    },
  });
}

Deno.test("An image without pixels lets those below it be seen", () => {
  const picture = image({ width: 1, height: 1 });
  const empty = [[0, 0], [0, 1], [1, 0]].map(([width, height]) =>
    bytes(
      graphicControl({ disposal: 2, delayCentiseconds: 7 }),
      image({ left: 9, top: 9, width, height }),
    )
  );
  const first = shown(bytes(header(1, 1), picture, TRAILER))[0][0];
  const found = shown(bytes(header(1, 1), picture, ...empty, TRAILER));
  assertEquals(found, [[first, 0], [first, 7], [first, 7], [first, 7]]);
});

Deno.test({
  name: "Chromium shows odd GIFs, and what is made of them, as said",
  ignore: FOLDER === undefined || !CHROMIUM.installed,
  async fn() {
    await using chromium = await ChromiumGifs.start();
    for (const [name, expected] of Object.entries(CASES)) {
      const gif = await Deno.readFile(`${FOLDER}/${name}`);
      for (const { frames } of await chromium.decode([gif, await live(gif)])) {
        const found = frames.map(({ pixels, delayMilliseconds }) =>
          [[...pixels], delayMilliseconds / 10] as const
        );
        assertEquals(found, expected, name);
      }
    }
  },
});
