/**
 * A server of numbered pictures, ten a second, with all that ours can do, and
 * pages of others that show them.
 *
 * @module
 */

import { Channel } from "../../../src/channel/channel.ts";
import { ViewerLimit } from "../../../src/channel/viewers/viewer_limit.ts";
import { createHandler } from "../../../src/http/handler.ts";
import { publishGif } from "../publish_gif.ts";
import { NUMBER_LIMIT, numberedFrame } from "./numbered_frame.ts";

const INTERVAL_MILLISECONDS = 100;

/** The server. `await using` closes it. */
export class SocketServer implements AsyncDisposable {
  /** While true, no new picture comes. */
  silent = false;
  /** While true, pictures show the time, in milliseconds. */
  showsTime = false;
  /** While true, pictures have many bytes. */
  isNoisy = false;
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  /** Pages of others, by their paths, with the headers to send. */
  readonly pages = new Map<
    string,
    { html: string; headers?: Record<string, string> }
  >();
  readonly #limit = new ViewerLimit(1000);
  #channel!: Channel;
  #server!: Deno.HttpServer<Deno.NetAddr>;
  #port = 0;
  #handler!: (request: Request) => Response | Promise<Response>;
  readonly #timer: ReturnType<typeof setInterval>;
  #number = 1;

  constructor() {
    this.start();
    this.#timer = setInterval(() => this.#publish(), INTERVAL_MILLISECONDS);
  }

  /** The address of the server, without a slash at its end. */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Who watches at this moment, by form. */
  get viewersByForm(): Record<string, number> {
    return this.#channel.status().viewersByForm;
  }

  /** Who watches at this moment. */
  get viewers(): number {
    return this.#channel.viewers;
  }

  /** Takes the only place, until what it returns is let go of. */
  fill(): ReadableStream<Uint8Array> {
    this.#limit.change(1);
    return this.#channel.view();
  }

  /** Begins, or begins again on the same port. */
  start(): void {
    this.#channel = new Channel({ name: "numbers", viewerLimit: this.#limit });
    this.#handler = createHandler(this.#channel);
    this.#server = Deno.serve(
      {
        hostname: "127.0.0.1",
        port: this.#port,
        onListen: ({ port }) => this.#port = port,
      },
      (request) => this.#answer(request),
    );
  }

  /** Ends properly. */
  async stop(): Promise<void> {
    this.#channel.close();
    await this.#server.shutdown();
  }

  /** Ends all for good. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.stop();
  }

  #answer(request: Request): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    this.asked.push(pathname);
    const page = this.pages.get(pathname);
    if (page === undefined) return this.#handler(request);
    const headers = { "content-type": "text/html", ...page.headers };
    return new Response(page.html, { headers });
  }

  #publish(): void {
    if (this.silent) return;
    const number = this.showsTime ? Date.now() % NUMBER_LIMIT : this.#number;
    try {
      const frame = numberedFrame(number, { noisy: this.isNoisy });
      publishGif(this.#channel, frame);
    } catch (error) {
      // It was closed, and is to begin again.
      if (!(error instanceof TypeError)) throw error;
    }
    this.#number = (this.#number + 1) % NUMBER_LIMIT;
  }
}
