import { delay } from "@std/async/delay";

const PIECE_BYTES = 2000;

/** A way to a server that is long, or narrow, or both. */
export class SlowProxy implements AsyncDisposable {
  /** Milliseconds that each byte is on its way, there and back. */
  delayMilliseconds = 0;
  /** Bytes a second from the server, which wait before it without a bound. */
  bytesPerSecond = Infinity;
  /** Number of connections so far. */
  connections = 0;
  readonly #port: number;
  readonly #listener: Deno.TcpListener;
  readonly #open = new Set<Deno.TcpConn>();
  readonly #done: Promise<void>;

  /** @param port The server's, on this machine. */
  constructor(port: number) {
    this.#port = port;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#done = this.#run();
  }

  /** The proxy's address, without a slash at its end. */
  get origin(): string {
    return `http://127.0.0.1:${this.#listener.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#open) closeQuietly(connection);
    await this.#done;
  }

  async #run(): Promise<void> {
    for await (const client of this.#listener) {
      this.connections++;
      this.#join(client);
    }
  }

  async #join(client: Deno.TcpConn): Promise<void> {
    const server = await Deno.connect({
      hostname: "127.0.0.1",
      port: this.#port,
    });
    this.#open.add(client).add(server);
    await Promise.allSettled([
      client.readable.pipeThrough(this.#way(false)).pipeTo(server.writable),
      server.readable.pipeThrough(this.#way(true)).pipeTo(client.writable),
    ]);
    closeQuietly(client);
    closeQuietly(server);
  }

  #way(isNarrow: boolean): ReadableWritablePair<Uint8Array, Uint8Array> {
    const late: { bytes: Uint8Array; dueMilliseconds: number }[] = [];
    let wake = () => {}, ended = false;
    const writable = new WritableStream<Uint8Array>({
      write: (bytes) => {
        const dueMilliseconds = performance.now() + this.delayMilliseconds;
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
          const piece = bytes.subarray(at, at + PIECE_BYTES);
          late.push({ bytes: piece, dueMilliseconds });
        }
        wake();
      },
      close() {
        ended = true;
        wake();
      },
      abort() {
        ended = true;
        wake();
      },
    });
    const readable = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        while (late.length === 0 && !ended) {
          await new Promise<void>((resolve) => wake = resolve);
        }
        const next = late.shift();
        if (next === undefined) return controller.close();
        const rest = next.dueMilliseconds - performance.now();
        if (rest > 0) await delay(rest);
        if (isNarrow && this.bytesPerSecond < Infinity) {
          await delay(1000 * next.bytes.length / this.bytesPerSecond);
        }
        controller.enqueue(next.bytes);
      },
    }, { highWaterMark: 0 });
    return { readable, writable };
  }
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It has ended by itself.
  }
}
