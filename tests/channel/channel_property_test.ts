import { assert, assertEquals } from "@std/assert";
import { walk } from "@std/fs/walk";
import fc from "fast-check";
import { Channel } from "../../src/channel/channel.ts";
import type { ChannelOptions } from "../../src/channel/channel_options.ts";
import { attachToRendition } from "../../src/channel/rendition/rendition.ts";
import { StreamConnection } from "../../src/channel/viewers/stream_connection.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { GifError } from "../../src/gif/gif_error.ts";
import type { PictureForm } from "../../src/picture/picture_form.ts";
import { PictureMaker } from "../../src/picture/picture_maker.ts";
import { byteStreamFrames } from "../../src/source/byte_stream_frames.ts";
import { anyGif } from "../support/gif/any_gif.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { sharedFolder } from "../support/require.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";
import { publishGif } from "../support/publish_gif.ts";

const RUNS = Number(Deno.env.get("FUZZ_RUNS") ?? 300);
/** Pixels of a picture that is looked at in all ways in little time. */
const MAX_PIXELS = 1 << 17;
/** Frames of one file: there are some whose every frame takes long. */
const MAX_FRAMES = 60;

const SCREEN = { width: 6, height: 5 };
const GIF = bytes(header(6, 5), image(SCREEN), TRAILER);
const OTHER_GIF = bytes(
  header(6, 5),
  image({ ...SCREEN, indices: new Uint8Array(30) }),
  TRAILER,
);

const SETTINGS: ChannelOptions[] = (["end", "place"] as const).flatMap(
  (onResize) => [
    { onResize, delayCentiseconds: "source", backlogSeconds: 10 },
    { onResize, keepSeconds: 0, keepUnchanged: true },
    { onResize, checkImages: false },
  ],
);

const FORMS: PictureForm[] = [
  { format: "png" },
  { format: "jpeg" },
  { format: "ansi", width: 20 },
];

/** A channel with viewers of every sort. */
class WatchedChannel implements AsyncDisposable {
  readonly channel: Channel;
  readonly #viewers: ReadableStream<Uint8Array>[] = [];
  #looks = 0;

  constructor(options: ChannelOptions) {
    this.channel = new Channel(options);
    this.#join();
  }

  /** Lets in whoever wants to see the newest picture, in any form. */
  async look(): Promise<void> {
    const { channel } = this, { width, height } = channel.screen;
    if (channel.newestInfo === undefined || width * height > MAX_PIXELS) return;
    this.#join();
    const parts = [(await channel.keyframe())!.bytes];
    const clip = (await channel.past.clip())!;
    for (const gif of [(await channel.snapshot())!, clip.gif]) {
      assertEquals([...decodeGif(gif)][0].screen, { width, height });
    }
    const { rgba } = (await channel.past.picture())!;
    assertEquals(rgba.length, 4 * width * height);
    const form = FORMS[this.#looks++ % FORMS.length];
    const request = { screen: channel.screen, parts, form };
    const made = new PictureMaker().answer(request);
    assert(!("error" in made), JSON.stringify(made));
  }

  /** It must go on, whatever there was. */
  async assertAlive(): Promise<void> {
    for (const gif of [GIF, OTHER_GIF]) {
      assertEquals(publishGif(this.channel, gif.slice()), 1);
      await this.look();
    }
    const { pixels } = [...decodeGif((await this.channel.snapshot())!)].at(-1)!;
    assertEquals([...pixels.subarray(0, 4)], [0, 255, 0, 255]);
  }

  #join(): void {
    const { channel } = this;
    this.#viewers.push(channel.view());
    for (const pace of ["live", "real"] as const) {
      for (const framesPerSecond of [undefined, 1]) {
        const connection = new StreamConnection();
        const form = { pace, framesPerSecond };
        connection.onLeave = attachToRendition(channel, form, connection);
        this.#viewers.push(connection.stream);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.channel.close();
    await Promise.all(this.#viewers.map((viewer) => viewer.cancel()));
  }
}

/** Does what may be refused, and for nothing else. */
function publish(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof GifError)) throw error;
  }
}

async function show(gifs: Uint8Array[], options: ChannelOptions) {
  await using watched = new WatchedChannel(options);
  const { channel } = watched;
  for (const gif of gifs) {
    publish(() => publishGif(channel, gif.slice()));
    await watched.look();
    const stream = ReadableStream.from([gif.slice()]);
    let frames = 0;
    for await (const { frame, ...about } of byteStreamFrames(stream)) {
      publish(() => publishFrame(channel, frame, about));
      if (++frames === MAX_FRAMES) break;
    }
    await watched.look();
  }
  await watched.assertAlive();
}

Deno.test("Channel shows or refuses whatever a GIF says", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyGif, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.constantFrom(...SETTINGS),
      (gifs, begun, options) => show(begun ? [GIF, ...gifs] : gifs, options),
    ),
    { numRuns: RUNS },
  );
});

for (const folder of [sharedFolder("corpus"), sharedFolder("cases", "gif")]) {
  if (folder === undefined) continue;
  for await (const { path, name } of walk(folder, { exts: [".gif"] })) {
    Deno.test(`Channel shows or refuses ${name}`, async () => {
      const gif = await Deno.readFile(path);
      for (const onResize of ["end", "place"] as const) {
        await show([GIF, gif], { onResize });
      }
    });
  }
}
