import { assertEquals, assertStringIncludes } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import type { ChannelOptions } from "../../src/channel/channel_options.ts";
import type { OutletContext } from "../../src/channel/outlet.ts";
import {
  attachToRendition,
  type RenditionForm,
} from "../../src/channel/rendition/rendition.ts";
import { TimedConnection } from "../../src/channel/viewers/timed_connection.ts";
import type { ViewerConnection } from "../../src/channel/viewers/viewer_connection.ts";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { Faults, isFault } from "../../src/log/faults.ts";
import { PictureSeries } from "../../src/picture/picture_series.ts";
import { PictureThread } from "../../src/picture/picture_thread.ts";
import { until } from "../support/browser/until.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";

/** A channel, one who watches it all the time, and what went wrong. */
class Watched {
  readonly told: [kind: string, message: string][] = [];
  readonly faults = new Faults((kind, error) =>
    this.told.push([kind, (error as Error).message])
  );
  readonly channel: Channel;
  readonly #gif: Promise<Uint8Array<ArrayBuffer>>;
  #published = 0;

  constructor(options: ChannelOptions = {}) {
    this.channel = new Channel({ ...options, faults: this.faults });
    this.#gif = new Response(this.channel.view()).bytes();
  }

  publish(): void {
    publishFrame(this.channel, colorFrame(8, 8, [++this.#published, 0, 0]));
  }

  /** Publishes some more, and fails if the viewer has missed anything. */
  async assertGoesOn(): Promise<void> {
    for (let i = 0; i < 3; i++) {
      // So that it has taken the one before.
      await delay(1);
      this.publish();
    }
    this.channel.close();
    const reds = [...decodeGif(await this.#gif)].map(({ pixels }) => pixels[0]);
    assertEquals(reds, reds.map((_, i) => i + 1));
    assertEquals(reds.length, this.#published);
  }
}

function fail(): never {
  throw new TypeError("made to fail");
}

/** A connection that works, but for what is given. */
function connection(
  broken: Partial<Record<keyof ViewerConnection, unknown>>,
): ViewerConnection & { aborted: string[] } {
  const aborted: string[] = [];
  const whole = {
    hasRoom: true,
    send() {},
    end() {},
    abort: ({ message }: Error) => aborted.push(message),
  };
  const all = Object.defineProperties(
    whole,
    Object.getOwnPropertyDescriptors(broken),
  );
  return Object.assign(all, { aborted });
}

Deno.test("Faults counts by kind, and tells of each", () => {
  const told: unknown[] = [];
  const faults = new Faults((kind, error) => told.push(kind, error));
  faults.guard("timer", () => {});
  faults.guard("timer", fail, fail);
  faults.note("source", "words");
  assertEquals(faults.counts.timer, 2);
  assertEquals(faults.counts.source, 1);
  assertEquals(faults.counts.viewer, 0);
  assertEquals(told.length, 6);
  assertEquals(told.at(-1), "words");
});

for (
  const [what, broken] of Object.entries({
    "send() throws": { send: fail },
    "sendFirst() throws": { sendFirst: fail },
    "hasRoom throws": {
      get hasRoom() {
        return fail();
      },
    },
    "send() and abort() throw": { send: fail, abort: fail },
  })
) {
  Deno.test(`Channel ends one viewer whose ${what}`, async () => {
    const watched = new Watched();
    watched.publish();
    await delay(1);
    const viewer = connection(broken);
    watched.channel.attach(viewer);
    watched.publish();
    assertEquals(watched.channel.viewers, 1);
    for (const [kind] of watched.told) assertEquals(kind, "viewer");
    const abortFails = "abort" in broken;
    assertEquals(watched.faults.counts.viewer, abortFails ? 2 : 1);
    if (!abortFails) assertStringIncludes(viewer.aborted[0], "cut off");
    await watched.assertGoesOn();
  });
}

Deno.test("Channel ends one viewer who fails when it has drained", async () => {
  const watched = new Watched();
  let room = false;
  const viewer = connection({
    get hasRoom() {
      return room;
    },
    send: () => room ? fail() : undefined,
  });
  watched.channel.attach(viewer);
  watched.publish();
  await delay(1);
  watched.publish();
  room = true;
  await until("the fault", () => watched.told.length > 0);
  assertEquals(watched.channel.viewers, 1);
  await watched.assertGoesOn();
});

Deno.test("Channel ends one viewer who fails at a sign of life", async () => {
  const watched = new Watched({ keepAliveMilliseconds: 10 });
  watched.publish();
  let sent = 0;
  watched.channel.attach(connection({ send: () => sent++ > 0 && fail() }));
  await until("the fault", () => watched.told.length > 0);
  assertEquals(watched.told, [["viewer", "made to fail"]]);
  assertEquals(watched.channel.viewers, 1);
  watched.channel.close();
});

Deno.test("Channel.close() ends all whatever one of them throws", async () => {
  const watched = new Watched();
  watched.channel.attach(connection({ end: fail }));
  await watched.assertGoesOn();
  assertEquals(watched.told, [["viewer", "made to fail"]]);
  assertEquals(watched.channel.viewers, 0);
});

Deno.test("Channel tells a follower that throws no more", async () => {
  const watched = new Watched();
  let parts = 0, ended = 0;
  watched.channel.follow({
    part: () => ++parts > 1 && fail(),
    end: () => ended++,
  });
  for (let i = 0; i < 3; i++) {
    watched.publish();
    await delay(1);
  }
  assertEquals(parts, 2);
  assertEquals(ended, 1);
  assertEquals(watched.told, [["channel", "made to fail"]]);
  await watched.assertGoesOn();
});

Deno.test("Channel ends a form that throws, and makes it anew", async () => {
  const watched = new Watched();
  let made = 0;
  const make = (_: Channel, context: OutletContext) => {
    made++;
    return {
      viewedForm: "text" as const,
      viewerCount: 0,
      attach(viewer: ViewerConnection) {
        this.viewers.add(viewer);
        return context.onEmpty;
      },
      viewers: new Set<ViewerConnection>(),
      part: () => made === 1 && fail(),
      end() {
        for (const viewer of this.viewers) viewer.end();
      },
    };
  };
  let ended = 0;
  const viewer = connection({ end: () => ended++ });
  watched.channel.attachTo("form", make, viewer);
  watched.publish();
  assertEquals([made, ended], [1, 1]);
  watched.channel.attachTo("form", make, viewer);
  await delay(1);
  watched.publish();
  assertEquals([made, ended], [2, 1]);
  assertEquals(watched.told, [["channel", "made to fail"]]);
  await watched.assertGoesOn();
});

for (
  const [timer, form, breakIt] of [
    [
      "thinning",
      { framesPerSecond: 50, pace: "live" },
      ({ past }: Channel) => Object.defineProperty(past, "now", { get: fail }),
    ],
    [
      "real pace",
      { framesPerSecond: 50, pace: "real" },
      ({ past }: Channel) => Object.defineProperty(past, "now", { get: fail }),
    ],
  ] as [string, RenditionForm, (channel: Channel) => void][]
) {
  Deno.test(`Channel ends a form whose timer for ${timer} throws`, async () => {
    const watched = new Watched();
    watched.publish();
    let ended = 0;
    const viewer = connection({ end: () => ended++ });
    attachToRendition(watched.channel, form, viewer);
    const { channel } = watched;
    const screen = { width: 8, height: 8 };
    const corner = (red: number) => ({
      ...colorFrame(2, 2, [red, 0, 0]),
      screen,
      standalone: false,
    });
    publishFrame(channel, corner(200));
    publishFrame(channel, corner(201));
    breakIt(channel);
    await until("the fault", () => watched.told.length > 0);
    assertEquals(watched.told[0], ["timer", "made to fail"]);
    assertEquals(ended, 1);
    assertEquals(channel.viewers, 1);
    channel.close();
  });
}

Deno.test("PictureSeries ends when one who follows it throws", async () => {
  const watched = new Watched();
  const thread = new PictureThread();
  try {
    let released = 0, ended = 0;
    const series = new PictureSeries(
      watched.channel,
      thread,
      { form: { format: "gif" } },
      { isFirst: false, onRelease: () => released++ },
    );
    series.follow({ picture: fail, end: () => ended++ });
    watched.publish();
    await until("the end", () => released > 0);
    assertEquals([released, ended], [1, 1]);
    assertEquals(watched.told.map(([, message]) => message), ["made to fail"]);
    await delay(1);
    await watched.assertGoesOn();
  } finally {
    thread.stop();
  }
});

Deno.test("TimedConnection cuts off one that it cannot end", async () => {
  const told: string[] = [];
  const faults = new Faults((kind) => told.push(kind));
  const viewer = connection({});
  const timed = new TimedConnection(viewer, 1, { faults });
  timed.lastWord = fail;
  let left = 0;
  timed.attach(() => () => left++);
  timed.start();
  await until("the end", () => left > 0);
  assertEquals(told, ["timer"]);
  assertEquals(viewer.aborted, ["Viewer cut off: cannot end"]);
});

Deno.test("isFault() tells mistakes of ours from those of inputs", () => {
  for (const error of [new TypeError(), new RangeError(), "text", undefined]) {
    assertEquals(isFault(error), true);
  }
  for (const error of [new Error(), new Deno.errors.NotFound()]) {
    assertEquals(isFault(error), false);
  }
});
