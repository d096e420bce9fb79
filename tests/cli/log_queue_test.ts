import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { LogQueue } from "../../src/cli/log_queue.ts";

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
  for (const line of ["12345\n", "1234567\n", "abc\n", "d\n"]) {
    log.queue.push(line);
  }
  assertEquals(await log.read(), "first\n");
  assertEquals(await log.read(), "first\n12345\nabc\ndropped 2\n");
  log.queue.push("last\n");
  assertEquals(await log.read(), "first\n12345\nabc\ndropped 2\nlast\n");
});

Deno.test("LogQueue keeps the newest of states that wait", async () => {
  const log = new Reader(10);
  log.queue.push("first\n");
  await delay(0);
  for (let i = 0; i < 100; i++) log.queue.pushStatus(`\r${i}`);
  log.queue.push("line\n");
  log.queue.pushStatus("\rnew");
  await log.read();
  // There was no room for the last one, which is no loss.
  assertEquals(await log.read(), "first\n\r99line\n");
});

Deno.test("LogQueue tells what was lost with who read it", async () => {
  const log = new Reader();
  log.queue.push("one\n");
  log.queue.push("two\n");
  assertEquals(await log.read(new Deno.errors.BrokenPipe()), "");
  log.queue.push("three\n");
  assertEquals(await log.read(), "three\ndropped 2\n");
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
