import { join } from "@std/path";
import { framePart } from "../../mod.ts";
import { spawn } from "./child.ts";
import type { Start } from "./contender.ts";
import { atPace, framesOfBytes } from "./frame.ts";
import { childrenOf } from "./usage.ts";

/** Debian keeps servers where the path of ordinary users does not look. */
const NGINX = "/usr/sbin/nginx";
const MODULE = "/usr/lib/nginx/modules/ngx_nchan_module.so";
const START_MILLISECONDS = 5000;

/** Whether nginx and its Nchan module are installed, as Debian does it. */
export async function nchanIsInstalled(): Promise<boolean> {
  try {
    await Deno.stat(NGINX);
    await Deno.stat(MODULE);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Starts an nginx of our own, in a temporary folder. */
export const startNchan: Start = async (stack, maxPartBytes, workers) => {
  const folder = Deno.makeTempDirSync({ prefix: "gifstream-fanout-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const port = freePort();
  const config = join(folder, "nginx.conf");
  Deno.writeTextFileSync(config, configuration(port, workers));
  const command = new Deno.Command(NGINX, {
    args: ["-p", folder, "-c", config],
    stdin: "null",
  });
  const master = spawn(stack, command, "SIGTERM");
  const publisher = stack.adopt(
    new Publisher(port, maxPartBytes),
    (publisher) => publisher.close(),
  );
  await publisher.untilItAnswers();
  const pids = await childrenOf(master.pid);
  return {
    name: workers === 1 ? "nginx + Nchan" : `Nchan, ${workers} workers`,
    port,
    path: "/live",
    pids,
    // Nchan puts a line end behind each message.
    wireBytesPerFrame: publisher.partBytes + 1,
    publish: (frames, framesPerSecond) =>
      publisher.publish(frames, framesPerSecond),
  };
};

function configuration(port: number, workers: number): string {
  return `
load_module ${MODULE};
${Deno.uid() === 0 ? "user root;" : ""}
daemon off;
worker_processes ${workers};
pid nginx.pid;
error_log stderr error;
events { worker_connections 20000; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  client_max_body_size 64m;
  client_body_buffer_size 1m;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  nchan_shared_memory_size 256M;
  server {
    listen 127.0.0.1:${port} backlog=4096 reuseport;
    location = /publish {
      nchan_publisher;
      nchan_channel_id live;
      nchan_message_buffer_length 1;
      nchan_message_timeout 0;
    }
    location = /live {
      nchan_subscriber http-raw-stream;
      nchan_channel_id live;
      nchan_subscriber_first_message newest;
      add_header Cache-Control no-store;
    }
  }
}
`;
}

/** A port that was free just now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Hands frames to Nchan with one POST each, over one connection. */
class Publisher {
  readonly partBytes: number;
  readonly #address: string;
  readonly #client = Deno.createHttpClient({ poolMaxIdlePerHost: 1 });
  readonly #bodyOf: (number: number) => Uint8Array<ArrayBuffer>;
  #number = 0;

  constructor(port: number, maxPartBytes: number) {
    this.#address = `http://127.0.0.1:${port}/publish`;
    const { partBytes, frame } = framesOfBytes(maxPartBytes);
    this.partBytes = partBytes;
    this.#bodyOf = (number) => framePart(frame(number)).bytes.slice();
  }

  publish(frames: number, framesPerSecond: number): Promise<void> {
    return atPace(frames, framesPerSecond, () => this.#post());
  }

  async untilItAnswers(): Promise<void> {
    const end = performance.now() + START_MILLISECONDS;
    for (;;) {
      try {
        return await this.#post();
      } catch (error) {
        if (performance.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  close(): void {
    this.#client.close();
  }

  async #post(): Promise<void> {
    const response = await fetch(this.#address, {
      method: "POST",
      body: this.#bodyOf(this.#number++),
      client: this.#client,
    });
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(`Cannot publish to Nchan: status ${response.status}`);
    }
  }
}
