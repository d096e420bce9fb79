import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../../src/channel/channel.ts";
import type { SourcePart } from "../../../src/encoding/frame_source.ts";
import type { SourceStatus } from "../../../src/channel/source_state.ts";
import { Feed, type FeedOptions } from "../../../src/cli/lineup/feed.ts";
import type { InputKind } from "../../../src/cli/source/source_kind.ts";
import { parseOptions } from "../../support/program/parse_options.ts";
import {
  openSourceThread,
  SourceThread,
} from "../../../src/cli/source/source_thread.ts";
import { ChannelReport } from "../../../src/cli/output/channel_report.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import { Faults } from "../../../src/log/faults.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { STUCK_SOURCE } from "../../support/program/stuck_source_worker.ts";
import { requireTool } from "../../support/require.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** A channel that is fed. */
class Fed {
  readonly channel = new Channel({ faults: new Faults(() => {}) });
  readonly lines: string[] = [];
  readonly ended: Promise<void>;
  readonly #stop = new AbortController();

  constructor(
    input: string,
    kind: InputKind,
    { args = [], ...more }: Partial<FeedOptions> & { args?: string[] } = {},
  ) {
    const options = parseOptions(args);
    assert(typeof options === "object");
    const report = new ChannelReport((level, message) =>
      this.lines.push(`${level}: ${message}`)
    );
    const feed = new Feed(this.channel, {
      input,
      kind,
      options,
      report,
      persistent: false,
      ...more,
    });
    this.ended = feed.run(this.#stop.signal);
  }

  /** Waits until the source is as it is to be. */
  async until(suits: (source: SourceStatus) => boolean): Promise<SourceStatus> {
    for (;;) {
      const { source } = this.channel.status();
      if (suits(source)) return source;
      await delay(10);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.ended;
    this.channel.close();
  }
}

Deno.test("Feed tells what a folder's frames are doing", () =>
  withFolder(async (folder) => {
    await using fed = new Fed(folder, "folder");
    assertEquals(await fed.until(({ state }) => state === "waiting"), {
      kind: "folder",
      state: "waiting",
      message: null,
      format: null,
    });
    await Deno.writeFile(`${folder}/1.gif`, GIF);
    await fed.until(({ state }) => state === "live");
    await Deno.writeFile(`${folder}/2.gif`, bytes("no GIF"));
    const { message } = await fed.until(({ message }) => message !== null);
    assertMatch(message!, /2\.gif/);
    assertMatch(fed.lines.join("\n"), /^info: On air: 4x3 pixels\nwarning: /m);
  }));

Deno.test("Feed gives viewers the parts of a source as they are", async () => {
  const screen = { width: 4, height: 3 };
  const made = framePart(colorFrame(4, 3, [1, 2, 3]));
  // As the encoder's thread hands it over: in a buffer of its own.
  const part = { ...made, bytes: made.bytes.slice() };
  async function* parts() {
    yield await { part, screen, timestampMilliseconds: Date.now() };
  }
  await using fed = new Fed("film.mp4", "video", { open: parts });
  await fed.until(({ state }) => state === "ended");
  assertStrictEquals((await fed.channel.keyframe())?.bytes, part.bytes);
  assertMatch(fed.lines.join("\n"), /^info: On air: 4x3 pixels$/m);
});

Deno.test("Feed tells that a file has ended", () =>
  withFolder(async (folder) => {
    const film = `${folder}/film.gif`;
    await Deno.writeFile(film, GIF);
    await using fed = new Fed(film, "finished");
    await fed.until(({ state }) => state === "ended");
    assertMatch(fed.lines.at(-1)!, /^info: The input has ended: the last/);
    assertEquals(fed.channel.status().frames, 1);
  }));

Deno.test("Feed fails with its source where there is no other", () =>
  withFolder(async (folder) => {
    const fed = new Fed(`${folder}/none.gif`, "finished");
    await assertRejects(() => fed.ended, Deno.errors.NotFound);
    fed.channel.close();
  }));

Deno.test("Feed starts a source again that fails, where there are others", () =>
  withFolder(async (folder) => {
    const film = `${folder}/film.gif`;
    await using fed = new Fed(film, "finished", { persistent: true });
    const { message } = await fed.until(({ state }) => state === "no signal");
    assertMatch(message!, /film\.gif/);
    const retry = fed.channel.status().retryMilliseconds;
    assert(retry !== null && retry > 0 && retry <= 1000, `${retry} ms`);
    assertMatch(fed.lines[0], /^error: .*; trying again in 1 s$/);
    await Deno.writeFile(`${folder}/new.gif`, GIF);
    await Deno.rename(`${folder}/new.gif`, film);
    // All the while: another try is no news.
    const next = await fed.until(({ state }) => state !== "no signal");
    assertMatch(next.state, /^(live|ended)$/);
    assertEquals(next.message, null);
    assertEquals(fed.channel.status().retryMilliseconds, null);
    await fed.until(({ state }) => state === "ended");
  }));

/** Sources that fail in turn, each behind a picture, and then go on. */
function failing(failures: unknown[]): FeedOptions["open"] {
  let red = 0;
  return async function* (_input, _kind, { signal }) {
    const failure = failures.shift();
    yield redPart(++red);
    if (failure !== undefined) throw failure;
    while (!signal.aborted) {
      await delay(20);
      yield redPart(++red);
    }
  };
}

function redPart(red: number): SourcePart {
  const frame = colorFrame(4, 3, [red, 0, 0]);
  const { screen } = frame, timestampMilliseconds = Date.now();
  return { part: framePart(frame), screen, timestampMilliseconds };
}

Deno.test("Feed starts its only source again when it fails on air", async () => {
  const open = failing([
    new TypeError("a mistake"),
    new Error("a broken disk"),
  ]);
  await using fed = new Fed("folder", "folder", { open });
  const viewer = fed.channel.view().getReader();
  await fed.until(({ state }) => state === "no signal");
  await fed.until(() => fed.channel.status().frames > 5);
  assertEquals(fed.lines.filter((line) => /trying again in/.test(line)), [
    "error: a mistake; trying again in 1 s",
    "error: a broken disk; trying again in 2 s",
  ]);
  // Only one of them is a mistake of ours.
  assertEquals(fed.channel.faults.counts.source, 1);
  // The viewer was there all the time.
  assertEquals(fed.channel.viewers, 1);
  await viewer.cancel();
});

Deno.test("Feed starts its only source again when there was no descriptor for it", async () => {
  const none = Object.assign(new Error("too many open files"), {
    code: "EMFILE",
  });
  const open = failing([])!;
  let attempts = 0;
  await using fed = new Fed("folder", "folder", {
    open: (...args) => {
      if (++attempts === 1) throw none;
      return open(...args);
    },
  });
  await fed.until(() => fed.channel.status().frames > 0);
  assertEquals(fed.lines.filter((line) => /trying again in/.test(line)), [
    "error: too many open files; trying again in 1 s",
  ]);
});

for (const kind of ["folder", "stdin"] as const) {
  Deno.test(`Feed starts its only source again when its thread is stuck: ${kind}`, async () => {
    async function* once() {
      yield await Promise.resolve(redPart(1));
    }
    let attempts = 0;
    await using fed = new Fed("-", kind, {
      open: (input, kind, context) => {
        if (++attempts > 1) return once();
        const options = { module: STUCK_SOURCE, deadlineMilliseconds: 300 };
        const thread = new SourceThread(options);
        return openSourceThread(input, kind, context, thread);
      },
    });
    const { message } = await fed.until(({ state }) => state === "no signal");
    assertMatch(message!, /its thread has not answered for 0\.3 s/);
    await fed.until(() => fed.channel.status().frames > 0);
    assertEquals(fed.lines.filter((line) => /trying again in/.test(line)), [
      "error: Cannot play input: its thread has not answered for 0.3 s; " +
      "trying again in 1 s",
    ]);
    const { worker, source } = fed.channel.faults.counts;
    assertEquals([worker, source], [1, 0]);
  });
}

Deno.test("Feed counts the frames that its source refuses", () =>
  withFolder(async (folder) => {
    await using fed = new Fed(folder, "folder");
    await fed.until(({ state }) => state === "waiting");
    const indices = new Uint8Array(5);
    const bad = image({ width: 4, height: 3, indices });
    await Deno.writeFile(`${folder}/1.gif`, bytes(header(4, 3), bad, TRAILER));
    await fed.until(() => fed.channel.status().refusedFrames === 1);
    assertMatch(fed.channel.source.message!, /1\.gif: Cannot show image/);
  }));

Deno.test("Feed drops a frame of which no part can be made, and no other", async () => {
  await using fed = new Fed("folder", "folder", { open: failing([]) });
  const { publishPart } = fed.channel;
  let calls = 0;
  fed.channel.publishPart = (...args) => {
    if (++calls === 3) throw new TypeError("a mistake");
    publishPart.apply(fed.channel, args);
  };
  await fed.until(() => fed.channel.status().frames > 5);
  assertEquals(fed.channel.faults.counts.channel, 1);
  assertMatch(fed.lines.join(), /warning: a mistake/);
});

Deno.test("Feed tells viewers nothing that is to be hidden", () =>
  withFolder(async (folder) => {
    await using fed = new Fed(`${folder}/secret.gif`, "finished", {
      persistent: true,
      hide: (text) => text.replaceAll("secret", "***"),
    });
    const { message } = await fed.until(({ state }) => state === "no signal");
    assertMatch(message!, /\*\*\*\.gif/);
  }));

Deno.test("Feed starts a source on demand, and not before", async () => {
  await using fed = new Fed("test:", "test", { args: ["--on-demand"] });
  await fed.until(({ state }) => state === "idle");
  assertEquals(fed.channel.status().frames, 0);
  assertEquals(await fed.channel.demand.livePicture(), true);
  assertEquals(fed.channel.status().source.state, "live");
  assertMatch(fed.lines[0], /^info: Somebody is watching: the source starts$/);
});

Deno.test({
  name: "Feed tells why what ffmpeg plays gives no picture",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    // A port that nobody listens at.
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    listener.close();
    await using fed = new Fed(`tcp://127.0.0.1:${port}`, "video");
    const { message } = await fed.until(({ state }) => state === "no signal");
    assertMatch(message!, /refused\); trying again/);
  },
});
