import { assert, assertEquals, assertLess } from "@std/assert";
import { delay } from "@std/async/delay";
import { fromFileUrl } from "@std/path";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { Nginx } from "../../support/http/nginx.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const LINES = fromFileUrl(
  new URL("../../../docs/nginx/upgrade.conf", import.meta.url),
);
/** The longest time without a picture for those who come back by themselves. */
const MOST_GAP_MILLISECONDS = 3000;

/** One of the two programs. */
async function started(folder: string, name: string): Promise<Program> {
  const program = new Program({
    args: ["live=test:", "--socket", `${folder}/${name}`],
  });
  await program.waitFor(/Listening on the Unix socket/);
  return program;
}

/** Asks for pictures all the time, as visitors do who just come. */
class Visitors {
  readonly statuses = new Map<number, number>();
  #isOver = false;
  readonly #ended: Promise<void>;

  constructor(address: string) {
    this.#ended = this.#come(address);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#ended;
  }

  async #come(address: string): Promise<void> {
    while (!this.#isOver) {
      const response = await fetch(`${address}/live/snapshot.jpg`);
      await response.body?.cancel();
      const { status } = response;
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      await delay(20);
    }
  }
}

/** A page that stays open: it connects again, as the page's script does. */
class Page {
  /** The longest time between two pictures. */
  gapMilliseconds = 0;
  pictures = 0;
  #isOver = false;
  #socket: WebSocket | undefined;
  #last = performance.now();
  readonly #ended = Promise.withResolvers<void>();
  readonly #address: string;

  constructor(address: string) {
    this.#address = `${address.replace("http", "ws")}/live/ws`;
    this.#connect();
  }

  #connect(): void {
    const socket = this.#socket = new WebSocket(this.#address);
    socket.onmessage = () => {
      const now = performance.now();
      this.gapMilliseconds = Math.max(this.gapMilliseconds, now - this.#last);
      this.#last = now;
      this.pictures++;
    };
    socket.onclose = () => {
      if (this.#isOver) this.#ended.resolve();
      else setTimeout(() => this.#connect(), 100);
    };
  }

  async end(): Promise<void> {
    this.#isOver = true;
    this.#socket?.close();
    await this.#ended.promise;
  }
}

Deno.test({
  name:
    "nginx has an answer for everybody while gifstream is upgraded behind " +
    "it, by docs/nginx/upgrade.conf",
  ignore: !requireTool("nginx"),
  fn: () =>
    withFolder(async (folder) => {
      const lines = (await Deno.readTextFile(LINES))
        .replace("/run/gifstream-a/socket", `${folder}/a`)
        .replace("/run/gifstream-b/socket", `${folder}/b`);
      await using nginx = await Nginx.start(folder, lines);
      const { address } = nginx;
      await using old = await started(folder, "a");
      await untilChannels(address, (all) => all.get("live")!.frames > 0);
      const visitors = new Visitors(address), page = new Page(address);
      const image = fetch(`${address}/live.gif`).then((it) => it.bytes());
      await delay(500);

      // The other takes over, the first is upgraded, and takes back.
      await using other = await started(folder, "b");
      await other.waitFor(/On air/);
      assertEquals(await old.stop("SIGTERM"), 0);
      const gif = await image;
      assertEquals(gif.at(-1), 0x3b, "an <img> keeps its last picture");
      await delay(500);
      await using renewed = await started(folder, "a");
      await renewed.waitFor(/On air/);
      assertEquals(await other.stop("SIGTERM"), 0);
      await delay(1000);

      const seen = page.pictures;
      await delay(1000);
      assert(page.pictures > seen, "the page shows pictures at the end");
      await Promise.all([visitors.end(), page.end()]);
      assertEquals([...visitors.statuses.keys()], [200]);
      assertLess(page.gapMilliseconds, MOST_GAP_MILLISECONDS);
      assertEquals(await renewed.stop("SIGTERM"), 0);
    }),
});
