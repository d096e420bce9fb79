import { assertEquals, assertRejects } from "@std/assert";
import { NewestQueue } from "../../src/encoding/newest_queue.ts";

Deno.test("NewestQueue drops the oldest when more wait than may", async () => {
  const drops: number[] = [];
  const queue = new NewestQueue<number>({
    maxItems: 2,
    onDrop: (items) => drops.push(items),
  });
  for (const item of [1, 2, 3, 4]) queue.push(item);
  assertEquals(drops, [1, 1]);
  assertEquals([await queue.next(), await queue.next()], [3, 4]);
});

Deno.test("NewestQueue.maxItems counts from the next item on", async () => {
  const queue = new NewestQueue<number>({ maxItems: 3 });
  for (const item of [1, 2, 3]) queue.push(item);
  queue.maxItems = 2;
  assertEquals(await queue.next(), 1);
  queue.push(4);
  assertEquals([await queue.next(), queue.isEmpty], [3, false]);
  assertEquals([await queue.next(), queue.isEmpty], [4, true]);
});

Deno.test("NewestQueue gives what waits before its end, or its error", async () => {
  for (const fails of [false, true]) {
    const queue = new NewestQueue<number>({ maxItems: 2 });
    const first = queue.next();
    queue.push(1);
    queue.push(2);
    if (fails) queue.fail(new Error("broken"));
    else queue.end();
    queue.push(3);
    assertEquals([await first, await queue.next()], [1, 2]);
    if (fails) await assertRejects(() => queue.next(), Error, "broken");
    else assertEquals(await queue.next(), undefined);
  }
});

Deno.test("NewestQueue.close() frees who waits and gives nothing more", async () => {
  const queue = new NewestQueue<number>({ maxItems: 2 });
  const waiting = queue.next();
  queue.close();
  assertEquals(await waiting, undefined);
  queue.push(1);
  queue.fail(new Error("too late"));
  assertEquals(await queue.next(), undefined);
});

Deno.test("NewestQueue gives what it drops to who asked for that", () => {
  const drops: unknown[] = [];
  const queue = new NewestQueue<number>({
    maxItems: 1,
    onDrop: (count, items) => drops.push([count, items]),
  });
  for (const item of [1, 2]) queue.push(item);
  assertEquals(drops, [[1, [1]]]);
});

Deno.test("NewestQueue can be iterated to its end", async () => {
  const queue = new NewestQueue<number>({ maxItems: 3 });
  for (const item of [1, 2, 3]) queue.push(item);
  queue.end();
  assertEquals(await Array.fromAsync(queue), [1, 2, 3]);
});
