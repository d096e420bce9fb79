/**
 * A server of the numbered pictures, ten a second, that can be ended and
 * begun again in the ways in which real ones end.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { Channel } from "../../../src/channel/channel.ts";
import { createHandler } from "../../../src/http/handler.ts";
import { NUMBER_LIMIT, numberedFrame } from "./numbered_frame.ts";
import { publishGif } from "../publish_gif.ts";

const INTERVAL_MILLISECONDS = 100;
/** As behind a proxy that serves it below a path of its own. */
const BASE_PATH = "/some/where";

/** From so much a browser knows the size, but has little of the picture. */
const SIZE_BYTES = 850;

/** The server. `await using` closes it. */
export class LiveServer implements AsyncDisposable {
  /** While true, no new picture comes. */
  silent = false;
  /** How long new streams keep a viewer waiting between size and picture. */
  slownessMilliseconds = 0;
  /** While true, the server does not tell how it does. */
  withoutStatus = false;
  /** While true, there is no picture to put below a stream. */
  withoutSnapshots = false;
  /** How often the stream was asked for. */
  joins = 0;
  /** Most streams that were open at once. */
  mostViewers = 0;
  #channel!: Channel;
  #handler!: (request: Request) => Response | Promise<Response>;
  #server!: Deno.HttpServer<Deno.NetAddr>;
  #port = 0;
  #kill!: AbortController;
  readonly #timer: ReturnType<typeof setInterval>;
  /** What the next picture shows. */
  #number = 1;
  #stopped = false;

  constructor() {
    this.#open();
    this.#listen();
    this.#timer = setInterval(() => this.#publish(), INTERVAL_MILLISECONDS);
  }

  /** The viewer page. */
  get page(): string {
    return `http://127.0.0.1:${this.#port}${BASE_PATH}/`;
  }

  /** Streams open at this moment. */
  get viewers(): number {
    return this.#channel.status().viewers;
  }

  /** Ends every GIF properly and begins another. */
  endStreams(): void {
    this.#channel.close();
    this.#open();
  }

  /** Cuts every connection in the middle, as the end of a process does. */
  async kill(): Promise<void> {
    this.#stopped = true;
    this.#kill.abort();
    await this.#server.finished;
  }

  /** Stops listening, and ends every GIF properly. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#channel.close();
    await this.#server.shutdown();
  }

  /** Listens again, on the same port, with counts that begin at zero. */
  restart(): void {
    this.#stopped = false;
    this.#open();
    this.#listen();
  }

  /** Ends all for good. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.stop();
  }

  #open(): void {
    this.#channel = new Channel({ name: "numbers" });
    this.#handler = createHandler(this.#channel);
  }

  #listen(): void {
    this.#kill = new AbortController();
    this.#server = Deno.serve({
      signal: this.#kill.signal,
      hostname: "127.0.0.1",
      port: this.#port,
      onListen: ({ port }) => this.#port = port,
    }, (request) => this.#answer(request));
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(BASE_PATH)) {
      return new Response("Outside the base path", { status: 404 });
    }
    url.pathname = url.pathname.slice(BASE_PATH.length);
    const { pathname } = url;
    // As proxies do that were told nothing of WebSockets.
    if (pathname.endsWith("/ws")) {
      return new Response("No WebSocket", { status: 426 });
    }
    const missing = pathname === "/api/channels" && this.withoutStatus ||
      pathname === "/numbers/snapshot.gif" && this.withoutSnapshots;
    if (missing) return new Response("As the test wants", { status: 502 });
    const { method, headers } = request;
    const response = await this.#handler(
      new Request(url, { method, headers }),
    );
    // A stream is a GIF whose length nobody knows.
    const { headers: answered } = response;
    const stream = answered.get("content-type") === "image/gif" &&
      !answered.has("content-length");
    if (!stream) return response;
    this.joins++;
    this.mostViewers = Math.max(this.mostViewers, this.viewers);
    if (this.slownessMilliseconds === 0) return response;
    return new Response(this.#slowed(response.body!), response);
  }

  #slowed(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    let first = true;
    return body.pipeThrough(
      new TransformStream({
        transform: async (bytes, controller) => {
          const begin = first ? SIZE_BYTES : 0;
          if (first) {
            controller.enqueue(bytes.subarray(0, begin));
            await delay(this.slownessMilliseconds);
          }
          first = false;
          controller.enqueue(bytes.subarray(begin));
        },
      }),
    );
  }

  #publish(): void {
    if (this.silent || this.#stopped) return;
    publishGif(this.#channel, numberedFrame(this.#number));
    this.#number = (this.#number + 1) % NUMBER_LIMIT;
  }
}
