import { assert, assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../../src/channel/channel.ts";
import { parseOptions } from "../../support/program/parse_options.ts";
import type { Frames } from "../../../src/cli/source/source_context.ts";
import type { SourceKind } from "../../../src/cli/source/source_kind.ts";
import {
  openSourceThread,
  SourceThread,
} from "../../../src/cli/source/source_thread.ts";
import { isFinishedInThread } from "../../../src/cli/source/thread_tasks.ts";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { LostThreadError } from "../../../src/system/worker/event_thread.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../../support/gif/gif_bytes.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";
import { STUCK_SOURCE } from "../../support/program/stuck_source_worker.ts";
import { requireTool } from "../../support/require.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);
/** It has too few pixels. */
const BAD = bytes(
  header(4, 3),
  image({ width: 4, height: 3, indices: new Uint8Array(5) }),
  TRAILER,
);

/** A source, and all that it tells. */
class Opened {
  readonly told: string[] = [];
  readonly jpegs: Uint8Array[] = [];
  readonly stop = new AbortController();
  readonly ended = Promise.withResolvers<void>();
  readonly frames: Frames;

  constructor(
    input: string,
    kind: SourceKind,
    { args = [], thread }: { args?: string[]; thread?: SourceThread } = {},
  ) {
    const options = parseOptions(args);
    assert(typeof options === "object");
    this.frames = openSourceThread(input, kind, {
      options,
      needs: {
        gif: { needed: true, follow: () => () => {} },
        jpeg: { needed: false, follow: () => () => {} },
      },
      place: options.onResize === "place" ? { width: 0, height: 0 } : undefined,
      signal: this.stop.signal,
      events: {
        onState: (state) => {
          this.told.push(`state: ${state}`);
          if (state === "ended") this.ended.resolve();
        },
        onNotice: (message) => this.told.push(`notice: ${message}`),
        onWarning: (message) => this.told.push(`warning: ${message}`),
        onFault: (kind, error) => this.told.push(`fault: ${kind} ${error}`),
        onUnchanged: () => this.told.push("unchanged"),
        onSignal: (present) => this.told.push(`signal: ${present}`),
        onRefused: () => this.told.push("refused"),
        onJpeg: ({ name, jpeg }) => {
          this.told.push(`jpeg: ${name}`);
          this.jpegs.push(jpeg);
        },
        onBegin: () => {},
        onUpstream: () => {},
        onFormat: () => {},
      },
    }, thread);
  }

  /** So many pictures, and then the end; acts after each. */
  async take(count: number, act?: (taken: number) => Promise<void>) {
    const pictures = [];
    for await (const picture of this.frames) {
      assert("part" in picture);
      pictures.push(picture);
      await act?.(pictures.length);
      if (pictures.length === count) this.stop.abort();
    }
    return pictures;
  }
}

Deno.test("openSourceThread() makes parts of a folder's files", () =>
  withFolder(async (folder) => {
    const opened = new Opened(folder, "folder");
    await Deno.writeFile(`${folder}/0.gif`, GIF);
    const jpeg = plainJpeg(16, 8, [10, 200, 30]);
    const pictures = await opened.take(3, async (taken) => {
      // By now the folder is watched.
      if (taken === 1) {
        await Deno.writeFile(`${folder}/1.gif`, BAD);
        await Deno.writeFile(`${folder}/2.gif`, GIF);
      }
      // Earlier, and it might come in the place of the one before.
      if (taken === 2) await Deno.writeFile(`${folder}/3.jpg`, jpeg);
    });
    assertEquals(
      pictures.map(({ name, screen, wasPublished }) => [
        name,
        screen,
        wasPublished,
      ]),
      [
        ["0.gif", { width: 4, height: 3 }, undefined],
        ["2.gif", { width: 4, height: 3 }, undefined],
        ["3.jpg", { width: 16, height: 8 }, true],
      ],
    );
    assertEquals(opened.jpegs, [jpeg]);
    assert(
      pictures.every(({ part: { bytes, keyframe } }) =>
        keyframe && bytes.length === bytes.buffer.byteLength
      ),
    );
    assertEquals(opened.told.filter((line) => line === "refused").length, 1);
    assert(opened.told.some((line) => /^warning: 1\.gif: Cannot/.test(line)));
    assertEquals(opened.frames.stats?.dropped, 0);
  }));

Deno.test("openSourceThread() plays a clip in a circle until it is stopped", () =>
  withFolder(async (folder) => {
    const film = `${folder}/film.gif`;
    await Deno.writeFile(film, GIF);
    const pictures = await new Opened(film, "finished", { args: ["--loop"] })
      .take(3);
    assertEquals(pictures.length, 3);
    const once = new Opened(film, "finished");
    const taken = once.take(2);
    await once.ended.promise;
    once.stop.abort();
    assertEquals((await taken).length, 1);
  }));

Deno.test("openSourceThread() fails as the source does", async () => {
  await assertRejects(
    () => new Opened("no/such.gif", "finished").take(1),
    Deno.errors.NotFound,
  );
});

Deno.test("openSourceThread() ends a source that waits for ever", () =>
  withFolder(async (folder) => {
    const opened = new Opened(folder, "folder");
    const taken = opened.take(1);
    await delay(200);
    opened.stop.abort();
    assertEquals(await taken, []);
  }));

Deno.test("openSourceThread() starts nothing that is stopped already", async () => {
  const opened = new Opened("no/such.gif", "finished");
  opened.stop.abort();
  assertEquals(await opened.take(1), []);
});

Deno.test({
  name: "openSourceThread() leaves no ffmpeg behind",
  ignore: !requireTool("ffmpeg") || Deno.build.os !== "linux",
  async fn() {
    // Other tests may play, too: the size is this test's own.
    const input = "lavfi:testsrc2=s=66x50";
    const pictures = await new Opened(input, "video").take(3);
    assertEquals(pictures[0].screen, { width: 66, height: 50 });
    const pgrep = new Deno.Command("pgrep", { args: ["-f", "s=66x50"] });
    const { stdout } = await pgrep.output();
    assertEquals(new TextDecoder().decode(stdout), "");
  },
});

Deno.test("SourceThread runs many sources, and ends with the last", () =>
  withFolder(async (folder) => {
    const thread = new SourceThread();
    const film = `${folder}/film.gif`;
    await Deno.writeFile(film, GIF);
    const args = ["--loop"];
    const sources = [2, 5, 9].map((count) =>
      new Opened(film, "finished", { args, thread }).take(count)
    );
    const missing = new Opened("no/such.gif", "finished", { thread });
    await assertRejects(() => missing.take(1), Deno.errors.NotFound);
    const taken = await Promise.all(sources);
    assertEquals(taken.map(({ length }) => length), [2, 5, 9]);
    // It starts again with the next one.
    const next = await new Opened(film, "finished", { thread }).take(1);
    assertEquals(next.length, 1);
  }));

Deno.test("SourceThread fails all its sources when it is stuck, and no later one", async () => {
  const options = { module: STUCK_SOURCE, deadlineMilliseconds: 300 };
  const thread = new SourceThread(options);
  const sources = [1, 2].map(() => new Opened("test:", "test", { thread }));
  await Promise.all(
    sources.map((opened) =>
      assertRejects(() => opened.take(1), LostThreadError, "0.3 s")
    ),
  );
  assertEquals((await new Opened("test:", "test").take(1)).length, 1);
});

Deno.test("isFinishedInThread() tells if a GIF has its end", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.gif`;
    await Deno.writeFile(path, GIF);
    assertEquals(await isFinishedInThread(path), true);
    await Deno.writeFile(path, GIF.slice(0, -1));
    assertEquals(await isFinishedInThread(path), false);
    await Deno.writeFile(path, bytes("no GIF at all"));
    const error = await assertRejects(() => isFinishedInThread(path), Error);
    assertEquals(error.name, GifError.name);
  }));

/** Pictures of many sizes, with holes and all disposal methods. */
function sizes(): Uint8Array[] {
  const files: Uint8Array[] = [];
  for (const [width, height] of [[6, 5], [4, 3], [9, 5], [9, 9], [4, 9]]) {
    for (const disposal of [0, 2, 3]) {
      const control = graphicControl({ disposal });
      const hole = graphicControl({ disposal, transparentIndex: 0 });
      const small = image({ width: 2, height: 2, left: 1, top: 1 });
      const whole = image({ width, height });
      for (
        const images of [
          [control, whole],
          [hole, whole],
          [control, small],
          [control, whole, hole, small, hole, whole],
        ]
      ) files.push(bytes(header(width, height), ...images, TRAILER));
    }
  }
  return files;
}

/** All that viewers see of what is published meanwhile. */
async function shown(publish: (channel: Channel) => Promise<void>) {
  const channel = new Channel({ onResize: "place", delayCentiseconds: 7 });
  const viewer = new Response(channel.view()).bytes();
  await publish(channel);
  channel.close();
  return [...decodeGif(await viewer)].map(({ pixels, delayCentiseconds }) =>
    `${delayCentiseconds} ${pixels}`
  );
}

Deno.test("openSourceThread() gives parts that can be placed as frames are", () =>
  withFolder(async (folder) => {
    const files = sizes(), path = `${folder}/all.gif`;
    await Deno.writeFile(path, bytes(...files));
    const asFrames = await shown(async (channel) => {
      for (const file of files) {
        const reader = new FrameReader();
        reader.push(file.slice());
        reader.end();
        let isFirst = true;
        for (let f = reader.next(); f !== undefined; f = reader.next()) {
          if (isFirst) f.standalone = true;
          isFirst = false;
          publishFrame(channel, f);
          await delay(0);
        }
      }
    });
    const asParts = await shown(async (channel) => {
      const pipe = `${folder}/pipe`;
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const writing = Deno.readFile(path).then((all) =>
        Deno.writeFile(pipe, all)
      );
      const opened = new Opened(pipe, "pipe", {
        args: ["--delay", "7", "--on-resize", "place"],
      });
      for (const { part, screen } of await opened.take(90)) {
        channel.publishPart(part, screen);
        await delay(0);
      }
      await writing;
    });
    assert(asFrames.length > 90);
    assertEquals(asParts, asFrames);
  }));
