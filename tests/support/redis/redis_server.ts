/**
 * A real redis-server, on a port of its own, that tests may kill, pause and
 * start again.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import {
  type RedisArgument,
  RedisConnection,
} from "../../../src/redis/redis_connection.ts";
import { freePort } from "../http/free_port.ts";

/** How often it is tried to begin one. */
const ATTEMPTS = 10;

/** A Redis. `await using` ends it. */
export class RedisServer implements AsyncDisposable {
  readonly port: number = freePort();
  readonly #folder: string;
  readonly #args: readonly string[];
  /** Its file of settings, which a Sentinel cannot do without. */
  #file: string[] = [];
  #process: Deno.ChildProcess | undefined;

  private constructor(folder: string, args: readonly string[]) {
    this.#folder = folder;
    this.#args = args;
  }

  /**
   * Starts one.
   *
   * @param args More options of redis-server.
   */
  static async start(...args: string[]): Promise<RedisServer> {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-redis-" });
    const server = new RedisServer(folder, args);
    await server.restart();
    return server;
  }

  /**
   * Starts a Sentinel.
   *
   * @param watched The Redis that it watches.
   * @param name The name by which it knows that.
   */
  static async startSentinel(
    watched: RedisServer,
    name: string,
  ): Promise<RedisServer> {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-redis-" });
    const server = new RedisServer(folder, ["--sentinel"]);
    const file = `${folder}/sentinel.conf`;
    await Deno.writeTextFile(
      file,
      `sentinel monitor ${name} 127.0.0.1 ${watched.port} 1\n`,
    );
    server.#file = [file];
    await server.restart();
    return server;
  }

  /** Its address. */
  get address(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it where it was, and waits until it answers. */
  async restart(): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const process = this.#spawn();
      const end = process.status.then(() => true);
      while (!await Promise.race([end, delay(20)])) {
        if (!await this.#answers()) continue;
        this.#process = process;
        return;
      }
      // Another program had the port, if only for a connection of its own.
      await delay(500);
    }
    throw new Error(`redis-server cannot begin at port ${this.port}`);
  }

  #spawn(): Deno.ChildProcess {
    return new Deno.Command("redis-server", {
      args: [
        ...this.#file,
        ...["--port", String(this.port), "--bind", "127.0.0.1"],
        ...["--save", "", "--dir", this.#folder, ...this.#args],
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  /** Ends it, by default as if the machine had gone. */
  async stop(signal: Deno.Signal = "SIGKILL"): Promise<void> {
    const process = this.#process;
    if (process === undefined) return;
    this.#process = undefined;
    process.kill(signal);
    await process.status;
  }

  /** Sends one command over a connection of its own. */
  async command(...parts: RedisArgument[]): Promise<unknown> {
    const connection = await RedisConnection.open(this.address);
    try {
      return await connection.command(...parts);
    } finally {
      connection.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.#folder, { recursive: true });
  }

  async #answers(): Promise<boolean> {
    try {
      using _ = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused) return false;
      throw error;
    }
  }
}
