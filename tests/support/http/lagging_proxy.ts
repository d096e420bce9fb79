import { delay } from "@std/async/delay";

/**
 * A proxy that takes all that a server sends, and hands it on later and later,
 * as those do that hold back what a slow client does not take.
 */
export class LaggingProxy implements AsyncDisposable {
  /** Milliseconds that each piece takes, one after another. */
  pieceMilliseconds = 0;
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
    const late = new TransformStream<Uint8Array, Uint8Array>({
      transform: async (bytes, controller) => {
        if (this.pieceMilliseconds > 0) await delay(this.pieceMilliseconds);
        controller.enqueue(bytes);
      },
    }, { highWaterMark: 1000 });
    await Promise.allSettled([
      client.readable.pipeTo(server.writable),
      server.readable.pipeThrough(late).pipeTo(client.writable),
    ]);
  }
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It has ended by itself.
  }
}
