import { assert, assertEquals, assertLess } from "@std/assert";
import { delay } from "@std/async/delay";
import { once } from "node:events";
import { connect } from "node:http2";
import { until } from "../support/browser/until.ts";
import {
  CHUNKS,
  FIRST_FRAGMENT,
  flood,
  FRAGMENT,
  getRequest,
  reset,
  socketRequest,
} from "../support/http/flooders.ts";
import { watch } from "../support/http/watch.ts";
import { channelsOf } from "../support/program/cli_channels.ts";
import {
  MemoryPeak,
  openDescriptors,
} from "../support/program/process_memory.ts";
import { Program } from "../support/program/program.ts";

/** Far below what is sent, and above what programs take now and then. */
const MAX_GROWTH_MEGABYTES = 300;

/** 16 MiB, with what the system takes ahead, and what busy cores are late. */
const MAX_REFUSED_BYTES = 1e8;

/** A server, and one who watches it all the time. */
class Flooded implements AsyncDisposable {
  readonly program: Program;
  address = "";
  pictures = 0;
  #watching: Promise<void> | undefined;

  constructor(server: string, permissions?: string[]) {
    const args = ["test:", "--port", "0", "--server", server];
    this.program = new Program({ args, permissions });
  }

  get port(): number {
    return Number(new URL(this.address).port);
  }

  get pid(): number {
    return this.program.process.pid;
  }

  async begin(): Promise<void> {
    this.address = await this.program.address();
    this.#watching = (async () => {
      for await (const _ of watch(`${this.address}/live.gif`)) this.pictures++;
    })();
    await this.assertGoesOn();
  }

  async assertGoesOn(): Promise<void> {
    const before = this.pictures;
    await until("pictures", () => this.pictures > before + 3);
  }

  async viewers(): Promise<number> {
    return (await channelsOf(this.address)).get("live")!.viewers;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    assertEquals(await this.program.stop("SIGTERM"), 0);
    await this.#watching;
    await this.program[Symbol.asyncDispose]();
  }
}

async function sendAll(client: Deno.Conn, bytes: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < bytes.length;) {
      at += await client.write(bytes.subarray(at));
    }
  } catch {
    // It was closed by one of both ends.
  }
}

for (const server of ["deno", "node"]) {
  const testServer = (name: string, act: (it: Flooded) => Promise<void>) =>
    Deno.test(`gifstream ${name} (${server})`, async () => {
      await using flooded = new Flooded(server);
      await flooded.begin();
      await act(flooded);
      await flooded.assertGoesOn();
    });

  testServer("takes no flood behind a request", async ({ port, pid }) => {
    using memory = new MemoryPeak(pid);
    for (const path of ["/live.gif", "/live.mjpeg", "/api/events", "/ascii"]) {
      const { isCut } = await flood(port, getRequest(path), { maxBytes: 4e8 });
      assert(isCut, path);
    }
    const one = () => flood(port, getRequest("/live.gif"), { maxBytes: 2e8 });
    await Promise.all(Array.from({ length: 20 }, one));
    assertLess(memory.growth, MAX_GROWTH_MEGABYTES);
  });

  testServer("takes little of a body that it has refused", async (it) => {
    const head = "POST /live/frames HTTP/1.1\r\nHost: x\r\n" +
      "Content-Length: 999999999999\r\n\r\n";
    const { bytes, isCut } = await flood(it.port, head);
    assert(isCut);
    // Node's server may have read more by the time that it comes to count.
    if (server === "deno") assertLess(bytes, MAX_REFUSED_BYTES);
  });

  testServer("answers requests of one packet in turn", async ({ port }) => {
    using client = await Deno.connect({ hostname: "127.0.0.1", port });
    const paths = Array.from(
      { length: 20 },
      (_, i) => i % 2 ? "/healthz" : `/none/${i}`,
    );
    const requests = paths.map((path) => getRequest(path)).join("") +
      getRequest("/readyz", "Connection: close");
    await sendAll(client, new TextEncoder().encode(requests));
    const answers = await new Response(client.readable).text();
    const codes = [...answers.matchAll(/^HTTP\/1\.1 (\d+)/gm)]
      .map(([, code]) => code);
    assertEquals(codes, [...paths.map((_, i) => i % 2 ? "200" : "404"), "200"]);
  });

  testServer("takes no body where it means nothing", async (it) => {
    using memory = new MemoryPeak(it.pid);
    const head = getRequest("/live.gif", "Transfer-Encoding: chunked");
    await flood(it.port, head, { piece: CHUNKS, maxBytes: 4e8 });
    await flood(it.port, head, { piece: CHUNKS, maxBytes: 1e8 });
    assertLess(memory.growth, MAX_GROWTH_MEGABYTES);
  });

  testServer(
    "takes no endless message of a WebSocket",
    async ({ port, pid }) => {
      using memory = new MemoryPeak(pid);
      const head = socketRequest("/live/ws") + FIRST_FRAGMENT;
      const { isCut } = await flood(port, head, { piece: FRAGMENT });
      // The package that Node's server has for them reads what comes, for a while.
      assert(isCut || server === "node");
      assertLess(memory.growth, MAX_GROWTH_MEGABYTES);
    },
  );

  testServer("lets go of WebSockets that are reset", async (it) => {
    for (const path of ["/live/ws", "/live.gif"]) {
      await reset(it.port, socketRequest(path));
    }
    await until("one viewer", async () => await it.viewers() === 1);
    const before = openDescriptors(it.pid);
    for (let i = 0; i < 40; i++) {
      await reset(it.port, socketRequest("/live/ws"));
    }
    await until("one viewer", async () => await it.viewers() === 1);
    await until(
      "descriptors",
      () => openDescriptors(it.pid) < before + 10,
    );
  });
}

Deno.test("gifstream lets go of WebSockets that are reset, without a way to see them", async () => {
  await using flooded = new Flooded("deno", [
    "--allow-net",
    "--allow-env=GIFSTREAM_VIEWER_TOKEN,GIFSTREAM_TOKEN",
  ]);
  await flooded.begin();
  const { port } = flooded;
  for (let i = 0; i < 40; i++) await reset(port, socketRequest("/live/ws"));
  const isOne = async () => await flooded.viewers() === 1;
  await until("one viewer", isOne);
  await flooded.assertGoesOn();
});

Deno.test("gifstream keeps a stream of HTTP/2 beside many requests", async () => {
  await using flooded = new Flooded("deno");
  await flooded.begin();
  const session = connect(flooded.address);
  try {
    const stream = session.request({ ":path": "/live.gif" });
    let bytes = 0;
    stream.on("data", (chunk) => bytes += chunk.length);
    await until("the stream", () => bytes > 0);
    for (let i = 0; i < 100; i++) {
      // No two are alike: else they would be sent as one byte.
      const cookie = `${i}`.padEnd(2000, String.fromCharCode(97 + i % 26));
      const health = session.request({ ":path": "/healthz", cookie });
      await once(health.resume(), "end");
    }
    await delay(500);
    const before = bytes;
    await until("more of the stream", () => bytes > before);
  } finally {
    session.destroy();
  }
});
