/**
 * Servers that answer as cameras do, byte for byte.
 *
 * @module
 */

import { assert } from "@std/assert";

/** What a server makes of a connection. */
export interface RawCall {
  /** The head of the request. */
  head: string;
  /** The path that is asked for. */
  path: string;
  /** Sends text or bytes. */
  send(...pieces: (string | Uint8Array)[]): Promise<void>;
}

/** A server that answers in its own words. `await using` ends it. */
export class RawServer implements AsyncDisposable {
  /** The requests so far. */
  readonly calls: RawCall[] = [];
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #answer: (call: RawCall) => Promise<void>;
  readonly #open = new Set<Deno.Conn>();
  readonly #done: Promise<void>;

  /**
   * Starts it.
   *
   * @param answer Answers; then the connection is closed.
   */
  constructor(answer: (call: RawCall) => Promise<void>) {
    this.#answer = answer;
    this.#done = this.#serve();
  }

  get address(): string {
    const { addr } = this.#listener;
    assert(addr.transport === "tcp");
    return `http://127.0.0.1:${addr.port}`;
  }

  /** Breaks all connections. */
  breakAll(): void {
    for (const connection of this.#open) this.#close(connection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.breakAll();
    await this.#done;
  }

  async #serve(): Promise<void> {
    const answers: Promise<void>[] = [];
    for await (const connection of this.#listener) {
      this.#open.add(connection);
      answers.push(this.#handle(connection));
    }
    await Promise.all(answers);
  }

  async #handle(connection: Deno.Conn): Promise<void> {
    try {
      let head = "";
      while (!head.includes("\r\n\r\n")) {
        const buffer = new Uint8Array(4096);
        const length = await connection.read(buffer);
        if (length === null) return;
        head += new TextDecoder().decode(buffer.subarray(0, length));
      }
      const call = {
        head,
        path: head.split(" ")[1],
        send: (...pieces: (string | Uint8Array)[]) =>
          sendAll(connection, pieces),
      };
      this.calls.push(call);
      await this.#answer(call);
    } catch (error) {
      if (!isHangUp(error)) throw error;
    } finally {
      this.#close(connection);
    }
  }

  #close(connection: Deno.Conn): void {
    if (this.#open.delete(connection)) connection.close();
  }
}

async function sendAll(
  connection: Deno.Conn,
  pieces: (string | Uint8Array)[],
): Promise<void> {
  for (const piece of pieces) {
    let bytes = typeof piece === "string"
      ? new TextEncoder().encode(piece)
      : piece;
    while (bytes.length > 0) {
      bytes = bytes.subarray(await connection.write(bytes));
    }
  }
}

function isHangUp(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BadResource ||
    error instanceof Deno.errors.Interrupted;
}
