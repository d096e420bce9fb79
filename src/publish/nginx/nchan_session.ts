import type { LogicalScreen } from "../../gif/block.ts";
import {
  type NchanAnswer,
  NchanConnection,
  type NchanRequest,
} from "./nchan_connection.ts";
import {
  followingMessage,
  LAST_MESSAGE,
  openingMessage,
  screenOf,
} from "./nchan_messages.ts";

/** The number of messages that Nchan is to keep; it goes with each message. */
const BUFFER_LENGTH = "x-buffer-length";
const HEADERS = { accept: "application/json", "content-type": "image/gif" };
const OK = [200, 201, 202];
const NOT_FOUND = 404;
/** Nothing is there: 304 of a channel that has no message. */
const EMPTY = [204, 304, NOT_FOUND];
/** Nchan has no shared memory; it is no other error of nginx, by itself. */
const FULL = [500, 507];
const STATUS_HINTS = new Map([
  [401, "expected a user and a password in the address"],
  [403, "expected that it may be sent to, see docs/nginx/nchan.conf"],
  [413, "expected a larger client_max_body_size"],
  ...FULL.map((status) =>
    [
      status,
      "expected room; viewers who take less than they are sent use up " +
      "nchan_shared_memory_size",
    ] as const
  ),
]);

/** nginx has no room for a message. */
export class NchanFullError extends Error {}

/** Sends one channel by one connection to nginx. */
export class NchanSession {
  readonly #connection: NchanConnection;
  /** The screen of the GIF that is there. */
  #screen: LogicalScreen | "unknown" | undefined;
  #messages = 0;
  #beganAt = 0;
  #viewers = 0;

  private constructor(connection: NchanConnection) {
    this.#connection = connection;
  }

  /**
   * Connects, and looks at what is there.
   *
   * @throws {Error} If that fails.
   */
  static async open(address: string): Promise<NchanSession> {
    const session = new NchanSession(new NchanConnection(address));
    try {
      await session.#look();
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  /** False once there is no connection any more. */
  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Messages that a new viewer gets. */
  get messages(): number {
    return this.#messages;
  }

  /** Time of the first of them, by `performance.now()`. */
  get beganAt(): number {
    return this.#beganAt;
  }

  /** Number of viewers there, by the last answer. */
  get viewers(): number {
    return this.#viewers;
  }

  /** True if viewers there can go on with a GIF of this screen. */
  goesOnWith({ width, height }: LogicalScreen): boolean {
    const screen = this.#screen;
    if (screen === undefined) return true;
    if (screen === "unknown") return false;
    return screen.width === width && screen.height === height;
  }

  /**
   * Sends a keyframe and the parts after it.
   *
   * @returns False if nginx has not kept just that.
   * @throws {Error} If it refuses it, or does not answer.
   */
  begin(
    screen: LogicalScreen,
    parts: readonly Uint8Array[],
  ): Promise<boolean> {
    this.#screen = screen;
    this.#messages = 0;
    this.#beganAt = performance.now();
    return this.#post(openingMessage(screen, parts));
  }

  /** Sends parts that build on those before: see {@linkcode begin}. */
  follow(parts: readonly Uint8Array[]): Promise<boolean> {
    return this.#post(followingMessage(parts));
  }

  /** Ends the GIF there, if there is one, and hangs up on its viewers. */
  async finish(): Promise<void> {
    if (this.#screen === undefined) return;
    if (this.#screen !== "unknown") await this.#post(LAST_MESSAGE);
    await this.drop();
  }

  /** Hangs up on all viewers there, and frees the memory that they take. */
  async drop(): Promise<void> {
    await this.#ask({ method: "DELETE" }, [...OK, NOT_FOUND]);
    this.#screen = undefined;
  }

  /** Closes the connection. */
  close(): void {
    this.#connection.close();
  }

  async #look(): Promise<void> {
    const answer = await this.#ask({ method: "GET" }, [...OK, ...EMPTY]);
    if (EMPTY.includes(answer.status)) return;
    this.#screen = screenOf(answer.body) ?? "unknown";
  }

  async #post(body: Uint8Array): Promise<boolean> {
    this.#messages++;
    const answer = await this.#ask({ method: "POST", body }, OK);
    const text = new TextDecoder().decode(answer.body);
    this.#viewers = numberIn(text, "subscribers") ?? 0;
    const messages = numberIn(text, "messages") ?? this.#messages;
    return messages === this.#messages;
  }

  async #ask(
    request: NchanRequest,
    expected: readonly number[],
  ): Promise<NchanAnswer> {
    const headers = {
      ...HEADERS,
      [BUFFER_LENGTH]: String(Math.max(1, this.#messages)),
    };
    const answer = await this.#connection.ask({ ...request, headers });
    const { status } = answer;
    if (expected.includes(status)) return answer;
    const hint = STATUS_HINTS.get(status);
    const message = `nginx has answered ${request.method} with status ` +
      (hint === undefined ? status : `${status}: ${hint}`);
    throw FULL.includes(status)
      ? new NchanFullError(message)
      : new Error(message);
  }
}

/** A number of an answer of Nchan's, in JSON. */
function numberIn(text: string, name: string): number | undefined {
  const [, digits] = text.match(new RegExp(`"${name}":\\s*(\\d+)`)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
