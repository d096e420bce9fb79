import { assert, assertEquals } from "@std/assert";
import { type Enter, Entrance } from "../../src/channel/entrance.ts";
import type { Opening, PastQuestions } from "../../src/past/past_messages.ts";
import type { PastThread } from "../../src/past/past_thread.ts";
import { bytes } from "../support/gif/gif_bytes.ts";

/** A thread that answers when the test says so. */
class SlowPast {
  readonly asked: PastQuestions["opening"][0][] = [];
  readonly #answers: ((opening: Opening | undefined) => void)[] = [];

  ask(_kind: "opening", about: PastQuestions["opening"][0]) {
    this.asked.push(about);
    return new Promise<Opening | undefined>((resolve) =>
      this.#answers.push(resolve)
    );
  }

  /** Answers the oldest question; the keyframe shows all parts up to a number. */
  async answer(number: number, ...after: string[]): Promise<void> {
    const chunks = [`[${number}]`, ...after].map((text) => bytes(text));
    this.#answers.shift()!({ chunks, number });
    await Promise.resolve();
    await Promise.resolve();
  }

  async fail(): Promise<void> {
    this.#answers.shift()!(undefined);
    await Promise.resolve();
    await Promise.resolve();
  }
}

/** An entrance, and who has come in by it. */
class Stream {
  readonly past = new SlowPast();
  readonly entered: string[] = [];
  keyframes = 0;
  #number = 0;
  readonly entrance = new Entrance({
    past: this.past as unknown as PastThread,
    backlogSeconds: 0,
    maxBacklogBytes: 1e6,
    onKeyframe: () => this.keyframes++,
  });

  send(keyframe: boolean, size = 0): void {
    const number = this.#number++, text = `${number}`.padEnd(size, ".");
    this.entrance.note({ bytes: bytes(text), keyframe }, number);
    this.entrance.open(number === 0);
  }

  enter(name: string, seconds?: number) {
    return this.entrance.enter(this.#noting(name), seconds);
  }

  enterAfresh(name: string) {
    return this.entrance.enterAfresh(this.#noting(name));
  }

  #noting(name: string): Enter {
    return (chunks, number) => {
      const text = chunks.map((chunk) => new TextDecoder().decode(chunk));
      this.entered.push(`${name}: ${text.join(" ")} as of ${number}`);
    };
  }
}

Deno.test("Entrance lets in at once by a part that is a keyframe", () => {
  const stream = new Stream();
  stream.enter("early");
  stream.send(true);
  stream.send(true);
  assertEquals(stream.enter("late"), undefined);
  assertEquals(stream.entered, ["early: 0 as of 0", "late: 1 as of 1"]);
  assertEquals(stream.past.asked, []);
});

Deno.test("Entrance asks once for all who wait, and adds the parts since", async () => {
  const stream = new Stream();
  for (const keyframe of [true, false, false]) stream.send(keyframe, 1);
  // More than the keyframe has: it is not sent along any more.
  stream.send(false, 9);
  const leave = stream.enter("gone")!;
  stream.enter("one");
  stream.enter("two");
  leave();
  for (let i = 0; i < 2; i++) stream.send(false);
  assertEquals(stream.past.asked.length, 1);
  await stream.past.answer(4);
  const expected = "[4] 5 as of 5";
  assertEquals(stream.entered, [`one: ${expected}`, `two: ${expected}`]);
  assertEquals(stream.keyframes, 1);
  // The keyframe serves the next, too.
  assertEquals(stream.enter("three"), undefined);
  assertEquals(stream.entered.at(-1), `three: ${expected}`);
});

Deno.test("Entrance never takes back the picture of who enters afresh", async () => {
  const stream = new Stream();
  stream.send(true);
  assertEquals(stream.enterAfresh("at a keyframe"), undefined);
  stream.send(false);
  // The keyframe before this part would do for a viewer who is new.
  assertEquals(stream.enter("new"), undefined);
  stream.enterAfresh("one");
  stream.send(false);
  // The answer to the question before does not show the newest part.
  stream.enterAfresh("two");
  const leave = stream.enterAfresh("gone")!;
  leave();
  stream.send(false);
  assertEquals(stream.past.asked.length, 3);
  await stream.past.answer(1);
  await stream.past.answer(2);
  stream.enterAfresh("three");
  stream.send(true);
  assertEquals(stream.entered, [
    "at a keyframe: 0 as of 0",
    "new: 0 1 as of 1",
    "one: [1] 23 as of 3",
    "two: [2] 3 as of 3",
    "three: 4 as of 4",
  ]);
});

Deno.test("Entrance needs no answer once a keyframe has come", async () => {
  const stream = new Stream();
  stream.send(true, 1);
  stream.send(false, 9);
  stream.enter("one");
  stream.send(true);
  assertEquals(stream.entered, ["one: 2 as of 2"]);
  await stream.past.answer(1);
  assertEquals(stream.entered.length, 1);
});

Deno.test("Entrance asks again when it fails, and when too much came meanwhile", async () => {
  const stream = new Stream();
  stream.send(true, 1);
  stream.send(false, 9);
  stream.enter("one");
  await stream.past.fail();
  assertEquals(stream.past.asked.length, 1);
  stream.send(false);
  assertEquals(stream.past.asked.length, 2);
  // More than is kept for those who wait.
  for (let i = 0; i < 3; i++) stream.send(false, 2 ** 24);
  await stream.past.answer(2);
  assertEquals(stream.entered, []);
  stream.send(false);
  assertEquals(stream.past.asked.length, 3);
  await stream.past.answer(6);
  assertEquals(stream.entered, ["one: [6] as of 6"]);
});

Deno.test("Entrance gives each backlog by itself", async () => {
  const stream = new Stream();
  for (let i = 0; i < 3; i++) stream.send(true);
  stream.enter("plain", 0);
  stream.enter("ten", 10);
  stream.enter("too", 10);
  stream.send(true);
  assertEquals(stream.past.asked, [{ seconds: 10, maxBytes: 1e6 }]);
  await stream.past.answer(2, "+");
  assertEquals(stream.entered, [
    "plain: 2 as of 2",
    "ten: [2] + 3 as of 3",
    "too: [2] + 3 as of 3",
  ]);
});

Deno.test("Entrance forgets answers about a GIF that is over", async () => {
  const stream = new Stream();
  stream.send(true, 1);
  stream.send(false, 9);
  stream.enter("one");
  stream.entrance.begin();
  await stream.past.answer(1);
  assertEquals(stream.entered, []);
  stream.entrance.note({ bytes: bytes("new"), keyframe: true }, 7);
  stream.entrance.open(true);
  assertEquals(stream.entered, ["one: new as of 7"]);
});

Deno.test("Entrance.whenEmpty() waits for what is being made", async () => {
  const stream = new Stream();
  stream.send(true, 1);
  stream.send(false, 9);
  stream.enter("one");
  let empty = false;
  stream.entrance.whenEmpty(() => empty = true);
  assert(!empty);
  await stream.past.answer(1);
  assert(empty);
});

Deno.test("Entrance shares the chunks between all who enter before the next part", () => {
  const stream = new Stream();
  stream.send(true, 9);
  stream.send(false);
  stream.send(false);
  const { chunks } = stream.entrance;
  assert(stream.entrance.chunks === chunks);
  assertEquals(chunks?.length, 2);
  stream.send(false);
  assert(stream.entrance.chunks !== chunks);
});

Deno.test("Entrance keeps what follows a keyframe, however much others wait for", async () => {
  const stream = new Stream();
  stream.send(true, 9);
  stream.enter("ten", 10);
  for (let i = 0; i < 3; i++) stream.send(false, 2 ** 24);
  stream.send(true, 9);
  stream.send(false);
  stream.enter("plain", 0);
  assertEquals(stream.entered.at(-1), "plain: 4........ 5 as of 5");
  await stream.past.answer(0);
  // The parts after 0 are gone; it is asked again with the next one.
  assertEquals(stream.entered.length, 1);
});
