import type { WallHead } from "../../../src/http/resources/wall/wall_message.ts";
import { until } from "../browser/until.ts";

/** A message of a wall. */
export interface SeenMessage {
  head: WallHead;
  /** The files of the pictures, by the channels' names. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

/** Who watches a wall. `await using` leaves it. */
export class WallClient implements AsyncDisposable {
  /** The end of the connection. */
  readonly closed: Promise<CloseEvent>;
  readonly #socket: WebSocket;
  readonly #messages: SeenMessage[] = [];
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();

  /** @param address That of the wall, as for HTTP. */
  constructor(address: string) {
    this.#socket = new WebSocket(address.replace("http", "ws"));
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({ data }) => {
      this.#messages.push(readMessage(new Uint8Array(data)));
    };
    this.closed = new Promise((resolve) => this.#socket.onclose = resolve);
  }

  /** The next message. */
  async message(): Promise<SeenMessage> {
    await until("a message", () => this.#messages.length > 0);
    const message = this.#messages.shift()!;
    message.files.forEach((file, name) => this.#files.set(name, file));
    return message;
  }

  /** The first message that is looked for. */
  async find(isFound: (message: SeenMessage) => boolean): Promise<SeenMessage> {
    for (;;) {
      const message = await this.message();
      if (isFound(message)) return message;
    }
  }

  /** The newest file of each channel, once they are as wanted. */
  async until(
    isWanted: (files: Map<string, Uint8Array<ArrayBuffer>>) => boolean,
  ): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    while (!isWanted(this.#files)) await this.message();
    return this.#files;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.closed;
  }
}

function readMessage(message: Uint8Array<ArrayBuffer>): SeenMessage {
  let at = 4 + new DataView(message.buffer).getUint32(0);
  const head: WallHead = JSON.parse(
    new TextDecoder().decode(message.subarray(4, at)),
  );
  const files = new Map(
    head.pictures.map(({ name, bytes }) => [
      name,
      message.slice(at, at += bytes),
    ]),
  );
  if (at !== message.length) {
    throw new Error(`${at} of ${message.length} bytes`);
  }
  return { head, files };
}
