import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";
import { Faults } from "../../../src/log/faults.ts";
import { Publishing } from "../../../src/publish/thread/publishing.ts";
import { PUBLISH_THREAD } from "../../../src/publish/thread/publish_messages.ts";
import { RedisKeys } from "../../../src/redis/redis_keys.ts";
import { until } from "../../support/browser/until.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import { failingWorkers } from "../../support/program/failing_workers.ts";
import { DEATH } from "../../support/publish/mortal_publisher.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireTool } from "../../support/require.ts";

const ignore = !requireTool("redis-server");
const MORTAL = new URL(
  "../../support/publish/mortal_publisher.ts",
  import.meta.url,
);
const PREFIX = "gifstream";
/** Its place in the facts of a stream. */
const ENTRIES_ADDED = 11;

/** Makes threads that publish mortal, and keeps them. */
function mortalPublishers(): Disposable & { all: Worker[] } {
  const { Worker } = globalThis, all: Worker[] = [];
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      const isPublisher = options?.name === PUBLISH_THREAD;
      super(isPublisher ? MORTAL : url, options);
      if (isPublisher) all.push(this);
    }
  };
  return {
    all,
    [Symbol.dispose]: () => {
      globalThis.Worker = Worker;
    },
  };
}

/** A channel that is published in a Redis. */
class PublishedChannel implements AsyncDisposable {
  readonly channel = new Channel({ name: "door" });
  readonly faults = new Faults(() => {});
  readonly warnings: string[] = [];
  readonly publishing: Publishing;
  readonly #redis: RedisServer;
  #red = 0;
  readonly #channels = new Channels([this.channel]);

  constructor(redis: RedisServer) {
    this.#redis = redis;
    const { address } = redis;
    this.publishing = new Publishing({
      channels: this.#channels,
      places: [{
        kind: "redis",
        address,
        shown: address,
        redisPrefix: PREFIX,
      }],
      isPublished: () => true,
      faults: this.faults,
      onNotice: () => {},
      onWarning: (message) => this.warnings.push(message),
    });
    this.publishing.start();
  }

  get status() {
    return this.publishing.status[0];
  }

  /** Shows another picture. */
  show(): void {
    publishFrame(this.channel, colorFrame(2, 2, [this.#red++ % 256, 0, 0]));
  }

  /** Shows pictures until Redis has more of them than now. */
  async untilWritten(): Promise<void> {
    const key = new RedisKeys(PREFIX).parts("door");
    const entries = async () =>
      Number(
        await this.#redis.command("XINFO", "STREAM", key).then(
          (facts) => (facts as unknown[])[ENTRIES_ADDED],
          () => 0,
        ),
      );
    const before = await entries();
    await until("a picture in Redis", async () => {
      this.show();
      return await entries() > before && this.status.state === "publishing";
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.publishing.close();
    this.#channels.close();
  }
}

Deno.test({
  name: "Publishing goes on when its thread breaks down",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    using threads = mortalPublishers();
    await using published = new PublishedChannel(redis);
    const viewer = published.channel.view();
    await published.untilWritten();
    for (let deaths = 1; deaths <= 2; deaths++) {
      assertEquals(threads.all.length, deaths);
      const { parts } = published.status;
      threads.all.at(-1)!.postMessage(DEATH);
      await until("word of it", () => published.status.state === "failing");
      assert(published.status.message?.includes(DEATH));
      assert(published.warnings.at(-1)?.includes(DEATH));
      assertEquals(published.faults.counts.worker, deaths);
      await published.untilWritten();
      assertEquals(published.status.message, null);
      // What was written first may be the beginning of a session.
      await until("its count", () => {
        published.show();
        return published.status.parts > parts;
      });
    }
    await until("an end", () => published.status.waitingBytes === 0);
    // The viewers here have noticed nothing.
    assertEquals(published.channel.viewers, 1);
    await viewer.cancel();
  },
});

Deno.test({
  name: "Publishing says why it does not go on, and tries again",
  ignore,
  async fn() {
    await using redis = await RedisServer.start();
    const failing = failingWorkers(2);
    await using published = new PublishedChannel(redis);
    await until("word of it", () => published.status.state === "failing");
    assert(published.status.message?.includes("to fail"));
    await until("another try", () => published.faults.counts.worker === 2);
    await published.untilWritten();
    failing[Symbol.dispose]();
    assertEquals(published.warnings.length, 1);
  },
});
