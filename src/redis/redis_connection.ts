import { Buffer } from "node:buffer";
import { deadline } from "@std/async/deadline";
import { createClient, ErrorReply, RESP_TYPES } from "redis";
import { errorMessage } from "../system/error_message.ts";
import { explainRefusal, problemOfSentinel } from "./redis_mode.ts";

/** A part of a command. */
export type RedisArgument = string | number | Uint8Array;

/** Redis has refused a command: nothing is wrong with the connection. */
export class RedisRefusal extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "RedisRefusal";
  }
}

/** Options of {@linkcode RedisConnection.open}. */
export interface RedisConnectionOptions {
  /**
   * Certificates, in PEM, that Redis' own may be signed by.
   *
   * @default {undefined} those of the system
   */
  ca?: string;
}

/** Time for Redis to answer. */
const ANSWER_MILLISECONDS = 3000;
/** Time between two looks at whether it does. */
const LOOK_MILLISECONDS = 250;

type Client = ReturnType<typeof makeClient>;

/**
 * A connection to Redis. Once it is lost, it stays so. Texts come back as bytes.
 * A Redis that does not answer for three seconds counts as lost: commands that
 * it reads later may still be carried out.
 */
export class RedisConnection {
  readonly #client: Client;
  readonly #lost = Promise.withResolvers<Error>();
  readonly #look: ReturnType<typeof setInterval>;
  #reason: Error | undefined;
  /** Commands without an answer. */
  #open = 0;
  /** When there was an answer, or there began to be such commands. */
  #aliveAt = 0;

  /**
   * Connects.
   *
   * @param address As in `redis://USER:PASSWORD@HOST:PORT/DATABASE`.
   * @param options Certificates.
   * @throws {Error} If that takes longer than three seconds, or fails, or if
   * the address is that of a Sentinel.
   */
  static async open(
    address: string,
    options: RedisConnectionOptions = {},
  ): Promise<RedisConnection> {
    const client = makeClient(address, options);
    // It tells of errors twice: this one would end the thread.
    client.on("error", () => {});
    try {
      await deadline(client.connect(), ANSWER_MILLISECONDS);
    } catch (error) {
      client.destroy();
      throw isTimeout(error) ? silence() : error;
    }
    const connection = new RedisConnection(client);
    const problem = await problemOfSentinel((...parts) =>
      connection.command(...parts)
    );
    if (problem === undefined) return connection;
    connection.close();
    throw new Error(problem);
  }

  private constructor(client: Client) {
    this.#client = client;
    client.on("error", (error: unknown) => this.#lose(error));
    client.on(
      "end",
      () => this.#lose(new Error("Redis closed the connection")),
    );
    this.#look = setInterval(() => {
      const silent = performance.now() - this.#aliveAt;
      if (this.#open > 0 && silent > ANSWER_MILLISECONDS) this.#lose(silence());
    }, LOOK_MILLISECONDS);
  }

  /** Resolved with the reason once the connection is lost or closed. */
  get lost(): Promise<Error> {
    return this.#lost.promise;
  }

  /**
   * Sends a command; those sent one after another are carried out so, and need
   * not wait for each other's answers.
   *
   * @throws {RedisRefusal} If Redis refuses it.
   * @throws {Error} If the connection is lost.
   */
  async command(...parts: RedisArgument[]): Promise<unknown> {
    if (this.#reason !== undefined) throw this.#reason;
    if (this.#open++ === 0) this.#aliveAt = performance.now();
    try {
      return await this.#client.sendCommand(parts.map(argument), {
        typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer },
      });
    } catch (error) {
      if (error instanceof ErrorReply) {
        throw new RedisRefusal(explainRefusal(error.message), error);
      }
      throw this.#reason ?? error;
    } finally {
      this.#open--;
      this.#aliveAt = performance.now();
    }
  }

  /**
   * Calls back with each message; no other command can be sent then.
   *
   * @throws {Error} If the connection is lost, or Redis refuses.
   */
  async subscribe(
    channel: string,
    onMessage: (message: string) => void,
  ): Promise<void> {
    const subscribed = this.#client.subscribe(channel, onMessage);
    await deadline(subscribed, ANSWER_MILLISECONDS);
  }

  /** Closes it at once. */
  close(): void {
    this.#lose(new Error("The connection to Redis was closed"));
  }

  #lose(error: unknown): void {
    if (this.#reason !== undefined) return;
    this.#reason = error instanceof Error
      ? error
      : new Error(errorMessage(error));
    clearInterval(this.#look);
    this.#client.destroy();
    this.#lost.resolve(this.#reason);
  }
}

function makeClient(address: string, { ca }: RedisConnectionOptions) {
  // The library takes its options of TLS beside those of the address.
  const tls = /^rediss:/i.test(address) ? { tls: true as const, ca } : {};
  return createClient({
    url: address,
    RESP: 2,
    // Commands of before a break must not come after it.
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: "disabled",
    socket: {
      reconnectStrategy: false,
      connectTimeout: ANSWER_MILLISECONDS,
      ...tls,
    },
  });
}

/** The library takes bytes only as a Buffer. */
function argument(part: RedisArgument): string | Buffer {
  if (!(part instanceof Uint8Array)) return String(part);
  return Buffer.from(part.buffer, part.byteOffset, part.length);
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

function silence(): Error {
  const seconds = ANSWER_MILLISECONDS / 1000;
  return new Error(`Redis has not answered for ${seconds} s`);
}
