import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { EventService } from "../../../src/system/worker/event_service.ts";
import {
  EventThread,
  LostThreadError,
} from "../../../src/system/worker/event_thread.ts";
import { isOutOfDescriptors } from "../../../src/system/spare_descriptors.ts";
import {
  type Doing,
  eventsModule,
  type Told,
} from "../../support/program/events_worker.ts";

function run(doing: Doing): AsyncGenerator<Told[]> {
  return new EventThread(eventsModule()).run(doing);
}

Deno.test("EventThread.run() gives all events in their order, in batches", async () => {
  const batches = await Array.fromAsync(run({ count: 1000 }));
  const numbers = batches.flat().map(({ number }) => number);
  assertEquals(numbers, Array.from({ length: 1000 }, (_, i) => i));
  assert(batches.every(({ length }) => length <= 256));
  assert(batches.length < 500, `${batches.length} batches`);
});

Deno.test("EventThread.run() moves large buffers and copies small ones", async () => {
  for await (const events of run({ count: 5000 })) {
    for (const { number, bytes } of events) assertEquals(bytes?.length, number);
  }
});

Deno.test("EventThread.run() fails as its task fails, after the last event", async () => {
  const told: Told[] = [];
  const failing = async (failure: "NotFound" | "EMFILE" | "TypeError") => {
    for await (const events of run({ failure })) told.push(...events);
  };
  await assertRejects(() => failing("NotFound"), Deno.errors.NotFound, "there");
  await assertRejects(() => failing("TypeError"), TypeError, "a mistake");
  const error = await assertRejects(() => failing("EMFILE"), Error, "too many");
  assert(isOutOfDescriptors(error));
  assertEquals(told.map(({ note }) => note), ["before", "before", "before"]);
});

Deno.test("EventThread.run() throws what is no error as it is", async () => {
  const batches = run({ failure: "text" });
  await batches.next();
  const failed = await batches.next().then(() => undefined, (error) => error);
  assertEquals(failed, "words");
});

Deno.test("EventThread.run() tells that its thread has broken down", async () => {
  await assertRejects(
    () => Array.fromAsync(run({ failure: "uncaught" })),
    LostThreadError,
    "not caught",
  );
});

Deno.test("EventThread.run() gives up a thread that is stuck", async () => {
  const options = { deadlineMilliseconds: 500 };
  const thread = new EventThread(eventsModule(), options);
  const error = await assertRejects(
    () => Array.fromAsync(thread.run({ spin: true })),
    LostThreadError,
  );
  assertEquals(
    error.message,
    "Cannot count: its thread has not answered for 0.5 s",
  );
  // The client is as good as new.
  assertEquals((await Array.fromAsync(thread.run({ count: 1 }))).length, 1);
});

Deno.test("EventThread.tell() reaches the task", async () => {
  const thread = new EventThread(eventsModule());
  const batches = Array.fromAsync(thread.run({ await: "note" }));
  // The thread has to be there.
  await new Promise((resolve) => setTimeout(resolve, 200));
  thread.tell("end");
  assertEquals((await batches).flat(), [{ note: "end" }]);
});

Deno.test("EventThread.stop() ends a thread that waits", async () => {
  const thread = new EventThread(eventsModule());
  const batches = Array.fromAsync(thread.run({ await: "note" }));
  thread.stop(new Error("no more"));
  await assertRejects(() => batches, Error, "no more");
});

Deno.test("EventThread.stop() ends a thread between two batches", async () => {
  const thread = new EventThread(eventsModule());
  const batches = thread.run({ count: 1000 });
  await batches.next();
  thread.stop(new Error("no more"));
  await assertRejects(() => batches.next(), Error, "no more");
});

Deno.test("EventThread.run() tells that its thread broke down between two batches", async () => {
  const thread = new EventThread(eventsModule());
  const batches = thread.run({ failure: "uncaught" });
  await batches.next();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await assertRejects(() => batches.next(), LostThreadError, "not caught");
});

Deno.test("EventService refuses messages of another version", async () => {
  let ran = false;
  const service = new EventService<true, never, never>({
    run: () => Promise.resolve(void (ran = true)),
  });
  const request = { version: 2, task: true, waitMilliseconds: 0 } as const;
  const { data } = await service.answer(request as never);
  assertMatch(
    data.end!.error!.message,
    /expected messages of version 1, found 2/,
  );
  assertEquals(ran, false);
});
