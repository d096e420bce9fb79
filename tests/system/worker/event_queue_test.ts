import { assertEquals, assertRejects } from "@std/assert";
import { EventQueue, roomIn } from "../../../src/system/worker/event_queue.ts";

/** True once the promise is fulfilled. */
function watched(promise: Promise<unknown>): { done: boolean } {
  const state = { done: false };
  promise.then(() => state.done = true);
  return state;
}

/** Lets whatever is due be done. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("EventQueue gives events in their order", async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  queue.pushRun([2, 3].values(), 2);
  queue.push(4);
  const taken = [];
  for (let i = 0; i < 4; i++) taken.push(queue.take() ?? await queue.next());
  assertEquals(taken, [1, 2, 3, 4]);
  assertEquals(queue.take(), undefined);
  const next = queue.next();
  queue.push(5);
  assertEquals(await next, 5);
});

Deno.test("EventQueue makes an event when it is taken", () => {
  const queue = new EventQueue<number>();
  let made = 0;
  queue.pushRun(
    (function* () {
      while (made < 3) yield made++;
    })(),
    3,
  );
  assertEquals(made, 0);
  assertEquals(queue.take(), 0);
  assertEquals(made, 1);
});

Deno.test("EventQueue lets others have a turn among many events", async () => {
  const queue = new EventQueue<number>();
  queue.pushRun(Array.from({ length: 10_000 }, (_, i) => i), 10_000);
  let turns = 0, isOver = false;
  const others = (async () => {
    for (; !isOver; turns++) await turn();
  })();
  for (let i = 0; i < 10_000; i++) {
    assertEquals(queue.take() ?? await queue.next(), i);
  }
  isOver = true;
  await others;
  assertEquals(turns >= 10, true);
});

Deno.test("EventQueue has room once few events wait", async () => {
  const queue = new EventQueue<number>(), idle = new EventQueue<number>();
  queue.pushRun(Array.from({ length: 1000 }, (_, i) => i), 1000);
  const room = watched(roomIn([idle, queue]));
  for (let i = 0; i < 700; i++) await queue.next();
  await turn();
  assertEquals(room.done, false);
  for (let i = 0; i < 200; i++) await queue.next();
  await turn();
  assertEquals(room.done, true);
});

Deno.test("EventQueue has room once it has failed", async () => {
  const queue = new EventQueue<number>();
  queue.pushRun(Array.from({ length: 1000 }, (_, i) => i), 1000);
  const room = roomIn([queue]);
  queue.fail(new Error("over"));
  await room;
  for (let i = 0; i < 1000; i++) assertEquals(await queue.next(), i);
  await assertRejects(() => queue.next(), Error, "over");
});
