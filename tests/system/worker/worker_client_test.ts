import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  WorkerClient,
  type WorkerClientOptions,
  WorkerTimeoutError,
} from "../../../src/system/worker/worker_client.ts";
import {
  serveThreads,
  workerModule,
} from "../../../src/system/worker/worker_module.ts";
import {
  ECHO_THREAD,
  type EchoReply,
  type EchoRequest,
} from "../../support/program/echo_worker.ts";
import { failingWorkers } from "../../support/program/failing_workers.ts";

const FILE = "../../support/program/echo_worker.ts";
const NOWHERE = "./no_such_file.ts";

/** A client of the echo, whose module is said to lie somewhere. */
function echo(
  options: WorkerClientOptions = {},
  url = FILE,
): WorkerClient<EchoRequest, EchoReply, string> {
  const module = workerModule<EchoRequest, EchoReply, string>({
    name: ECHO_THREAD,
    task: "echo",
    url: () => new URL(url, import.meta.url),
    load: async () => {
      const { EchoService } = await import(
        "../../support/program/echo_worker.ts"
      );
      return () => new EchoService();
    },
  });
  return new WorkerClient(module, options);
}

function ask(
  client: WorkerClient<EchoRequest, EchoReply, string>,
  request: EchoRequest = {},
): Promise<EchoReply> {
  return client.ask(() => ({ data: request, transfer: [] }));
}

/** Runs without threads, as some runtimes do. */
async function withoutWorker(act: () => Promise<void>): Promise<void> {
  const scope = globalThis as { Worker?: unknown };
  const { Worker } = scope;
  delete scope.Worker;
  try {
    await act();
  } finally {
    scope.Worker = Worker;
  }
}

Deno.test("WorkerClient.ask() has requests answered in a thread, in turn", async () => {
  using client = echo();
  await ask(client);
  const startedAt = performance.now();
  const slow = ask(client, { waitMilliseconds: 50 });
  const quick = client.ask(() => {
    // By now the one before has been answered.
    assert(performance.now() - startedAt > 48);
    return { data: {}, transfer: [] };
  });
  assertEquals([client.waiting, client.busy], [1, true]);
  assertEquals((await slow).requests, 2);
  assertEquals(await quick, { ...await slow, requests: 3 });
  assertEquals((await quick).inThread, true);
});

Deno.test("WorkerClient.ask() lets some come first, and others between", async () => {
  using client = echo();
  const order: string[] = [];
  const request = (name: string, isFirst: boolean) =>
    client.ask(() => {
      order.push(name);
      return { data: {}, transfer: [] };
    }, isFirst);
  await Promise.all([
    ...["a", "b", "c", "d"].map((name) => request(name, false)),
    ...["A", "B"].map((name) => request(name, true)),
  ]);
  assertEquals(order.join(""), "aAbBcd");
});

Deno.test("WorkerClient.ask() hands buffers over, and back", async () => {
  using client = echo();
  const bytes = Uint8Array.of(1, 2, 3);
  const transfer = [bytes.buffer];
  const reply = await client.ask(() => ({ data: { bytes }, transfer }));
  assertEquals(bytes.length, 0);
  assertEquals(reply.bytes, Uint8Array.of(1, 2, 3));
});

Deno.test("WorkerClient.tell() reaches the thread that is there", async () => {
  using client = echo();
  client.tell("nobody is there yet");
  await ask(client);
  client.tell("seen");
  assertEquals((await ask(client)).notes, ["seen"]);
});

Deno.test("WorkerClient.ask() fails what a thread breaks down at, and no other", async () => {
  const told: string[] = [];
  using client = echo({ onBreakdown: ({ message }) => told.push(message) });
  const failing = ask(client, { failure: "on purpose" });
  const next = ask(client);
  const error = await assertRejects(() => failing, Error, "Cannot echo: ");
  assert(error.message.endsWith("on purpose"), error.message);
  assertEquals((await next).requests, 1);
  assertEquals(told, [error.message]);
});

Deno.test("WorkerClient.ask() fails for a while after a breakdown", async () => {
  using client = echo({ restMilliseconds: 100 });
  {
    using _failing = failingWorkers(1);
    await assertRejects(() => ask(client), Error, "to fail");
  }
  await assertRejects(() => ask(client), Error, "to fail");
  await new Promise((resolve) => setTimeout(resolve, 110));
  assertEquals((await ask(client)).requests, 1);
});

Deno.test("WorkerClient.ask() fails what takes too long, and no other", async () => {
  using client = echo({ timeoutMilliseconds: 1000 });
  const slow = ask(client, { waitMilliseconds: 60_000 });
  const next = ask(client);
  await assertRejects(
    () => slow,
    WorkerTimeoutError,
    "Cannot echo: it takes longer than 1 s",
  );
  assertEquals((await next).requests, 1);
});

Deno.test("WorkerClient.stop() fails all that was asked for, and no more", async () => {
  using client = echo();
  const reason = new Error("no more");
  await ask(client);
  const asked = [ask(client, { waitMilliseconds: 60_000 }), ask(client)];
  client.stop(reason);
  for (const result of await Promise.allSettled(asked)) {
    assertEquals(result, { status: "rejected", reason });
  }
  assertEquals((await ask(client)).requests, 1);
});

Deno.test("WorkerClient.stop() fails what waits for the thread to start", async () => {
  using client = echo();
  client.start();
  const asked = ask(client);
  client.stop(new Error("no more"));
  await assertRejects(() => asked, Error, "no more");
});

Deno.test("WorkerClient serves on this thread where there are none", () =>
  withoutWorker(async () => {
    using client = echo({ timeoutMilliseconds: 1000 });
    const first = await ask(client, { bytes: Uint8Array.of(7) });
    assertEquals(first.inThread, false);
    assertEquals(first.bytes, Uint8Array.of(7));
    client.tell("seen");
    const { requests, notes } = await ask(client);
    assertEquals([requests, notes], [2, ["seen"]]);
    await assertRejects(
      () => ask(client, { failure: "on purpose" }),
      TypeError,
      "on purpose",
    );
    await assertRejects(
      () => ask(client, { waitMilliseconds: 1100 }),
      WorkerTimeoutError,
    );
    assertEquals((await ask(client)).requests, 1);
    // The sanitizer waits for no timer.
    await new Promise((resolve) => setTimeout(resolve, 150));
  }));

Deno.test("WorkerClient serves on this thread where the module is no file", async () => {
  using client = echo({}, NOWHERE);
  assertEquals((await ask(client)).inThread, false);
});

Deno.test("WorkerClient serves on this thread where the module cannot be loaded", async () => {
  const told: Error[] = [];
  using client = echo(
    { onBreakdown: (error) => told.push(error) },
    "data:text/javascript,throw new Error('not to be loaded')",
  );
  assertEquals((await ask(client)).inThread, false);
  assertEquals(told, []);
});

Deno.test({
  name: "WorkerClient serves on this thread where the module may not be read",
  permissions: { read: false },
  async fn() {
    using client = echo();
    assertEquals((await ask(client)).inThread, false);
  },
});

Deno.test("WorkerClient starts the program where the module is no file", async () => {
  assertEquals(serveThreads(new URL(FILE, import.meta.url).href), false);
  using client = echo({}, NOWHERE);
  assertEquals((await ask(client)).inThread, true);
});

Deno.test("WorkerClient has many threads started in turn, with what they are told meanwhile", async () => {
  const clients = Array.from({ length: 8 }, () => echo());
  const asked = clients.map((client) => {
    client.start();
    client.tell("early");
    return ask(client);
  });
  for (const { inThread, notes } of await Promise.all(asked)) {
    assertEquals([inThread, notes], [true, ["early"]]);
  }
  for (const client of clients) client[Symbol.dispose]();
});

Deno.test("WorkerClient can be stopped before it is the turn of its thread", async () => {
  const clients = Array.from({ length: 8 }, () => echo());
  const asked = clients.map((client) => ask(client));
  const ends = Promise.allSettled(asked);
  for (const client of clients) client.stop(new Error("enough"));
  assertEquals(
    (await ends).map(({ status }) => status),
    clients.map(() => "rejected"),
  );
  assertEquals((await ask(clients[0])).inThread, true);
  clients[0][Symbol.dispose]();
});

Deno.test("WorkerClient tries again when there were no descriptors at the turn of its thread", async () => {
  const { Worker } = globalThis;
  const clients = Array.from({ length: 8 }, () => echo());
  const asked = clients.map((client) => ask(client));
  const ends = Promise.allSettled(asked);
  // The first ones have been started.
  globalThis.Worker = class extends Worker {
    constructor(module: string | URL, options?: WorkerOptions) {
      super(module, options);
      this.terminate();
      throw new Error("Too many open files");
    }
  };
  const last = clients.at(-1)!;
  await assertRejects(() => asked.at(-1)!, Error, "Too many open files");
  globalThis.Worker = Worker;
  assertEquals((await ask(last)).inThread, true);
  await ends;
  for (const client of clients) client[Symbol.dispose]();
});
