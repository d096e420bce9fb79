/**
 * All that stands between a camera and its viewers, each part killed in turn,
 * while every byte that every viewer gets is decoded.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { freePort } from "../../support/http/free_port.ts";
import { Nchan, NCHAN_MODULE } from "../../support/http/nchan.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { CountingOrigin } from "../../support/redis/counting_origin.ts";
import { Crowd } from "../../support/redis/crowd.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireFile, requireTool } from "../../support/require.ts";

/** Viewers of each place. */
const CROWD = 60;
/** An edge of several threads, where there can be some. */
const byWorkers = Deno.build.os === "linux" ? ["--workers", "2"] : [];
/** Pictures that nobody doubts. */
const SOME = 10;

/** An edge that is started again where it was. */
class Edge implements AsyncDisposable {
  readonly address: string;
  readonly #args: string[];
  #program: Program;

  constructor(redis: string, ...args: string[]) {
    const port = freePort();
    this.address = `http://127.0.0.1:${port}`;
    this.#args = [redis, "--port", String(port), ...args];
    this.#program = new Program({ args: this.#args });
  }

  /** Waits until it has the channel. */
  async serves(): Promise<void> {
    await this.#program.address();
    await untilChannels(
      this.address,
      (all) => (all.get("live")?.frames ?? 0) > 0,
    );
  }

  async kill(): Promise<void> {
    await this.#program.stop("SIGKILL");
  }

  async restart(): Promise<void> {
    this.#program = new Program({ args: this.#args });
    await this.serves();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}

Deno.test({
  name: "every byte of every viewer is right while each part is killed in turn",
  ignore: !requireTool("redis-server") || !requireFile(NCHAN_MODULE),
  async fn() {
    await using redis = await RedisServer.start();
    await using nginx = new Nchan();
    await nginx.start();
    await using origin = new CountingOrigin(
      ...["--publish", redis.address, "--publish", nginx.place],
    );
    await using first = new Edge(redis.address);
    await using second = new Edge(redis.address, ...byWorkers);
    await using third = new Edge(redis.address, "--server", "node");
    const edges = [first, second, third];
    for (const edge of edges) await edge.serves();
    const source = await origin.program.address();
    await using near = new Crowd(`${source}/live.gif`, CROWD);
    await using one = new Crowd(`${first.address}/live.gif`, CROWD);
    await using two = new Crowd(`${second.address}/live.gif`, CROWD);
    await using three = new Crowd(`${third.address}/live.gif`, CROWD);
    const far = [one, two, three];
    await using pushed = new Crowd(nginx.viewing("live"), CROWD, true);
    const all = [near, ...far, pushed];
    const moves = async (crowds: Crowd[]) => {
      const number = origin.newest + SOME;
      await Promise.all(crowds.map((crowd) => crowd.see(number)));
    };
    await Promise.all(all.map((crowd) => crowd.join()));
    await moves(all);
    // A slow machine may make viewers skip a picture, but see none twice; those
    // of nginx are given keyframes from time to time.
    for (const { worst } of [near, ...far]) assertEquals(worst.repeats, 0);

    // An edge: only its own viewers are lost.
    await first.kill();
    await one.lost();
    await moves([near, two, three, pushed]);
    await first.restart();
    await one.join();
    await moves(all);
    for (const { worst } of [near, ...far]) assertEquals(worst.repeats, 0);

    // Redis: the viewers of edges wait, those of the origin notice nothing.
    await redis.stop("SIGKILL");
    await moves([near, pushed]);
    await redis.restart();
    await moves(all);

    // nginx: only its own viewers are lost.
    await nginx.signal("SIGKILL");
    await pushed.lost();
    await moves([near, ...far]);
    await nginx.start();
    await pushed.join();
    await moves(all);
    assertEquals(near.worst.repeats, 0);

    // The origin: its own viewers are lost.
    await origin.stop("SIGKILL");
    await near.lost();
    await origin.restart();
    await moves([...far, pushed]);

    // A keyframe of what was there already, for each new session.
    for (const { worst: { repeats } } of far) assert(repeats <= 2);
  },
});
