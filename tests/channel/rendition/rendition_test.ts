import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { delay } from "@std/async/delay";
import fc from "fast-check";
import { Faults } from "../../../src/log/faults.ts";
import { Channel } from "../../../src/channel/channel.ts";
import {
  attachToRendition,
  type RenditionForm,
} from "../../../src/channel/rendition/rendition.ts";
import { StreamConnection } from "../../../src/channel/viewers/stream_connection.ts";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import type { GifFrame } from "../../../src/gif/read/frame_reader.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import { drawing, drawnByModel, gifOf } from "../../support/gif/drawings.ts";
import { framesOf } from "../../support/gif/frames.ts";
import { Watcher } from "../../support/http/watcher.ts";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import { requireTool } from "../../support/require.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";

/** A GIF of differences, each with colors of its own. */
function deltaGif(frames: number): Promise<Uint8Array> {
  const palettes = "[0]split[a][b];[a]palettegen=stats_mode=single[p];" +
    "[b][p]paletteuse=new=1";
  return ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=s=96x72:r=10"],
    ...["-filter_complex", palettes, "-frames:v", String(frames)],
    ...["-f", "gif", "-"],
  ]);
}

function view(channel: Channel, form: RenditionForm) {
  const connection = new StreamConnection();
  connection.onLeave = attachToRendition(channel, form, connection);
  return connection.stream;
}

/** Fails if there is a picture that never was, or in another order. */
function assertTrue(
  seen: Uint8ClampedArray[],
  truth: Uint8ClampedArray[],
  what: string,
): void {
  const truthTexts = truth.map(String);
  let from = 0;
  for (const [i, picture] of seen.entries()) {
    const at = truthTexts.indexOf(String(picture), from);
    assert(at >= 0, `${what}: picture ${i} never was after ${from}`);
    from = at;
  }
  assertEquals(seen.at(-1), truth.at(-1), `${what}: the last`);
}

/** Publishes frames at a pace that gives others time. */
async function publish(channel: Channel, frames: GifFrame[]): Promise<void> {
  for (const frame of frames) {
    publishFrame(channel, frame);
    await delay(4);
  }
}

Deno.test({
  name: "attachToRendition() thins differences without a wrong pixel",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const gif = await deltaGif(120);
    const truth = [...decodeGif(gif)].map(({ pixels }) => pixels);
    const frames = framesOf(gif);
    const channel = new Channel();
    publishFrame(channel, frames[0]);
    const watch = (form: RenditionForm) =>
      new Watcher(view(channel, form), channel.screen);
    const thinned = watch({ framesPerSecond: 20, pace: "live" });
    const slow = watch({ framesPerSecond: 50, pace: "live" });
    const paced = watch({ framesPerSecond: 12, pace: "real" });
    const all = watch({ pace: "real" });
    await publish(channel, frames.slice(1, 40));
    const late = watch({ framesPerSecond: 20, pace: "live" });
    const lag = Promise.withResolvers<void>();
    slow.held = lag.promise;
    await publish(channel, frames.slice(40, 100));
    lag.resolve();
    await publish(channel, frames.slice(100));
    channel.close();
    const watchers = { thinned, slow, paced, all, late };
    for (const [name, watcher] of Object.entries(watchers)) {
      await watcher.done;
      // The trailer may come in a chunk of its own.
      assertTrue(watcher.pictures, truth, name);
    }
    assertLess(thinned.pictures.length, 120);
    assertGreater(thinned.pictures.length, 3);
    assertGreater(all.pictures.length, thinned.pictures.length);
    assertEquals(channel.viewers, 0);
  },
});

Deno.test("attachToRendition() thins any stream without a wrong pixel", async () => {
  const property = fc.asyncProperty(
    drawing,
    fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 6, maxLength: 6 }),
    fc.constantFrom<RenditionForm[]>(
      { framesPerSecond: 50, pace: "live" },
      { framesPerSecond: 50, pace: "real" },
      { pace: "real" },
    ),
    async (recipe, pauses, form) => {
      const frames = framesOf(gifOf(recipe));
      // As drawn by the model, nothing stands alone.
      for (const frame of frames) frame.standalone = false;
      const channel = new Channel({ keepUnchanged: true });
      const watcher = new Watcher(view(channel, form), recipe.screen);
      for (const [i, frame] of frames.entries()) {
        publishFrame(channel, frame);
        await delay(pauses[i]);
      }
      channel.close();
      await watcher.done;
      assertTrue(watcher.pictures, [...drawnByModel(recipe)], form.pace);
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

Deno.test("attachToRendition() hands whole pictures on as they came", async () => {
  const channel = new Channel();
  const form: RenditionForm = { framesPerSecond: 50, pace: "live" };
  const bytes = new Response(view(channel, form)).bytes();
  const plain = new Response(channel.view()).bytes();
  for (let i = 0; i < 5; i++) {
    publishFrame(channel, colorFrame(8, 8, [i, 0, 0]));
    await delay(60);
  }
  channel.close();
  assertEquals(await bytes, await plain);
});

Deno.test("attachToRendition() shows each as long as the channel does", async () => {
  const channel = new Channel({ delayCentiseconds: 7 });
  publishFrame(channel, colorFrame(8, 8, [0, 0, 0]));
  const gif = new Response(
    view(channel, { framesPerSecond: 0.1, pace: "live" }),
  ).bytes();
  for (const red of [1, 2]) {
    const corner = colorFrame(2, 2, [red, 0, 0]);
    const screen = { width: 8, height: 8 };
    publishFrame(channel, { ...corner, screen, standalone: false });
  }
  channel.close();
  const pictures = [...decodeGif(await gif)];
  assertEquals(pictures.map(({ pixels }) => pixels[0]), [0, 2]);
  const delays = pictures.map(({ delayCentiseconds }) => delayCentiseconds);
  assertEquals(delays, [7, 7]);
});

Deno.test("attachToRendition() ends GIFs whose size changes", async () => {
  const channel = new Channel();
  const forms: RenditionForm[] = [
    { framesPerSecond: 1, pace: "live" },
    { pace: "real" },
    { framesPerSecond: 1, pace: "real" },
  ];
  const streams = forms.map((form) => view(channel, form));
  publishFrame(channel, colorFrame(8, 8, [1, 0, 0]));
  publishFrame(channel, colorFrame(4, 4, [2, 0, 0]));
  for (const stream of streams) {
    const [{ screen, pixels }] = decodeGif(await new Response(stream).bytes());
    assertEquals(screen, { width: 8, height: 8 });
    assertEquals([...pixels.slice(0, 4)], [1, 0, 0, 255]);
  }
  assertEquals(channel.viewers, 0);
  channel.close();
});

Deno.test("attachToRendition() makes a form once, and few forms", async () => {
  const channel = new Channel();
  let followers = 0;
  const follow = channel.attachTo.bind(channel);
  const forms = new Set<string>();
  channel.attachTo = (form, make, connection) => {
    forms.add(form);
    return follow(
      form,
      (...given) => (followers++, make(...given)),
      connection,
    );
  };
  const streams: ReadableStream<Uint8Array>[] = [];
  for (
    let framesPerSecond = 0.1;
    framesPerSecond < 100;
    framesPerSecond *= 1.01
  ) {
    streams.push(view(channel, { framesPerSecond, pace: "live" }));
  }
  assertEquals(forms.size, followers);
  assertLess(followers, 20);
  assertEquals(channel.viewers, streams.length);
  for (const stream of streams) await stream.cancel();
  assertEquals(channel.viewers, 0);
  channel.close();
});

Deno.test("attachToRendition() ends a form whose last viewer leaves at a part", async () => {
  const told: string[] = [];
  const faults = new Faults((kind) => told.push(kind));
  const channel = new Channel({ faults });
  publishFrame(channel, colorFrame(8, 8, [1, 0, 0]));
  for (const pace of ["live", "real"] as const) {
    const form = { framesPerSecond: 50, pace };
    let sent = 0;
    // As a connection that shows at a send that the viewer has gone.
    const connection = {
      hasRoom: true,
      send: () => {
        if (++sent === 2) leave();
      },
      end: () => {},
      abort: () => {},
    };
    const leave = attachToRendition(channel, form, connection);
    for (let red = 2; sent < 2; red++) {
      publishFrame(channel, colorFrame(8, 8, [red, 0, 0]));
      await delay(25);
    }
  }
  assertEquals(told, []);
  assertEquals(channel.viewers, 0);
  channel.close();
});
