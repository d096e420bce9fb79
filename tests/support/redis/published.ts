/**
 * An origin, a Redis and an edge, each with a viewer where there can be one.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import type { ChannelStatus } from "../../../src/channel/channel_status.ts";
import { untilChannels } from "../program/cli_channels.ts";
import { Program } from "../program/program.ts";
import { CountingOrigin } from "./counting_origin.ts";
import { DroppingProxy } from "./dropping_proxy.ts";
import { RedisServer } from "./redis_server.ts";
import { StrictViewer } from "./strict_viewer.ts";

/** Pictures after which nobody doubts that a stream moves. */
const SOME = 5;

/** All that runs. `await using` ends it. */
export class Published implements AsyncDisposable {
  readonly #stack: AsyncDisposableStack;

  private constructor(
    stack: AsyncDisposableStack,
    /** The Redis. */
    readonly redis: RedisServer,
    /** Between the origin and the Redis. */
    readonly originProxy: DroppingProxy,
    /** Between the edge and the Redis. */
    readonly edgeProxy: DroppingProxy,
    readonly origin: CountingOrigin,
    readonly edge: Program,
    /** The address of the edge. */
    readonly address: string,
    /** A viewer of the origin. */
    readonly near: StrictViewer,
    /** A viewer of the edge. */
    readonly far: StrictViewer,
  ) {
    this.#stack = stack;
  }

  /**
   * Starts all, and waits until both viewers see pictures.
   *
   * @param options More options of redis-server, and variables of the edge.
   */
  static async start(
    { redisArgs = [], edgeEnv }: {
      redisArgs?: string[];
      edgeEnv?: Record<string, string>;
    } = {},
  ): Promise<Published> {
    const stack = new AsyncDisposableStack();
    try {
      const redis = stack.use(await RedisServer.start(...redisArgs));
      const originProxy = stack.use(new DroppingProxy(redis.port));
      const edgeProxy = stack.use(new DroppingProxy(redis.port));
      const place = `redis://127.0.0.1:${originProxy.port}`;
      const origin = stack.use(new CountingOrigin("--publish", place));
      const edge = stack.use(
        new Program({
          args: [`redis://127.0.0.1:${edgeProxy.port}`, "--port", "0"],
          env: edgeEnv,
        }),
      );
      const address = await edge.address();
      await untilChannels(
        address,
        (all) => (all.get("live")?.frames ?? 0) > SOME,
      );
      const source = await origin.program.address();
      const near = stack.use(new StrictViewer(`${source}/live.gif`));
      const far = stack.use(new StrictViewer(`${address}/live.gif`));
      const published = new Published(
        ...[stack, redis, originProxy, edgeProxy, origin, edge] as const,
        ...[address, near, far] as const,
      );
      await published.moves();
      return published;
    } catch (error) {
      await stack.disposeAsync();
      throw error;
    }
  }

  /** Waits until the viewer of the edge sees pictures of after now. */
  async moves(): Promise<void> {
    await this.far.sees(this.origin.newest + SOME);
  }

  /** Waits until the viewer of the origin sees pictures of after now. */
  async originMoves(): Promise<void> {
    await this.near.sees(this.origin.newest + SOME);
  }

  /** Waits until the channel at the edge is as it is to be. */
  async untilEdge(suits: (channel: ChannelStatus) => boolean): Promise<void> {
    await untilChannels(this.address, (all) => {
      const channel = all.get("live");
      return channel !== undefined && suits(channel);
    });
  }

  /** Waits until the origin says what it is to say of its readiness. */
  async untilOrigin(pattern: RegExp): Promise<void> {
    const address = `${await this.origin.program.address()}/readyz`;
    while (!pattern.test(await (await fetch(address)).text())) await delay(50);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}
