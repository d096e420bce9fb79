/**
 * A real RTMP server: nginx with its RTMP module.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { freePort } from "../http/free_port.ts";
import { requireFile, requireTool } from "../require.ts";
import { RunningProgram } from "./programs.ts";

const MODULE = "/usr/lib/nginx/modules/ngx_rtmp_module.so";
const INTERVAL_MILLISECONDS = 50;

/** Whether it is installed. */
export function requireRtmpServer(): boolean {
  const found = [requireTool("nginx"), requireFile(MODULE)];
  return found.every(Boolean);
}

/** nginx, listening on a port of its own. */
export class RtmpServer extends RunningProgram {
  /** Where streams are, without a slash at the end. */
  readonly address: string;
  readonly #folder: string;

  /** Use {@linkcode startRtmpServer}. */
  constructor(child: Deno.ChildProcess, address: string, folder: string) {
    super(child);
    this.address = address;
    this.#folder = folder;
  }

  override async end(signal: Deno.Signal): Promise<void> {
    await super.end(signal);
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Starts nginx in a folder of its own, and waits until it listens. */
export async function startRtmpServer(): Promise<RtmpServer> {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-rtmp-" });
  const port = freePort();
  await Deno.writeTextFile(
    `${folder}/nginx.conf`,
    `load_module ${MODULE};
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 64; }
rtmp {
  access_log off;
  server {
    listen 127.0.0.1:${port};
    application live { live on; }
  }
}
`,
  );
  const child = new Deno.Command("nginx", {
    args: ["-p", folder, "-c", "nginx.conf", "-e", "stderr"],
    env: { PATH: `${Deno.env.get("PATH")}:/usr/sbin` },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const address = `rtmp://127.0.0.1:${port}/live`;
  const server = new RtmpServer(child, address, folder);
  let ended = false;
  child.status.then(() => ended = true);
  while (!await listens(port)) {
    if (ended) {
      await server.end("SIGTERM");
      throw new Error(`Cannot start nginx on port ${port}: it has ended`);
    }
    await delay(INTERVAL_MILLISECONDS);
  }
  return server;
}

async function listens(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}
