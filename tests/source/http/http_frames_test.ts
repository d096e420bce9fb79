import { assert, assertEquals, assertMatch } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { equals } from "@std/bytes/equals";
import { delay } from "@std/async/delay";
import type { FolderFrame } from "../../../src/encoding/file_frame.ts";
import {
  HttpFrames,
  type HttpFramesOptions,
} from "../../../src/source/http/http_frames.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { type RawCall, RawServer } from "../../support/http/odd_camera.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";

const JPEGS = [1, 2, 3, 4].map((i) => plainJpeg(16, 8, [60 * i, 10, 10]));
const PARTS = "Content-Type: multipart/x-mixed-replace;boundary=";
const OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

/** A reader of an address, and what it tells. */
class Reading {
  readonly stop = new AbortController();
  readonly told: string[] = [];
  unchanged = 0;
  dropped = 0;
  /** The pauses between tries. */
  readonly pauses: (number | undefined)[] = [];
  upstream: string[] = [];
  readonly #frames: HttpFrames;

  constructor(address: string, options: Partial<HttpFramesOptions> = {}) {
    this.#frames = new HttpFrames(address, {
      signal: this.stop.signal,
      onWarning: (message, milliseconds) => {
        this.told.push(message);
        this.pauses.push(milliseconds);
      },
      onUnchanged: () => this.unchanged++,
      onDrop: (count) => this.dropped += count,
      onUpstream: (ids) => this.upstream = ids,
      ...options,
    });
  }

  /** The first frames, or fewer if there are no more; undefined: ffmpeg's. */
  async take(count: number): Promise<FolderFrame[] | undefined> {
    const first = await this.#frames.open();
    if (first === undefined) return undefined;
    const taken: FolderFrame[] = [];
    for await (const frame of this.#frames.frames(first)) {
      taken.push(frame);
      if (taken.length >= count) break;
    }
    this.stop.abort();
    return taken;
  }

  /** Waits for a message. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.told.find((message) => pattern.test(message));
      if (found !== undefined) return found;
      await delay(10);
    }
  }
}

/** The numbers of the pictures; -1 for one that was not sent. */
function numbersOf(
  frames: FolderFrame[] | undefined,
  sent: Uint8Array[] = JPEGS,
): number[] {
  return (frames ?? []).map((frame) => {
    assert("picture" in frame);
    return sent.findIndex((jpeg) => equals(jpeg, frame.picture.bytes));
  });
}

interface Habit {
  head?: string;
  /** What stands before each picture. */
  before?: (jpeg: Uint8Array) => string;
  picture?: (jpeg: Uint8Array) => Uint8Array;
  after?: string;
}

function part(delimiter: string, newline = "\r\n") {
  return (jpeg: Uint8Array) =>
    [
      delimiter,
      "Content-Type: image/jpeg",
      `Content-Length: ${jpeg.length}`,
      newline,
    ].join(newline);
}

const uncounted = () => "--b\r\nContent-Type: image/jpeg\r\n\r\n";

/** How cameras answer, by what is odd. */
const HABITS: Record<string, Habit> = {
  "nothing": {},
  "HTTP/1.0": { head: `HTTP/1.0 200 OK\r\n${PARTS}b` },
  "dashes in the header": { head: `${OK}${PARTS}--b` },
  "dashes doubled": { head: `${OK}${PARTS}--b`, before: part("----b") },
  "another boundary": { head: `${OK}${PARTS}other` },
  "a quoted boundary": { head: `${OK}${PARTS}"b"` },
  "a boundary without dashes": { before: part("b") },
  "no type": { head: "HTTP/1.1 200 OK\r\nServer: cam" },
  "another type": { head: `${OK}Content-Type: application/octet-stream` },
  "text/html": { head: `${OK}Content-Type: text/html` },
  "no length": { before: uncounted },
  "LF only": { before: part("--b", "\n"), after: "\n" },
  "LF in the head, too": { head: `HTTP/1.0 200 OK\n${PARTS}b` },
  "text before each": {
    before: (jpeg) =>
      `--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n${part("--b")(jpeg)}`,
  },
  "an empty part before each": {
    before: (jpeg) => `--b\r\n\r\n\r\n${part("--b")(jpeg)}`,
  },
  "zeros behind each": {
    before: uncounted,
    picture: (jpeg) => concat([jpeg, new Uint8Array(99)]),
  },
  "no parts": {
    head: `${OK}Content-Type: image/jpeg`,
    before: () => "",
    after: "",
  },
};

async function sendPictures(call: RawCall, habit: Habit): Promise<void> {
  const {
    head = `${OK}${PARTS}b`,
    before = part("--b"),
    picture = (jpeg) => jpeg,
    after = "\r\n",
  } = habit;
  const newline = head.includes("\r") ? "\r\n" : "\n";
  await call.send(head, newline, newline);
  for (const jpeg of JPEGS) {
    await call.send(before(jpeg), picture(jpeg), after);
  }
  // The last one may wait for what comes behind it.
  await call.send(before(JPEGS[0]));
}

for (const [name, habit] of Object.entries(HABITS)) {
  Deno.test(`HttpFrames takes each JPEG of a camera with odd habits: ${name}`, async () => {
    await using camera = new RawServer((call) => sendPictures(call, habit));
    const reading = new Reading(camera.address);
    assertEquals(numbersOf(await reading.take(4)), [0, 1, 2, 3]);
    assertEquals(reading.dropped, 0);
  });
}

Deno.test("HttpFrames takes JPEGs without an end marker", async () => {
  await using camera = new RawServer((call) =>
    sendPictures(call, {
      before: uncounted,
      picture: (jpeg) => jpeg.subarray(0, -2),
    })
  );
  const sent = JPEGS.map((jpeg) => jpeg.subarray(0, -2));
  const taken = await new Reading(camera.address).take(3);
  assertEquals(numbersOf(taken, sent), [0, 1, 2]);
});

Deno.test("HttpFrames heeds lengths until one is wrong", async () => {
  const before = () => "--b\r\nContent-Length: 7\r\n\r\n";
  await using camera = new RawServer((call) => sendPictures(call, { before }));
  const taken = await new Reading(camera.address).take(2);
  assertEquals(numbersOf(taken), [1, 2]);
});

Deno.test("HttpFrames asks again when a camera breaks off, and says why", async () => {
  let calls = 0;
  await using camera = new RawServer((call) =>
    ++calls % 2 === 0
      ? call.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
      : sendPictures(call, {})
  );
  const reading = new Reading(camera.address.replace("://", "://u:secret@"));
  const numbers = numbersOf(await reading.take(8));
  assertEquals(numbers, [0, 1, 2, 3, 0, 1, 2, 3]);
  const shown = camera.address;
  assertEquals(
    new Set(reading.told),
    new Set([
      `${shown}: the stream has ended; trying again`,
      `${shown}: it answers 503 Service Unavailable; trying again`,
    ]),
  );
});

Deno.test("HttpFrames leaves a server alone for as long as it asks for", async () => {
  const soon = new Date(Date.now() + 400_000).toUTCString();
  const asked: [header: string, atLeast: number, atMost: number][] = [
    ["1", 1000, 1000],
    ["90", 90_000, 90_000],
    [soon, 300_000, 400_000],
    ["99999999", 600_000, 600_000],
    ["-5", 0, 999],
    ["tomorrow", 0, 999],
  ];
  for (const [header, atLeast, atMost] of asked) {
    let calls = 0;
    await using camera = new RawServer((call) =>
      calls++ === 0
        ? call.send(
          "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n",
          `Retry-After: ${header}\r\n\r\n`,
        )
        : sendPictures(call, {})
    );
    const reading = new Reading(camera.address), taken = reading.take(1);
    await reading.until(/trying again/);
    const [pause = 0] = reading.pauses;
    assert(pause >= atLeast && pause <= atMost, `${header}: ${pause}`);
    if (atMost > 1000) reading.stop.abort();
    else assertEquals(numbersOf(await taken), [0]);
    await taken;
  }
});

Deno.test("HttpFrames asks for a single picture again and again", async () => {
  const answers = [
    { jpeg: JPEGS[0], etag: '"1"' },
    { jpeg: JPEGS[0], etag: '"1"' },
    { jpeg: JPEGS[0], etag: '"2"' },
    { jpeg: JPEGS[1], etag: '"3"' },
    { jpeg: JPEGS[2], etag: '"4"' },
  ];
  let asked = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    ({ headers }) => {
      const { jpeg, etag } = answers[Math.min(asked++, answers.length - 1)];
      return headers.get("if-none-match") === etag
        ? new Response(null, { status: 304 })
        : new Response(jpeg.slice(), { headers: { etag } });
    },
  );
  const address = `http://127.0.0.1:${server.addr.port}/snapshot.jpg`;
  const reading = new Reading(address, { framesPerSecond: 50 });
  assertEquals(numbersOf(await reading.take(3)), [0, 1, 2]);
  assertEquals(reading.unchanged, 2, "by its tag, and by its bytes");
  await server.shutdown();
});

Deno.test("HttpFrames drops what comes too soon", async () => {
  await using camera = new RawServer((call) => sendPictures(call, {}));
  const reading = new Reading(camera.address, { framesPerSecond: 0.01 });
  const taken = reading.take(2);
  await reading.until(/ended/);
  reading.stop.abort();
  assertEquals((await taken)?.length, 1);
  assert(reading.dropped >= 3);
});

const ONE = image({ width: 4, height: 3 });

Deno.test("HttpFrames takes an endless GIF as it comes, and again when it ends", async () => {
  await using server = new RawServer(async (call) => {
    await call.send(OK, "Content-Type: image/gif\r\n\r\n");
    await call.send(header(4, 3), ONE);
    await delay(300);
    await call.send(bytes(ONE, TRAILER));
  });
  const frames = await new Reading(server.address).take(5);
  const standalone = frames?.map((one) =>
    "frame" in one && one.frame.standalone
  );
  assertEquals(standalone, [true, false, true, false, true]);
});

Deno.test("HttpFrames plays a GIF that ends at its own pace, once or for ever", async () => {
  const gif = bytes(header(4, 3), ONE, ONE, ONE, TRAILER);
  const head = `${OK}Content-Length: ${gif.length}\r\n\r\n`;
  await using server = new RawServer((call) => call.send(head, gif));
  const once = await new Reading(server.address).take(9);
  assertEquals(once?.length, 3);
  const times = once!.map(({ timestampMilliseconds }) => timestampMilliseconds);
  assert(times[2] - times[0] > 150, `browsers take 100 ms each: ${times}`);
  const looped = await new Reading(server.address, { loop: true }).take(7);
  assertEquals(looped?.length, 7);
  assertEquals(server.calls.length, 2);
});

Deno.test("HttpFrames leaves videos, playlists and odd HTTP to ffmpeg", async () => {
  const bodies = [
    bytes([0, 0, 0, 0x18], "ftypisom", [0, 0, 2, 0]),
    bytes("#EXTM3U\n#EXT-X-VERSION:3\n"),
    bytes([0x47, 0x40, 0, 0x10, 0, 0]),
  ];
  for (const body of bodies) {
    await using server = new RawServer((call) => call.send(OK, "\r\n", body));
    assertEquals(await new Reading(server.address).take(1), undefined);
  }
  await using server = new RawServer((call) => call.send("ICY 200 OK\r\n\r\n"));
  assertEquals(await new Reading(server.address).take(1), undefined);
});

Deno.test("HttpFrames says what a server answers that is no picture", async () => {
  const answers: [string, RegExp][] = [
    [
      `${OK}Content-Type: text/html\r\n\r\n<html>Log in`,
      /with text \(text\/html\)/,
    ],
    [`${OK}Content-Type: image/jpeg\r\n\r\n`, /without any bytes/],
    ["HTTP/1.1 404 Not Found\r\n\r\n", /answers 404 Not Found/],
    ["HTTP/1.1 401 No\r\n\r\n", /a user and a password in the address/],
    [`${OK}Content-Encoding: br\r\n\r\nx`, /coded by br/],
  ];
  for (const [answer, pattern] of answers) {
    await using server = new RawServer((call) => call.send(answer));
    const reading = new Reading(`${server.address}/a/b?c=s3cret`);
    const taken = reading.take(1);
    const message = await reading.until(pattern);
    assertMatch(
      message,
      /^http:\/\/127\.0\.0\.1:\d+\/\.\.\.: .*; trying again$/,
    );
    reading.stop.abort();
    assertEquals(await taken, undefined);
  }
});

Deno.test("HttpFrames takes nothing that comes through its own channel", async () => {
  const head = `${OK}Via: 1.1 gifstream-a, 1.0 proxy (x), 1.1 gifstream-b\r\n`;
  await using camera = new RawServer((call) =>
    sendPictures(call, { head: `${head}${PARTS}b` })
  );
  const other = new Reading(camera.address, { channelId: "gifstream-c" });
  assertEquals((await other.take(1))?.length, 1);
  assertEquals(other.upstream, ["gifstream-a", "gifstream-b"]);
  const own = new Reading(camera.address, { channelId: "gifstream-a" });
  const taken = own.take(1);
  await own.until(/this very channel/);
  own.stop.abort();
  assertEquals(await taken, undefined);
});

Deno.test("HttpFrames bounds the bytes of a picture", async () => {
  await using camera = new RawServer(async (call) => {
    await call.send(OK, "\r\n", JPEGS[0].subarray(0, -2));
    for (;;) await call.send(new Uint8Array(65_536).fill(0x55));
  });
  const reading = new Reading(camera.address, { maxFrameBytes: 1_000_000 });
  const taken = reading.take(1);
  await reading.until(/expected at most 1000000 bytes, found more/);
  reading.stop.abort();
  assertEquals(await taken, []);
});

Deno.test("HttpFrames ends at once by its signal, whatever it waits for", async () => {
  const heads = ["", OK, `${OK}${PARTS}b\r\n\r\n--b\r\n\r\n`];
  for (const head of heads) {
    const came = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    await using server = new RawServer(async (call) => {
      await call.send(head);
      came.resolve();
      await left.promise;
    });
    const reading = new Reading(server.address);
    const taken = reading.take(1);
    await came.promise;
    reading.stop.abort();
    await taken;
    left.resolve();
  }
});
