import { delay } from "@std/async/delay";
import { fromFileUrl } from "@std/path";

/** The token of those who send frames. */
export const TOKEN = "attack";

/** The only other page whose scripts may listen. */
export const MINE = "https://mine.example";

const CLI = fromFileUrl(import.meta.resolve("../../cli.ts"));
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** Far more than a start takes. */
const START_MILLISECONDS = 120_000;

/** The program that is attacked, with a viewer who only wants to watch. */
export class Target implements AsyncDisposable {
  readonly address: string;
  readonly #child: Deno.ChildProcess;
  readonly #leaving = new AbortController();
  #lastAt = performance.now();
  #longestGap = 0;
  /** It must not outlive the attack. */
  readonly #stop = () => {
    this.#child.kill("SIGKILL");
    Deno.exit(1);
  };

  private constructor(
    child: Deno.ChildProcess,
    address: string,
    isWatched: boolean,
  ) {
    this.#child = child;
    this.address = address;
    for (const signal of SIGNALS) Deno.addSignalListener(signal, this.#stop);
    if (isWatched) this.#watch();
  }

  /**
   * Starts the program.
   *
   * @param server As `--server` has it.
   * @param isWatched Whether there is a viewer who only wants to watch.
   */
  static async start(server: string, isWatched = true): Promise<Target> {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "-A", CLI, "live=test:", "--port", "0"],
        ...["--server", server, "--ingest", "--allow-origin", MINE],
      ],
      env: { GIFSTREAM_TOKEN: TOKEN, NO_COLOR: "1" },
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const found = Promise.withResolvers<string>();
    const late = setTimeout(
      () => found.reject(new Error("The program does not start")),
      START_MILLISECONDS,
    );
    (async () => {
      let text = "";
      const log = child.stderr.pipeThrough(new TextDecoderStream());
      for await (const piece of log) {
        text = (text + piece).slice(-10_000);
        const [, address] = text.match(/(http:\/\/[\d.]+:\d+)\//) ?? [];
        if (address !== undefined) found.resolve(address);
      }
      found.reject(new Error(`The program has ended:\n${text}`));
    })();
    try {
      return new Target(child, await found.promise, isWatched);
    } catch (error) {
      await end(child);
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  get port(): number {
    return Number(new URL(this.address).port);
  }

  /** Files and connections that the program has open. */
  get descriptors(): number {
    return [...Deno.readDirSync(`/proc/${this.#child.pid}/fd`)].length;
  }

  /** The ports of clients for whose connections it has a descriptor. */
  clientPorts(): number[] {
    const own = `:${this.port.toString(16).toUpperCase().padStart(4, "0")}`;
    return Deno.readTextFileSync("/proc/net/tcp").trim().split("\n").slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , , , , , , , inode]) =>
        local.endsWith(own) && inode !== "0"
      ).map(([, , remote]) => parseInt(remote.split(":")[1], 16))
      // That of the listener.
      .filter((port) => port !== 0);
  }

  /** Memory in use, in MB. */
  get megabytes(): number {
    const status = Deno.readTextFileSync(`/proc/${this.#child.pid}/status`);
    return Number(status.match(/^VmRSS:\s+(\d+)/m)?.[1]) / 1024;
  }

  /** The longest time without a picture for the viewer since the last call. */
  takeGap(): number {
    const gap = Math.max(this.#longestGap, performance.now() - this.#lastAt);
    this.#longestGap = 0;
    this.#lastAt = performance.now();
    return gap / 1000;
  }

  /** Waits until few descriptors are open; answers how long that took. */
  async untilDescriptors(most: number, seconds: number): Promise<number> {
    const begun = performance.now();
    while (
      this.descriptors > most && performance.now() - begun < seconds * 1000
    ) await delay(100);
    return (performance.now() - begun) / 1000;
  }

  /** Sends a signal. */
  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort();
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, this.#stop);
    await end(this.#child);
  }

  async #watch(): Promise<void> {
    const { signal } = this.#leaving;
    try {
      const response = await fetch(`${this.address}/live.gif`, { signal });
      for await (const _ of response.body!) {
        const now = performance.now();
        this.#longestGap = Math.max(this.#longestGap, now - this.#lastAt);
        this.#lastAt = now;
      }
    } catch {
      // It has left, or the gap grows on.
    }
  }
}

async function end(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has ended already.
    if (!(error instanceof TypeError)) throw error;
  }
  await child.status;
}
