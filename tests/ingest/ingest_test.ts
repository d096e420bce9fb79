import { assert, assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { encode } from "jpeg-js";
import { Channel } from "../../src/channel/channel.ts";
import { Channels } from "../../src/channel/channels.ts";
import { IntakeError } from "../../src/channel/intake.ts";
import type { Part } from "../../src/gif/write/frame_part.ts";
import { Ingest, type IngestOptions } from "../../src/ingest/ingest.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../support/gif/gif_bytes.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** A body that goes on when the test says so. */
class Sender {
  readonly body: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  /** Why nobody reads it any more. */
  readonly canceled = Promise.withResolvers<unknown>();

  constructor(...chunks: Uint8Array[]) {
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
        this.send(...chunks);
      },
      cancel: (reason) => this.canceled.resolve(reason),
    });
  }

  send(...chunks: Uint8Array[]): void {
    for (const chunk of chunks) this.#controller.enqueue(chunk.slice());
  }

  end(): void {
    this.#controller.close();
  }

  break(): void {
    this.#controller.error(new Error("connection reset"));
  }
}

function bodyOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  const sender = new Sender(...chunks);
  sender.end();
  return sender.body;
}

async function withIngest(
  options: IngestOptions,
  use: (ingest: Ingest, channels: Channels) => Promise<void>,
): Promise<void> {
  const channels = new Channels([new Channel()]);
  await using ingest = new Ingest(channels, options);
  await use(ingest, channels);
  channels.close();
}

async function assertProblem(
  problem: IntakeError["problem"],
  received: Promise<unknown>,
): Promise<void> {
  const error = await assertRejects(() => received, IntakeError);
  assertEquals(error.problem, problem, error.message);
}

/** A JPEG of 64x48 with a square in a corner. */
function encodeSquare(side: number): Uint8Array<ArrayBuffer> {
  const width = 64, height = 48;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < side; y++) {
    data.fill(0, 4 * y * width, 4 * (y * width + side));
  }
  return Uint8Array.from(encode({ data, width, height }, 95).data);
}

/** The next part of a channel. */
function nextPart(channel: Channel): Promise<Part> {
  const { promise, resolve } = Promise.withResolvers<Part>();
  const end = channel.follow({ part: (part) => (end(), resolve(part)) });
  return promise;
}

Deno.test("Ingest removes a channel that it made when nothing comes", () =>
  withIngest({
    idleSeconds: 0.5,
    makeChannel: (name) => new Channel({ name }),
  }, async (ingest, channels) => {
    const removed = Promise.withResolvers<Channel>();
    channels.follow({ removed: removed.resolve });
    assertEquals((await ingest.receive("door", bodyOf(GIF))).frames, 1);
    const viewer = channels.get("door")!.view();
    assertEquals((await ingest.receive("live", bodyOf(GIF))).frames, 1);
    assertEquals((await removed.promise).name, "door");
    assertEquals((await new Response(viewer).bytes()).at(-1), TRAILER);
    assertEquals([...channels].map(({ name }) => name), ["live"]);
  }));

Deno.test("Ingest cuts off who sends to a channel that is removed", () =>
  withIngest({
    idleSeconds: 60,
    makeChannel: (name) => new Channel({ name }),
  }, async (ingest, channels) => {
    const sender = new Sender(GIF);
    const received = ingest.receive("door", sender.body);
    while (channels.get("door") === undefined) await delay(1);
    channels.remove("door");
    await assertProblem("no-channel", received);
    assert(await sender.canceled.promise instanceof IntakeError);
  }));

Deno.test("Ingest makes no channel for what is no frame", () =>
  withIngest({
    makeChannel: (name) => new Channel({ name }),
  }, async (ingest, channels) => {
    const zip = bytes("PK and so on");
    await assertProblem("unknown-kind", ingest.receive("door", bodyOf(zip)));
    await assertProblem("broken", ingest.receive("door", bodyOf()));
    const cut = GIF.slice(0, -4);
    await assertProblem("broken", ingest.receive("door", bodyOf(cut)));
    assertEquals(channels.size, 1);
  }));

Deno.test("Ingest cuts off who says nothing, and who is cut off", () =>
  withIngest({ idleSeconds: 0.05 }, async (ingest, channels) => {
    const silent = new Sender(GIF);
    await assertProblem("silent", ingest.receive("live", silent.body));
    assert(await silent.canceled.promise instanceof IntakeError);
    const broken = new Sender(GIF);
    const received = ingest.receive("live", broken.body);
    while (channels.first!.status().frames < 2) await delay(1);
    broken.break();
    await assertProblem("cut-off", received);
  }));

Deno.test("Ingest lets one take the place of who fell silent", () =>
  withIngest({ idleSeconds: 3 }, async (ingest, channels) => {
    const silent = new Sender(GIF, GIF);
    const received = assertProblem(
      "taken",
      ingest.receive("live", silent.body),
    );
    while (channels.first!.status().frames < 2) await delay(1);
    await assertProblem("taken", ingest.receive("live", bodyOf(GIF)));
    for (;;) {
      try {
        const { frames } = await ingest.receive("live", bodyOf(GIF));
        assertEquals(frames, 1);
        break;
      } catch (error) {
        if (!(error instanceof IntakeError)) throw error;
        await delay(20);
      }
    }
    await received;
  }));

Deno.test("Ingest lets single frames of many senders alternate", () =>
  withIngest({}, async (ingest, channels) => {
    const slow = new Sender(GIF.slice(0, 20));
    const received = ingest.receive("live", slow.body);
    assertEquals((await ingest.receive("live", bodyOf(GIF))).frames, 1);
    slow.send(GIF.slice(20));
    slow.end();
    assertEquals((await received).frames, 1);
    assertEquals(channels.first!.status().frames, 2);
    const many = Array.from({ length: 9 }, () => new Sender(GIF.slice(0, 20)));
    const problems = many.slice(0, 8).map(({ body }) =>
      assertProblem("broken", ingest.receive("live", body))
    );
    await assertProblem("full", ingest.receive("live", many[8].body));
    for (const sender of many) sender.end();
    await Promise.all(problems);
  }));

Deno.test("Ingest encodes what changed since the picture before", () =>
  withIngest({}, async (ingest, channels) => {
    const channel = channels.first!;
    const needNoGif = channel.gif.need();
    const send = async (...files: Uint8Array[]) => {
      const part = nextPart(channel);
      await ingest.receive("live", bodyOf(...files));
      return await part;
    };
    const first = await send(encodeSquare(0));
    const second = await send(encodeSquare(16));
    assert(first.keyframe);
    assert(!second.keyframe);
    await send(GIF);
    assert((await send(encodeSquare(32))).keyframe);
    assertEquals(channel.screen, { width: 64, height: 48 });
    needNoGif();
  }));

Deno.test("Ingest counts pictures that cannot be decoded", () =>
  withIngest({}, async (ingest) => {
    const good = plainJpeg(32, 16, [0, 200, 0]);
    const bad = good.slice();
    // The type of a frame that is not read: lossless.
    bad[bad.findIndex((byte, i) => byte === 0xff && bad[i + 1] === 0xc0) + 1] =
      0xc3;
    const counts = await ingest.receive("live", bodyOf(good, bad));
    assertEquals({ ...counts, problem: "" }, {
      frames: 1,
      refused: 1,
      problem: "",
    });
    await assertProblem("broken", ingest.receive("live", bodyOf(bad)));
  }));

Deno.test("Ingest lets two senders stream into two channels", () =>
  withIngest({
    makeChannel: (name) => new Channel({ name }),
  }, async (ingest, channels) => {
    const senders = ["live", "door"].map((name) => {
      const sender = new Sender(GIF);
      return { name, sender, received: ingest.receive(name, sender.body) };
    });
    for (let i = 0; i < 50; i++) {
      for (const { sender } of senders) sender.send(GIF);
      await delay(1);
    }
    for (const { name, sender, received } of senders) {
      sender.end();
      assertEquals(await received, { frames: 51, refused: 0 });
      assertEquals(channels.get(name)?.status().frames, 51);
    }
  }));

Deno.test("Ingest refuses what browsers could not show, and counts it", () =>
  withIngest({}, async (ingest, channels) => {
    const indices = new Uint8Array(5);
    const bad = image({ width: 4, height: 3, indices });
    const body = bodyOf(GIF, bytes(header(4, 3), bad, TRAILER), GIF);
    const counts = await ingest.receive("live", body);
    assertEquals([counts.frames, counts.refused], [2, 1]);
    assert(/^Cannot show image: expected 12 pixels/.test(counts.problem!));
    assertEquals(channels.first!.status().refusedFrames, 1);
  }));

Deno.test("Ingest keeps the delay that a channel has for its frames", async () => {
  for (
    const [delayCentiseconds, expected] of [
      [undefined, 2],
      ["source", 7],
      [9, 9],
    ] as const
  ) {
    const channel = new Channel({ delayCentiseconds });
    const channels = new Channels([channel]);
    await using ingest = new Ingest(channels);
    const control = graphicControl({ delayCentiseconds: 7 });
    const whole = image({ width: 4, height: 3 });
    const gif = bytes(header(4, 3), control, whole, TRAILER);
    await ingest.receive("live", bodyOf(gif));
    assertEquals((await channel.keyframe())?.bytes[4], expected);
    channels.close();
  }
});

Deno.test("Ingest gives up a thread that is stuck, and starts another", async () => {
  const faults: string[] = [];
  await withIngest({
    // Longer than a thread takes to start, shorter than the body takes.
    deadlineMilliseconds: 1500,
    onFault: (kind, error) => faults.push(`${kind}: ${error}`),
  }, async (ingest, channels) => {
    assertEquals((await ingest.receive("live", bodyOf(GIF))).frames, 1);
    const { Worker } = globalThis;
    // Nothing that is sent from now on reaches a thread.
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = () => {};
    const sender = new Sender(GIF);
    try {
      await assertProblem("broken", ingest.receive("live", sender.body));
    } finally {
      Worker.prototype.postMessage = postMessage;
    }
    assert(await sender.canceled.promise instanceof IntakeError);
    assertEquals(faults, [
      "worker: LostThreadError: Cannot take frames: its thread has not " +
      "answered for 1.5 s",
    ]);
    assert(/has not answered/.test(channels.first!.source.message!));
    assertEquals((await ingest.receive("live", bodyOf(GIF))).frames, 1);
  });
});

Deno.test("Ingest begins with no more names than there may be channels", () =>
  withIngest({
    maxChannels: 2,
    makeChannel: (name) => new Channel({ name }),
  }, async (ingest, channels) => {
    const senders = ["one", "two"].map((name) => {
      const sender = new Sender(GIF.subarray(0, 20));
      return { sender, received: ingest.receive(name, sender.body) };
    });
    await assertProblem("full", ingest.receive("three", bodyOf(GIF)));
    for (const { sender } of senders) {
      sender.send(GIF.subarray(20));
      sender.end();
    }
    for (const { received } of senders) {
      assertEquals((await received).frames, 1);
    }
    assertEquals([...channels].map(({ name }) => name), ["live", "one", "two"]);
  }));
