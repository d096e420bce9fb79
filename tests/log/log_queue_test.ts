import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { LogQueue } from "../../src/log/log_queue.ts";

const decoder = new TextDecoder();

/** A log that takes something only when it is told to. */
class Reader {
  text = "";
  readonly queue: LogQueue;
  #waiting: ((error?: Error) => void)[] = [];

  constructor(maxBytes?: number, bytesAtOnce = Infinity) {
    this.queue = new LogQueue({
      maxBytes,
      droppedLine: (lines) => `dropped ${lines}\n`,
      write: (bytes) => {
        const taken = bytes.subarray(0, bytesAtOnce);
        const { promise, resolve, reject } = Promise.withResolvers<number>();
        this.#waiting.push((error) => {
          if (error !== undefined) return reject(error);
          this.text += decoder.decode(taken);
          resolve(taken.length);
        });
        return promise;
      },
    });
  }

  /** Takes what is being written; answers what it has by then. */
  async read(error?: Error): Promise<string> {
    // What was added is written in the next turn.
    await delay(0);
    this.#waiting.shift()?.(error);
    await delay(0);
    return this.text;
  }
}

Deno.test("LogQueue writes lines in turn, as they are taken", async () => {
  const log = new Reader();
  log.queue.push("one\n");
  log.queue.push("two\n");
  assertEquals(await log.read(), "one\ntwo\n");
  log.queue.push("three\n");
  await delay(0);
  log.queue.push("four\n");
  assertEquals(await log.read(), "one\ntwo\nthree\n");
  assertEquals(await log.read(), "one\ntwo\nthree\nfour\n");
});

Deno.test("LogQueue goes on where less was taken", async () => {
  const log = new Reader(undefined, 3);
  log.queue.push("one line\n");
  for (const text of ["one", "one li", "one line\n"]) {
    assertEquals(await log.read(), text);
  }
});

Deno.test("LogQueue drops whole lines, and tells how many, once", async () => {
  const log = new Reader(10);
  log.queue.push("first\n");
  await delay(0);
  // The last but one would fit, and make a second gap.
  for (const line of ["12345\n", "1234567\n", "abc\n", "d\ne\n"]) {
    log.queue.push(line);
  }
  assertEquals(await log.read(), "first\n");
  assertEquals(await log.read(), "first\n12345\n");
  assertEquals(await log.read(), "first\n12345\ndropped 4\n");
  log.queue.push("last\n");
  assertEquals(await log.read(), "first\n12345\ndropped 4\nlast\n");
});

Deno.test("LogQueue tells of lines that were dropped where they were", async () => {
  const log = new Reader(10_000);
  const lines = Array.from({ length: 4 }, (_, i) => `${i}`.repeat(2999) + "\n");
  for (const line of lines) log.queue.push(line);
  for (let taken = 0; taken < 2; taken++) await log.read();
  log.queue.push("four\n");
  for (let taken = 0; taken < 2; taken++) await log.read();
  assertEquals(log.text, lines.slice(0, 3).join("") + "dropped 1\nfour\n");
});

Deno.test("LogQueue tells of a line that never fits", async () => {
  const log = new Reader(10);
  log.queue.push("much too long\n");
  assertEquals(await log.read(), "dropped 1\n");
});

Deno.test("LogQueue writes at once what a pipe takes at once", async () => {
  const log = new Reader();
  const line = "x".repeat(1999) + "\n", long = "y".repeat(9999) + "\n";
  for (const text of [line, line, line, long, line]) log.queue.push(text);
  const lengths = [];
  for (let taken = 0; taken < 4; taken++) {
    lengths.push((await log.read()).length);
  }
  assertEquals(lengths, [4000, 6000, 16_000, 18_000]);
});

Deno.test("LogQueue keeps the newest of states that wait", async () => {
  const log = new Reader(10);
  log.queue.push("first\n");
  await delay(0);
  for (let i = 0; i < 100; i++) log.queue.pushStatus([`${i}\n`, "b\n"]);
  log.queue.push("line\n");
  await log.read();
  assertEquals(await log.read(), "first\n99\nb\nline\n");
  log.queue.push("next\n");
  await delay(0);
  log.queue.pushStatus(["old\n"]);
  log.queue.push("line\n");
  log.queue.pushStatus(["new\n", "2\n"]);
  await log.read();
  // There was no room for the last one, which is no loss.
  assertEquals(await log.read(), "first\n99\nb\nline\nnext\nline\nnew\n");
});

Deno.test("LogQueue keeps, where writing fails, what waits for the next line", async () => {
  const log = new Reader(100, 6);
  log.queue.push("one\n");
  log.queue.push("two\n");
  assertEquals(await log.read(), "one\ntw");
  const diskFull = new Error("No space left on device (os error 28)");
  assertEquals(await log.read(diskFull), "one\ntw");
  // The end waits for nobody.
  await log.queue.drain(1e6);
  log.queue.push("three\n");
  assertEquals(await log.read(), "one\ntwo\n");
  assertEquals(await log.read(), "one\ntwo\nthree\n");
});

Deno.test("LogQueue counts what is dropped once nobody is there to read", async () => {
  const log = new Reader(10);
  for (let i = 0; i < 50; i++) {
    log.queue.push(`${i % 10}\n`);
    assertEquals(await log.read(new Deno.errors.BrokenPipe()), "");
  }
  log.queue.push("last\n");
  for (let taken = 0; taken < 3; taken++) await log.read();
  assertEquals(log.text, "0\n1\n2\n3\n4\n5\ndropped 45\n");
});

Deno.test("LogQueue tries again what cannot be taken at once", async () => {
  const log = new Reader();
  log.queue.push("one\n");
  assertEquals(await log.read(new Deno.errors.WouldBlock()), "");
  while (await log.read() === "");
  assertEquals(log.text, "one\n");
});

Deno.test("LogQueue.drain() waits for all, but not for ever", async () => {
  const log = new Reader();
  await log.queue.drain(1e6);
  log.queue.push("one\n");
  await log.queue.drain(10);
  assertEquals(log.text, "");
  const drained = log.queue.drain(1e6);
  await log.read();
  await drained;
  assertEquals(log.text, "one\n");
});
