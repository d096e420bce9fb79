/**
 * The states in which the viewer page can be, and a server that brings each of
 * them about.
 *
 * @module
 */

import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import { createHandler } from "../../../src/http/handler.ts";
import { has, press, type Tab, textIn } from "../engines/tab.ts";
import { until } from "./until.ts";

const SCREEN = { width: 320, height: 180 };
const INTERVAL_MILLISECONDS = 200;
const TOKEN = "a token";

/** A server of moving scenes. `await using` closes it. */
export class StatesServer implements AsyncDisposable {
  /** Channels that give no pictures. */
  readonly silent = new Set<string>();
  /** True: browsers lack something that the page needs. */
  isForOldBrowsers = false;
  channels!: Channels;
  #handler!: (request: Request) => Response | Promise<Response>;
  #server: Deno.HttpServer<Deno.NetAddr> | undefined;
  #port = 0;
  #ticks = 0;
  readonly #encoders = new Map<string, GifEncoder>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor() {
    this.reset();
    this.listen();
    this.#timer = setInterval(() => this.#publish(), INTERVAL_MILLISECONDS);
  }

  /** The address, with a slash at its end. */
  get address(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Begins with three channels, all of them live, and open to anybody. */
  reset(): void {
    this.channels?.close();
    this.silent.clear();
    this.isForOldBrowsers = false;
    this.channels = new Channels();
    for (const name of ["yard", "door", "garden"]) this.add(name);
    this.#handler = createHandler(this.channels);
  }

  /** Adds a channel. */
  add(name: string, maxViewers?: number): Channel {
    const title = name[0].toUpperCase() + name.slice(1);
    const channel = new Channel({ name, title, maxViewers });
    this.#encoders.set(name, new GifEncoder(SCREEN));
    this.channels.add(channel);
    return channel;
  }

  /** The channel that is looked at. */
  get yard(): Channel {
    return this.channels.get("yard")!;
  }

  /** Removes channels. */
  remove(...names: string[]): void {
    for (const name of names) {
      const channel = this.channels.get(name);
      this.channels.remove(name);
      channel?.close();
    }
  }

  /** From now on only those may watch who know a token. */
  lock(): void {
    const viewing = { token: TOKEN };
    this.channels.close();
    this.channels = new Channels();
    this.add("yard");
    this.#handler = createHandler(this.channels, { viewing });
  }

  /** Listens, on the same port as before. */
  listen(): void {
    this.#server ??= Deno.serve({
      hostname: "127.0.0.1",
      port: this.#port,
      onListen: ({ port }) => this.#port = port,
    }, (request) => this.#answer(request));
  }

  /** Stops listening, and cuts all off. */
  async goAway(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.channels.close();
    await server?.shutdown();
  }

  /** Comes back with what there was at first. */
  comeBack(): void {
    this.reset();
    this.listen();
  }

  /** Ends all. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.goAway();
  }

  async #answer(request: Request): Promise<Response> {
    const response = await this.#handler(request);
    const isPage = response.headers.get("content-type")?.includes("html");
    if (!isPage || !this.isForOldBrowsers) return response;
    const { headers } = response;
    const coded = headers.get("content-encoding") === "gzip"
      ? response.body!.pipeThrough(new DecompressionStream("gzip"))
      : response.body;
    headers.delete("content-encoding");
    headers.delete("content-length");
    const html = await new Response(coded).text();
    // What a browser lacks ends the script, as syntax does that it lacks.
    return new Response(
      html.replace(
        /<script type="module" (nonce="[^"]+")>/,
        "<script $1>delete window.IntersectionObserver</script>$&",
      ),
      { headers },
    );
  }

  #publish(): void {
    this.#ticks++;
    if (this.#server === undefined) return;
    [...this.channels].forEach((channel, index) => {
      if (this.silent.has(channel.name)) return;
      const part = this.#encoders.get(channel.name)!
        .encode(scene(this.#ticks, index));
      if (part !== undefined) channel.publishPart(part, SCREEN);
    });
  }
}

/** A hill, a sky, and a ball that goes across. */
function scene(tick: number, place: number): Uint8Array {
  const { width, height } = SCREEN, pixels = new Uint8Array(3 * width * height);
  const sky = [[90, 150, 220], [230, 150, 90], [70, 80, 140]][place % 3];
  const hill = [[60, 130, 60], [120, 100, 60], [40, 70, 60]][place % 3];
  const ballX = (tick * 8) % width, ballY = 90 + 50 * Math.sin(tick / 4);
  for (let y = 0, at = 0; y < height; y++) {
    const band = 1 + (y >> 4) / 16;
    for (let x = 0; x < width; x++, at += 3) {
      const isBall = (x - ballX) ** 2 + (y - ballY) ** 2 < 240;
      const isHill = y > 130 + 20 * Math.sin(x / 40 + place);
      const color = isBall ? [250, 230, 120] : isHill ? hill : sky;
      for (let i = 0; i < 3; i++) {
        pixels[at + i] = Math.min(255, color[i] * (isBall ? 1 : band));
      }
    }
  }
  return pixels;
}

/** A state of the page. */
export interface PageState {
  /** For names of files and tests. */
  name: string;
  /** The part of the address behind the server's. */
  path: string;
  /** Before the page is opened. */
  before?: (server: StatesServer) => void | Promise<void>;
  /** Once it is opened, and shows moving pictures. */
  after?: (server: StatesServer, tab: Tab) => void | Promise<void>;
  /** What the page's head says, or its heading if it is no page to watch on. */
  head: RegExp;
  /** What is said over the picture. */
  notice?: RegExp;
}

/** What the page says of one channel, or of all. */
const LIVE = /^(Live|\d+ channels)$/;

/** Channels of a wall, besides those that there are anyway. */
const MORE = ["gate", "barn", "pond", "roof", "hall", "shed"];

const silence = (server: StatesServer) => void server.silent.add("yard");

/** All states. */
export const PAGE_STATES: readonly PageState[] = [
  { name: "live", path: "yard", head: /^Live$/ },
  {
    name: "no-signal",
    path: "yard",
    after(server) {
      silence(server);
      server.yard.setSource({
        state: "no signal",
        message: "cannot connect to the camera: connection refused; " +
          "trying again",
        retryMilliseconds: 60_000,
      });
    },
    head: /^No signal$/,
    notice:
      /Cannot connect to the camera: connection refused; trying again in \d+ seconds?Last picture \d+ seconds? ago/,
  },
  {
    name: "no-picture-yet",
    path: "yard",
    before(server) {
      silence(server);
      server.yard.setSource({ state: "no signal", message: "no such host" });
    },
    head: /^No signal$/,
    notice: /No such hostNo picture has come since the start/,
  },
  {
    name: "waiting",
    path: "yard",
    after: silence,
    head: /^Waiting for the source$/,
    notice: /Last picture \d+ seconds? ago/,
  },
  {
    name: "idle",
    path: "yard",
    before(server) {
      silence(server);
      server.yard.setSource({ state: "idle" });
    },
    head: /^Starting the source$/,
    notice: /starts with its first viewer/,
  },
  {
    name: "ended",
    path: "yard",
    after(server) {
      silence(server);
      server.yard.setSource({ state: "ended" });
    },
    head: /^The source has ended$/,
    notice: /Last picture \d+ seconds? ago/,
  },
  {
    name: "removed",
    path: "yard",
    after: (server) => server.remove("yard"),
    head: /^Not on air$/,
    notice: /There is no channel yard now/,
  },
  {
    name: "no-channel",
    path: "",
    before: (server) => server.remove("yard", "door", "garden"),
    head: /^No channel yet$/,
    notice: /Send a picture.*Send a film or a camera/,
  },
  {
    name: "away",
    path: "yard",
    after: (server) => server.goAway(),
    head: /^Reconnecting$/,
    notice: /The server cannot be reached/,
  },
  {
    name: "full",
    path: "yard",
    before(server) {
      server.remove("yard");
      server.add("yard", 1).view();
    },
    head: /^All places are taken$/,
    notice: /As many watch as may/,
  },
  {
    name: "token-lost",
    path: "yard",
    after: (server) => server.lock(),
    head: /^A token is needed$/,
    notice: /does not know the token.*Give the token/,
  },
  {
    name: "token",
    path: "yard",
    before: (server) => server.lock(),
    head: /^A token is needed to watch$/,
  },
  {
    name: "wrong-token",
    path: "yard?token=wrong",
    before: (server) => server.lock(),
    head: /^A token is needed to watch$/,
  },
  {
    name: "wrong-address",
    path: "no/such/page",
    head: /^There is nothing at this address$/,
  },
  {
    name: "too-old",
    path: "yard",
    before(server) {
      server.isForOldBrowsers = true;
    },
    head: /^This browser is too old$/,
  },
  {
    name: "share",
    path: "yard",
    after: async (_, tab) => {
      await press(tab, "#share");
      await until("the code", () => has(tab, "#sharing canvas:not([hidden])"));
    },
    head: /^Live$/,
  },
  {
    name: "wall",
    path: "",
    before: (server) => MORE.forEach((name) => server.add(name)),
    after(server) {
      server.silent.add("door");
      server.channels.get("door")!.setSource({ state: "no signal" });
    },
    head: /^9 channels · 1 without a live picture$/,
  },
  {
    name: "kiosk",
    path: "?kiosk",
    before: (server) => MORE.forEach((name) => server.add(name)),
    head: /^9 channels$/,
  },
];

/** Opens the page, and brings a state about. */
export async function bringAbout(
  { path, before, after, head, notice }: PageState,
  server: StatesServer,
  tab: Tab,
): Promise<void> {
  server.comeBack();
  await before?.(server);
  await tab.open(server.address + path);
  if (after !== undefined) {
    await until(
      "live pictures",
      async () => LIVE.test(await textIn(tab, "#state") ?? ""),
    );
  }
  await after?.(server, tab);
  await until(`the news: ${head}`, async () => head.test(await headOf(tab)));
  if (notice === undefined) return;
  await until(`what is known: ${notice}`, async () => {
    const text = await textIn(tab, "#notice:not([hidden])");
    return text !== undefined && notice.test(text);
  });
}

async function headOf(tab: Tab): Promise<string> {
  return await textIn(tab, "#state") ?? await textIn(tab, "h1") ?? "";
}
