/**
 * A real nginx with the module Nchan, configured as docs/nginx/nchan.conf says,
 * in a folder of its own.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { dirname, fromFileUrl } from "@std/path";
import { freePort } from "./free_port.ts";
import { listens } from "./nginx.ts";

const ROOT = dirname(dirname(dirname(dirname(fromFileUrl(import.meta.url)))));
const DOCUMENT = `${ROOT}/docs/nginx/nchan.conf`;
const INTERVAL_MILLISECONDS = 20;

/** The module, as Debian installs it. */
export const NCHAN_MODULE = "/usr/lib/nginx/modules/ngx_nchan_module.so";

/** nginx with Nchan. `await using` ends it, and removes its folder. */
export class Nchan implements AsyncDisposable {
  /** The port that it listens on, whenever it runs. */
  readonly port = freePort();
  readonly #folder = Deno.makeTempDirSync({ prefix: "gifstream-nchan-" });
  #master: Deno.ChildProcess | undefined;

  /** Where channels are published. */
  get place(): string {
    return `http://127.0.0.1:${this.port}/pub?id={channel}`;
  }

  /** Where a channel is watched. */
  viewing(name: string): string {
    return `http://127.0.0.1:${this.port}/${name}.gif`;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param change Changes the lines of the document.
   */
  async start(change = (lines: string) => lines): Promise<void> {
    const lines = change(await Deno.readTextFile(DOCUMENT));
    await Deno.writeTextFile(
      `${this.#folder}/nginx.conf`,
      configuration(this.port, lines),
    );
    this.#master = new Deno.Command("nginx", {
      args: ["-p", this.#folder, "-c", "nginx.conf", "-e", "stderr"],
      env: { PATH: `${Deno.env.get("PATH")}:/usr/sbin` },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    let ended = false;
    this.#master.status.then(() => ended = true);
    while (!await listens(this.port)) {
      if (ended) throw new Error(`Cannot start nginx on port ${this.port}`);
      await delay(INTERVAL_MILLISECONDS);
    }
  }

  /** Sends all its processes a signal; waits for its end if they end by it. */
  async signal(signal: Deno.Signal): Promise<void> {
    const master = this.#master;
    if (master === undefined) return;
    const { pid } = master;
    const path = `/proc/${pid}/task/${pid}/children`;
    const workers = (await Deno.readTextFile(path)).split(" ").filter(Boolean);
    master.kill(signal);
    for (const worker of workers) Deno.kill(Number(worker), signal);
    if (signal !== "SIGKILL") return;
    await master.status;
    this.#master = undefined;
    while (await listens(this.port)) await delay(INTERVAL_MILLISECONDS);
  }

  /** Ends it and starts it again, with nothing of what it kept. */
  async restart(): Promise<void> {
    await this.signal("SIGKILL");
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.signal("SIGKILL");
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function configuration(port: number, lines: string): string {
  return `load_module ${NCHAN_MODULE};
${Deno.uid() === 0 ? "user root;" : ""}
daemon off;
worker_processes 2;
pid nginx.pid;
events { worker_connections 500; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  ${lines.replace("listen 80;", `listen 127.0.0.1:${port};`)}
}
`;
}
