/**
 * A channel that is published at nginx, and viewers there.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { Faults } from "../../../src/log/faults.ts";
import { Publishing } from "../../../src/publish/thread/publishing.ts";
import { until } from "../browser/until.ts";
import { watch } from "../http/watch.ts";
import { ColumnStream, newestIn } from "./column_stream.ts";

/** A channel that is published at nginx. */
export class NchanOrigin implements AsyncDisposable {
  readonly channel = new Channel({ name: "cam" });
  readonly stream = new ColumnStream(this.channel);
  readonly channels = new Channels([this.channel]);
  readonly faults: unknown[] = [];
  readonly lines: string[] = [];
  readonly #publishing: Publishing;

  constructor(address: string) {
    const note = (message: string) => this.lines.push(message);
    this.#publishing = new Publishing({
      channels: this.channels,
      places: [{ kind: "nginx", address, shown: "nginx", redisPrefix: "" }],
      isPublished: () => true,
      faults: new Faults((_, error) => this.faults.push(error)),
      onNotice: note,
      onWarning: note,
    });
    this.#publishing.start();
  }

  get status() {
    return this.#publishing.status[0];
  }

  /** Waits for a state of the place. */
  async is(state: string): Promise<void> {
    await until(state, () => this.status.state === state);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#publishing.close();
    this.channels.close();
    assertEquals(this.faults, []);
  }
}

/** A viewer who checks every picture. */
export class NchanViewer {
  readonly numbers: number[] = [];
  readonly done: Promise<void>;
  readonly #hangUp = new AbortController();

  constructor(address: string) {
    this.done = this.#watch(address);
  }

  get newest(): number {
    return this.numbers.at(-1) ?? -1;
  }

  /** Waits until it sees a part. */
  async sees(number: number): Promise<void> {
    const seen = until(`part ${number}`, () => this.newest >= number);
    await Promise.race([
      seen,
      this.done.then(() => Promise.reject(new Error("The stream has ended"))),
    ]);
  }

  async leave(): Promise<void> {
    this.#hangUp.abort();
    await this.done;
  }

  async #watch(address: string): Promise<void> {
    const { signal } = this.#hangUp;
    try {
      for await (const picture of watch(address, signal)) {
        const number = newestIn(picture);
        // A keyframe shows what was there before it.
        const step = this.numbers.length === 0 ? 1 : number - this.newest;
        assert(step === 0 || step === 1, `${this.newest}, then ${number}`);
        this.numbers.push(number);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
