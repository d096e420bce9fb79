import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../src/channel/channel.ts";
import { indexedFrame } from "../../src/gif/write/indexed_frame.ts";
import { Faults } from "../../src/log/faults.ts";
import type { PictureForm } from "../../src/picture/picture_form.ts";
import type {
  PictureSeries,
  StreamPicture,
} from "../../src/picture/picture_series.ts";
import { Pictures } from "../../src/picture/pictures.ts";
import { until } from "../support/browser/until.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { readPng } from "../support/image/read_png.ts";
import { failingWorkers } from "../support/program/failing_workers.ts";
import { publishFrame } from "../../src/ingest/publish_frame.ts";

const PNG: PictureForm = { format: "png" };
const SIDE = 32;

/** Draws a random rectangle of random colors over the picture. */
function publishChange(channel: Channel): void {
  const random = (limit: number) => Math.floor(Math.random() * limit);
  const width = 1 + random(SIDE), height = 1 + random(SIDE);
  const pixels = new Uint8Array(width * height).map(() => random(4));
  const colors = new Uint8Array(12).map(() => random(4) * 60);
  const frame = indexedFrame({ width, height }, pixels, colors);
  frame.screen = { width: SIDE, height: SIDE };
  frame.standalone = false;
  frame.image.left = random(SIDE - width + 1);
  frame.image.top = random(SIDE - height + 1);
  publishFrame(channel, frame);
}

function rgbaOf(png: Uint8Array): number[] {
  return readPng(png).data;
}

/** The pictures of a series as they come. */
class Collector {
  readonly pictures: StreamPicture[] = [];
  ended = false;
  readonly leave: () => void;
  #wake = () => {};

  constructor(series: PictureSeries) {
    this.leave = series.follow({
      picture: (picture) => {
        this.pictures.push(picture);
        this.#wake();
      },
      end: () => {
        this.ended = true;
        this.#wake();
      },
    });
  }

  async until(reached: () => boolean): Promise<void> {
    while (!reached()) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }
}

function newChannel(): Channel {
  const channel = new Channel();
  publishFrame(channel, colorFrame(SIDE, SIDE, [250, 0, 0]));
  return channel;
}

Deno.test("PictureSeries shows what viewers see of changes", async () => {
  const channel = newChannel(), pictures = new Pictures();
  publishChange(channel);
  const series = pictures.series(channel, { form: PNG })!;
  const collector = new Collector(series);
  const expected = new Map<number, number[]>();
  for (let i = 0; i < 20; i++) {
    const { length } = collector.pictures;
    publishChange(channel);
    const { rgba, timeMilliseconds } = (await channel.past.picture())!;
    expected.set(timeMilliseconds, [...rgba]);
    if (i % 3 === 0) {
      await collector.until(() => collector.pictures.length > length);
    }
  }
  channel.close();
  await collector.until(() => collector.ended);
  assertEquals(
    collector.pictures.at(-1)!.timeMilliseconds,
    [...expected.keys()].at(-1),
    "the last picture comes before the end",
  );
  for (const { bytes, timeMilliseconds } of collector.pictures) {
    const rgba = expected.get(timeMilliseconds);
    if (rgba !== undefined) assertEquals(rgbaOf(bytes), rgba);
  }
});

Deno.test("PictureSeries goes on when it lacks parts, or the size changes", async () => {
  const channel = newChannel(), pictures = new Pictures();
  const series = pictures.series(channel, { form: PNG })!;
  const collector = new Collector(series);
  await collector.until(() => collector.pictures.length === 1);
  const newest = async () => {
    const { rgba, timeMilliseconds } = (await channel.past.picture())!;
    await collector.until(() =>
      collector.pictures.at(-1)!.timeMilliseconds === timeMilliseconds
    );
    assertEquals(rgbaOf(collector.pictures.at(-1)!.bytes), [...rgba]);
  };
  // More than it keeps for the thread, which has no turn in between.
  for (let i = 0; i < 150; i++) publishChange(channel);
  await newest();
  publishFrame(channel, colorFrame(SIDE / 2, SIDE, [0, 250, 0]));
  await newest();
  assertEquals(collector.pictures.at(-1)!.width, SIDE / 2);
  collector.leave();
  channel.close();
});

Deno.test("PictureSeries waits for the next part when no thread can be had", async () => {
  const channel = newChannel(), pictures = new Pictures(new Faults(() => {}));
  {
    using _failing = failingWorkers(1);
    const collector = new Collector(pictures.series(channel, { form: PNG })!);
    await until("the breakdown", () => pictures.stats.errors > 0);
    publishChange(channel);
    await delay(10);
    // Each try would be one, and nothing else would have a turn meanwhile.
    assertLess(pictures.stats.errors, 5);
    collector.leave();
  }
  channel.close();
});

Deno.test("PictureSeries makes no more pictures a second than are wanted", async () => {
  const channel = newChannel(), pictures = new Pictures();
  const options = { form: PNG, framesPerSecond: 0.01 };
  const collector = new Collector(pictures.series(channel, options)!);
  await collector.until(() => collector.pictures.length === 1);
  const every = new Collector(pictures.series(channel, { form: PNG })!);
  for (let i = 1; i <= 3; i++) {
    await every.until(() => every.pictures.length >= i);
    publishChange(channel);
  }
  assertEquals(collector.pictures.length, 1);
  channel.close();
  await collector.until(() => collector.ended);
  assertEquals(collector.pictures.length, 2, "the first and the last");
});

Deno.test("Pictures makes what is asked for twice once, and counts", async () => {
  const channel = newChannel(), pictures = new Pictures();
  assertEquals(
    pictures.series(channel, { form: PNG }),
    pictures.series(channel, { form: PNG }),
  );
  const of = channel.newestInfo!;
  const draw = async () => {
    const { rgba, width, height } = (await channel.past.picture())!;
    return { screen: { width, height }, parts: [], pixels: rgba };
  };
  const two = await Promise.all([
    pictures.make(channel, of, { format: "jpeg" }, draw),
    pictures.make(channel, of, { format: "jpeg" }, draw),
  ]);
  assert(two[0] === two[1]);
  const broken = () =>
    Promise.resolve({
      screen: { width: 2, height: 2 },
      parts: [Uint8Array.of(0x99)],
    });
  await assertRejects(
    () => pictures.make(channel, {}, PNG, broken),
    Error,
    "expected a block label",
  );
  const { pictures: made, errors } = pictures.stats;
  assertEquals([made, errors], [2, 1]);
  channel.close();
});

Deno.test("Pictures works without a thread where it may have none", async () => {
  const script = `
    import { Pictures } from "./src/picture/pictures.ts";
    import { Channel } from "./src/channel/channel.ts";
    const pictures = new Pictures(), channel = new Channel();
    const draw = () => ({
      screen: { width: 2, height: 2 },
      parts: [],
      pixels: new Uint8ClampedArray(16).fill(255),
    });
    const { bytes } = await pictures.make(channel, {}, { format: "png" }, draw);
    console.log(bytes.length > 50);
    channel.close();`;
  const child = new Deno.Command(Deno.execPath(), {
    // No permission to read, which a thread's module takes.
    args: ["run", "--quiet", "--no-prompt", "-"],
    cwd: new URL("../..", import.meta.url),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ code, stdout, stderr }] = await Promise.all([
    child.output(),
    new Blob([script]).stream().pipeTo(child.stdin),
  ]);
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  assertEquals(new TextDecoder().decode(stdout), "true\n");
});
