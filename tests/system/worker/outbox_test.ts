import { assertEquals } from "@std/assert";
import { Outbox } from "../../../src/system/worker/outbox.ts";

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(() => settled = true);
  await new Promise((resolve) => setTimeout(resolve));
  return settled;
}

Deno.test("Outbox has room for one batch, by events and by bytes", async () => {
  for (const [events, bytes] of [[256, 0], [2, 2 ** 19]]) {
    const outbox = new Outbox<number>();
    for (let i = 0; i < events; i++) {
      assertEquals(await isSettled(outbox.room()), true);
      outbox.post(i, [new ArrayBuffer(bytes)]);
    }
    const room = outbox.room();
    assertEquals(await isSettled(room), false);
    const { data } = await outbox.take(0);
    assertEquals(data.events.length, events);
    assertEquals(await isSettled(room), true);
  }
});

Deno.test("Outbox drops warnings that nobody fetches", async () => {
  const outbox = new Outbox<number>();
  for (let i = 0; i < 1e5; i++) outbox.postIfRoom(i);
  assertEquals((await outbox.take(0)).data.events.length, 320);
});

Deno.test("Outbox.take() gives an empty batch when nothing happens", async () => {
  const outbox = new Outbox<number>();
  assertEquals((await outbox.take(1)).data.events, []);
});

Deno.test("Outbox.take() ends each batch with the closing event", async () => {
  let count = 0;
  const outbox = new Outbox<string>({
    closing: () => count === 0 ? undefined : `count ${count}`,
  });
  outbox.post("a");
  assertEquals((await outbox.take(1000)).data.events, ["a"]);
  const taken = outbox.take(60_000);
  count = 7;
  outbox.wake();
  assertEquals((await taken).data.events, ["count 7"]);
});

Deno.test("Outbox.take() tells of the end after all events, and again", async () => {
  const outbox = new Outbox<string>();
  outbox.post("a");
  outbox.end({ message: "why" });
  const end = { error: { message: "why" } };
  assertEquals((await outbox.take(1000)).data, { events: ["a"], end });
  assertEquals((await outbox.take(1000)).data, { events: [], end });
});
