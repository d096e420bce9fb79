/**
 * A proxy that can lose its connections, or hold on to what they carry, as
 * networks do.
 *
 * @module
 */

/** A proxy of one port of this machine. `await using` ends it. */
export class DroppingProxy implements AsyncDisposable {
  /** True while it takes no connection. */
  refuses = false;
  /** Bytes that it has handed from the server to clients. */
  receivedBytes = 0;
  readonly #port: number;
  readonly #listener: Deno.TcpListener;
  readonly #open = new Set<Deno.TcpConn>();
  readonly #done: Promise<void>;
  #frozen: PromiseWithResolvers<void> | undefined;

  /** @param port The server's, on this machine. */
  constructor(port: number) {
    this.#port = port;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.#done = this.#run();
  }

  /** The proxy's port. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** Closes all connections. */
  cut(): void {
    for (const connection of this.#open) closeQuietly(connection);
    this.#open.clear();
  }

  /** Hands nothing on, and says so to nobody. */
  freeze(): void {
    this.#frozen ??= Promise.withResolvers();
  }

  /** Goes on where it stopped. */
  thaw(): void {
    this.#frozen?.resolve();
    this.#frozen = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.thaw();
    this.cut();
    await this.#done;
  }

  async #run(): Promise<void> {
    for await (const client of this.#listener) {
      if (this.refuses) closeQuietly(client);
      else this.#join(client);
    }
  }

  async #join(client: Deno.TcpConn): Promise<void> {
    let server: Deno.TcpConn;
    try {
      server = await Deno.connect({ hostname: "127.0.0.1", port: this.#port });
    } catch {
      return closeQuietly(client);
    }
    this.#open.add(client).add(server);
    const held = (count: boolean) =>
      new TransformStream<Uint8Array, Uint8Array>({
        transform: async (bytes, controller) => {
          await this.#frozen?.promise;
          if (count) this.receivedBytes += bytes.length;
          controller.enqueue(bytes);
        },
      });
    await Promise.allSettled([
      client.readable.pipeThrough(held(false)).pipeTo(server.writable),
      server.readable.pipeThrough(held(true)).pipeTo(client.writable),
    ]);
    this.#open.delete(client);
    this.#open.delete(server);
  }
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It has ended by itself.
  }
}
