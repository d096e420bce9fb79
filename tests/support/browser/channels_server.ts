/**
 * A server of several channels of numbered pictures, ten a second, each with
 * numbers of its own.
 *
 * @module
 */

import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { createHandler } from "../../../src/http/handler.ts";
import { numberedFrame } from "./numbered_frame.ts";
import { publishGif } from "../publish_gif.ts";

const INTERVAL_MILLISECONDS = 100;
/** As behind a proxy that serves it below a path of its own. */
const BASE_PATH = "/some/where";
/** Numbers that each channel has. */
const NUMBERS = 2000;

/** The server. `await using` closes it. */
export class ChannelsServer implements AsyncDisposable {
  /** What is served. */
  readonly channels: Channels;
  /** The channel that gets no picture. */
  idle: string | undefined;
  /** Tenths of a second between two pictures of a channel. */
  tenths = 1;
  /** False: something in between lets no WebSocket through. */
  hasSockets = false;
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  /** Most streams that were open at once. */
  mostViewers = 0;
  readonly #handler: (request: Request) => Response | Promise<Response>;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #order: string[] = [];
  #ticks = 0;

  /** Begins with channels of these names. */
  constructor(...names: string[]) {
    this.channels = new Channels();
    names.forEach((name) => this.add(name));
    this.#handler = createHandler(this.channels, { basePath: BASE_PATH });
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => this.#answer(request),
    );
    this.#timer = setInterval(() => this.#publish(), INTERVAL_MILLISECONDS);
  }

  /** The address that all others are below. */
  get page(): string {
    return `http://127.0.0.1:${this.#server.addr.port}${BASE_PATH}/`;
  }

  /** Adds a channel, whose title is its name in capitals. */
  add(name: string): void {
    if (!this.#order.includes(name)) this.#order.push(name);
    this.channels.add(new Channel({ name, title: name.toUpperCase() }));
  }

  /** Who watches a channel at this moment. */
  viewersOf(name: string): number | undefined {
    return this.channels.get(name)?.viewers;
  }

  /** The channel whose picture has this number. */
  channelOf(number: number): string {
    return this.#order[Math.floor(number / NUMBERS)];
  }

  /** Ends, or ended already. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.channels.close();
    await this.#server.shutdown();
  }

  /** Ends all for good. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const path = pathname.replace(BASE_PATH + "/", "/");
    if (path === pathname) return new Response("Outside", { status: 404 });
    if (/\/(ws|wall)$/.test(path) && !this.hasSockets) {
      return new Response("No WebSocket", { status: 426 });
    }
    this.asked.push(path);
    const response = await this.#handler(request);
    const viewers = [...this.channels].map((channel) => channel.viewers);
    const sum = viewers.reduce((a, b) => a + b, 0);
    this.mostViewers = Math.max(this.mostViewers, sum);
    return response;
  }

  #publish(): void {
    if (++this.#ticks % this.tenths > 0) return;
    for (const channel of this.channels) {
      if (channel.name === this.idle) continue;
      const first = this.#order.indexOf(channel.name) * NUMBERS;
      publishGif(channel, numberedFrame(first + this.#ticks % NUMBERS));
    }
  }
}
