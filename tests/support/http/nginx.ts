/**
 * A real proxy: nginx, in a folder of its own.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { freePort } from "./free_port.ts";

const INTERVAL_MILLISECONDS = 20;

/** nginx, running. `await using` ends it. */
export class Nginx implements AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly address: string;
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param folder Where its files go.
   * @param server Its server, which listens on port 80.
   * @param user The user whose it is, if root runs the tests; by default the
   * same.
   */
  static async start(
    folder: string,
    server: string,
    user?: string,
  ): Promise<Nginx> {
    const port = freePort();
    await Deno.writeTextFile(
      `${folder}/nginx.conf`,
      configuration(port, server),
    );
    const [program, ...args] = [
      ...user === undefined ? [] : [
        "setpriv",
        ...[`--reuid=${user}`, `--regid=${user}`, "--init-groups", "--"],
      ],
      ...["nginx", "-p", folder, "-c", "nginx.conf", "-e", "stderr"],
    ];
    const child = new Deno.Command(program, {
      args,
      env: { PATH: `${Deno.env.get("PATH")}:/usr/sbin` },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const nginx = new Nginx(child, `http://127.0.0.1:${port}`);
    let ended = false;
    child.status.then(() => ended = true);
    while (!await listens(port)) {
      if (ended) throw new Error(`Cannot start nginx on port ${port}`);
      await delay(INTERVAL_MILLISECONDS);
    }
    return nginx;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }
}

/** Nothing that buffers is turned off: what is served must see to that. */
function configuration(port: number, server: string): string {
  return `daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  ${server.replace("listen 80", `listen 127.0.0.1:${port}`)}
}
`;
}

/** True if a program listens on a port of this machine. */
export async function listens(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    // It ends at this very moment.
    if (error instanceof Deno.errors.ConnectionReset) return true;
    throw error;
  }
}
