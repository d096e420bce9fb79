import { assert, assertEquals, assertRejects } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { answersAbout } from "../../../src/http/routing/answer_to.ts";
import { settingsOf } from "../../../src/http/routing/handler_options.ts";
import {
  serveByWorkers,
  type ServingModule,
} from "../../../src/http/workers/serve_by_workers.ts";
import { Faults } from "../../../src/log/faults.ts";
import { until } from "../../support/browser/until.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import {
  DEADLY_STATUS,
  MORTAL_THREAD,
} from "../../support/http/mortal_worker.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";

const onLinux = { ignore: Deno.build.os !== "linux" };
const VIEWERS = 16;

const MORTAL: ServingModule = {
  name: MORTAL_THREAD,
  task: "serve",
  url: () => new URL("../../support/http/mortal_worker.ts", import.meta.url),
  load: () => Promise.reject(new Error("there must be threads")),
};

/** A viewer that counts what it gets. */
class Viewer {
  bytes = 0;
  broken = false;
  readonly end: Promise<void>;

  constructor(address: string) {
    this.end = this.#read(address).catch(() => {
      this.broken = true;
    });
  }

  async #read(address: string): Promise<void> {
    const { body } = await fetch(address);
    for await (const { length } of body!) this.bytes += length;
  }
}

/** Sockets that listen on a port. */
function listeners(port: number): number {
  const place = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
  return Deno.readTextFileSync("/proc/net/tcp").split("\n")
    .filter((line) => line.includes(`${place}00000000:0000 0A`)).length;
}

Deno.test({
  name: "serveByWorkers() replaces a worker that breaks down",
  ...onLinux,
  async fn() {
    const told: string[] = [];
    const faults = new Faults((kind) => told.push(kind));
    const channel = new Channel({ faults });
    const channels = new Channels([channel]);
    const find = answersAbout(channels, settingsOf({ faults }));
    const lost: number[] = [];
    const server = await serveByWorkers({
      workers: 2,
      server: "deno",
      hostname: "127.0.0.1",
      port: 0,
      module: MORTAL,
      faults,
      onLost: (viewers) => lost.push(viewers),
      findAnswer: (request, from) =>
        request.url.endsWith("/die")
          ? new Response("", { status: DEADLY_STATUS })
          : find(request, from),
    });
    const base = `http://127.0.0.1:${server.addr.port}`;
    publishFrame(channel, colorFrame(2, 2, [0, 0, 0]));
    const join = async (count: number) => {
      const before = channel.viewers;
      const viewers = Array.from(
        { length: count },
        () => new Viewer(`${base}/live.gif`),
      );
      await until("all viewers", () =>
        channel.viewers === before + count &&
        viewers.every(({ bytes }) => bytes > 0));
      return viewers;
    };
    const first = await join(VIEWERS);
    for (let death = 1; death <= 2; death++) {
      const before = channel.viewers;
      const answer = fetch(`${base}/die`).then((it) => it.body?.cancel());
      await assertRejects(() => answer);
      await until("the loss", () => lost.length === death);
      assertEquals(server.workers, { wanted: 2, listening: 1, lost: death });
      assertEquals(channel.viewers, before - lost[death - 1]);
      // Those of the other worker go on, and new ones come.
      publishFrame(channel, colorFrame(2, 2, [death, 0, 0]));
      await until("another worker", () => listeners(server.addr.port) === 2);
      await until("its word", () => server.workers.listening === 2);
      const { viewers } = channel;
      await join(VIEWERS);
      assertEquals(channel.viewers, viewers + VIEWERS);
    }
    assertEquals(faults.counts.worker, 2);
    const broken = first.filter(({ broken }) => broken).length;
    assert(broken <= lost[0] + lost[1], `${broken} of ${lost}`);
    channels.close();
    await server.shutdown();
    await Promise.all(first.map(({ end }) => end));
    assertEquals(channel.viewers, 0);
  },
});

Deno.test({
  name: "serveByWorkers() hangs up on clients that ask nothing, and no others",
  ...onLinux,
  async fn() {
    const faults = new Faults(() => {});
    const channel = new Channel({ faults });
    const channels = new Channels([channel]);
    const server = await serveByWorkers({
      workers: 2,
      server: "deno",
      hostname: "127.0.0.1",
      port: 0,
      faults,
      findAnswer: answersAbout(channels, settingsOf({ faults })),
      silence: {
        waitMilliseconds: 2000,
        idleMilliseconds: 2000,
        restMilliseconds: 50,
      },
    });
    const { port } = server.addr;
    publishFrame(channel, colorFrame(2, 2, [0, 0, 0]));
    const viewers = Array.from(
      { length: VIEWERS },
      () => new Viewer(`http://127.0.0.1:${port}/live.gif`),
    );
    await until(
      "all viewers",
      () => viewers.every(({ bytes }) => bytes > 0),
    );
    // Viewers get nothing for longer than these are waited for.
    for (let round = 0; round < 2; round++) {
      const silent = await Promise.all(
        Array.from({ length: 4 }, () => Deno.connect({ port })),
      );
      for (const connection of silent) {
        assertEquals(await connection.read(new Uint8Array(1)), null);
        connection.close();
      }
    }
    assertEquals(channel.viewers, VIEWERS);
    const before = viewers.map(({ bytes }) => bytes);
    publishFrame(channel, colorFrame(2, 2, [1, 0, 0]));
    await until(
      "another picture",
      () => viewers.every(({ bytes }, i) => bytes > before[i]),
    );
    channels.close();
    await server.shutdown();
    await Promise.all(viewers.map(({ end }) => end));
    assertEquals(viewers.filter(({ broken }) => broken), []);
  },
});
