import { assert, assertEquals, assertRejects } from "@std/assert";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { Faults } from "../../src/log/faults.ts";
import {
  PAST_VERSION,
  type PastRequest,
} from "../../src/past/past_messages.ts";
import { PastBusyError } from "../../src/past/past_busy_error.ts";
import { PastThread } from "../../src/past/past_thread.ts";
import { PastService } from "../../src/past/past_worker.ts";
import { colorFrame } from "../support/gif/color_frame.ts";

const SCREEN = { width: 8, height: 4 };
const BOUNDS = { seconds: 10, maxBytes: 1e6 };

/** A part that paints everything, or only a corner. */
function part(red: number, keyframe = true) {
  const frame = colorFrame(keyframe ? 8 : 2, keyframe ? 4 : 2, [red, 0, 0]);
  frame.screen = SCREEN;
  frame.standalone = false;
  return framePart(frame);
}

/** A past, and what it has told. */
class Told {
  readonly lost: string[] = [];
  readonly faults: string[] = [];
  readonly past: PastThread;

  constructor(options: { timeoutMilliseconds?: number } = {}) {
    this.past = new PastThread({
      bounds: BOUNDS,
      faults: new Faults((kind) => this.faults.push(kind)),
      onLost: (message) => this.lost.push(message),
      ...options,
    });
  }
}

Deno.test("PastThread answers about the parts that were sent by then", async () => {
  const { past, lost } = new Told();
  assertEquals(await past.ask("still", {}), undefined);
  past.begin(SCREEN);
  past.push(part(10), 0, 1000);
  past.push(part(20, false), 1, 2000);
  const before = past.ask("still", { timeMilliseconds: 1500 });
  const opening = past.ask("opening", { seconds: 0, maxBytes: 1e6 });
  past.push(part(30, false), 2, 3000);
  const reds = [...decodeGif((await before)!)].map(({ pixels }) => pixels[0]);
  assertEquals(reds, [10]);
  const { chunks, number } = (await opening)!;
  assertEquals(chunks.length, 1);
  assert(number === 1 || number === 2, `${number}`);
  assertEquals(await past.ask("start", undefined), 1000);
  const picture = (await past.ask("picture", {}))!;
  assertEquals(picture.rgba[0], 30);
  past.close();
  assertEquals(await past.ask("still", {}), undefined);
  assertEquals(lost, []);
});

Deno.test("PastThread goes on after a part that cannot be drawn", async () => {
  const { past, lost, faults } = new Told();
  past.begin(SCREEN);
  past.push({ bytes: Uint8Array.of(0x99), keyframe: false }, 0, 0);
  await assertRejects(
    () => past.ask("picture", {}),
    Error,
    "expected a block label",
  );
  assertEquals(faults, ["worker"]);
  assertEquals(lost.length, 1);
  past.push(part(50), 1, 1);
  assertEquals((await past.ask("picture", {}))?.rgba[0], 50);
  past.close();
});

Deno.test("PastThread replaces a thread that takes too long", async () => {
  const { past, lost, faults } = new Told({ timeoutMilliseconds: 1 });
  past.begin(SCREEN);
  past.push(part(10), 0, 0);
  await assertRejects(() => past.ask("picture", {}), Error, "takes longer");
  assertEquals(faults, ["worker"]);
  assertEquals(lost, [
    "The past is lost: Cannot keep the past: it takes longer than 0.001 s",
  ]);
  past.close();
});

Deno.test("PastThread bounds what waits for its thread", async () => {
  const { past, lost } = new Told();
  past.begin(SCREEN);
  const large = { bytes: new Uint8Array(2 ** 23), keyframe: false };
  past.push(large, 0, 0);
  let isReady = false;
  past.ready.then(() => isReady = true);
  await Promise.resolve();
  assert(!isReady, "a source should wait by now");
  for (let i = 1; i < 5; i++) past.push(large, i, 0);
  assertEquals(lost, [
    "The past is lost: parts come faster than they are drawn",
  ]);
  await past.ready;
  past.close();
});

Deno.test("PastService refuses messages of another version", () => {
  const service = new PastService();
  const request = {
    version: PAST_VERSION + 1,
    bounds: BOUNDS,
    steps: new Float64Array(0),
    bytes: new Uint8Array(0),
  } as unknown as PastRequest;
  const { data } = service.answer(request);
  assert("error" in data);
  assertEquals(
    data.error,
    "Cannot keep the past: expected messages of version 3, found 4",
  );
});

Deno.test("PastThread bounds the questions that wait, but for those who enter", async () => {
  const { past } = new Told();
  past.begin(SCREEN);
  past.push(part(10), 0, 0);
  const questions = Array.from({ length: 40 }, () => past.ask("picture", {}));
  const opening = past.ask("opening", { seconds: 0, maxBytes: 1e6 });
  const settled = await Promise.allSettled(questions);
  const refused = settled.filter(({ status }) => status === "rejected");
  // One is being answered, and 32 wait.
  assertEquals(refused.length, 7);
  const [{ reason }] = refused as PromiseRejectedResult[];
  assert(reason instanceof PastBusyError);
  assertEquals((await opening)?.number, 0);
  past.close();
});
