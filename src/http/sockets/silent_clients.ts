import { clearTimeout, setTimeout } from "node:timers";
import { REQUEST_WAIT_MILLISECONDS } from "../listening/request_wait.ts";
import {
  type Address,
  clientName,
  type OpenConnection,
  type SystemSockets,
} from "./system_sockets.ts";

/** Options of {@linkcode SilentClients}. */
export interface SilentClientsOptions {
  /** The connections of the system. */
  sockets: SystemSockets;
  /** The port of the server. */
  port: number;
  /** The clients that are being answered now. */
  answered: () => Iterable<Address>;
  /**
   * The longest wait for a client's first request.
   *
   * @default {30000}
   */
  waitMilliseconds?: number;
  /**
   * The longest wait for another one. Most proxies end a connection sooner
   * themselves, and do not ask at the moment when it is ended here.
   *
   * @default {75000}
   */
  idleMilliseconds?: number;
  /**
   * Time between two looks at all connections.
   *
   * @default {5000}
   */
  restMilliseconds?: number;
}

/** The bytes of a connection at a look. */
interface Seen {
  /** Since when it has done nothing that counts. */
  sinceMilliseconds: number;
  acknowledgedBytes: number;
  hasAsked: boolean;
}

/** Looked at together: a millisecond or two of work. */
const DESCRIPTORS = 256;
const STEP_MILLISECONDS = 10;

/**
 * Hangs up on clients that ask nothing: `Deno.serve` waits without a limit for
 * a request, for the rest of one, and for the handshake of TLS.
 */
export class SilentClients {
  readonly #options: Required<SilentClientsOptions>;
  /** Clients that have asked something since the last look began. */
  #heard = new Set<string>();
  /**
   * Clients that had before. They are forgotten with the next look, found or
   * not: another client may have the same address and port then.
   */
  #heardBefore = new Set<string>();
  /** By a number that no other connection has. */
  #seen = new Map<bigint, Seen>();
  #timer: NodeJS.Timeout;

  /** Begins to look. */
  constructor(options: SilentClientsOptions) {
    this.#options = {
      waitMilliseconds: REQUEST_WAIT_MILLISECONDS,
      idleMilliseconds: 75_000,
      restMilliseconds: 5000,
      ...options,
    };
    this.#timer = this.#rest();
  }

  /** A client has asked something. */
  hear(address: Address): void {
    this.#heard.add(clientName(address));
  }

  /** Looks no more. */
  close(): void {
    clearTimeout(this.#timer);
  }

  // This alone keeps no program running.
  #rest(): NodeJS.Timeout {
    const { restMilliseconds } = this.#options;
    return setTimeout(() => this.#look(0, new Map()), restMilliseconds).unref();
  }

  /** Looks at the connections from a descriptor on, and later at the next. */
  #look(first: number, seen: Map<bigint, Seen>): void {
    const { sockets, port, answered } = this.#options;
    // A mistake ends this look, and no other.
    this.#timer = this.#rest();
    if (first === 0) {
      this.#heardBefore = this.#heard;
      this.#heard = new Set();
    }
    const { connections, next } = sockets.connectionsTo(
      port,
      first,
      DESCRIPTORS,
    );
    if (connections.length > 0) {
      const busy = new Set(Array.from(answered(), clientName));
      for (const connection of connections) {
        this.#judge(connection, busy, seen);
      }
    }
    if (next === undefined) {
      this.#seen = seen;
      return;
    }
    clearTimeout(this.#timer);
    const goOn = () => this.#look(next, seen);
    this.#timer = setTimeout(goOn, STEP_MILLISECONDS).unref();
  }

  #judge(
    { client, identity, acknowledgedBytes, descriptor }: OpenConnection,
    busy: ReadonlySet<string>,
    seen: Map<bigint, Seen>,
  ): void {
    const now = performance.now();
    const before = this.#seen.get(identity);
    // Another client may have had this address and port, and asked: this one
    // was told nothing then.
    const isHeard = this.#heardBefore.has(client) || this.#heard.has(client);
    const asks = busy.has(client) || isHeard && acknowledgedBytes > 0;
    const hasAsked = asks || before?.hasAsked === true;
    const isAnswered = hasAsked &&
      acknowledgedBytes !== before?.acknowledgedBytes;
    const sinceMilliseconds = before === undefined || asks || isAnswered
      ? now
      : before.sinceMilliseconds;
    const { idleMilliseconds, waitMilliseconds, sockets } = this.#options;
    const most = hasAsked ? idleMilliseconds : waitMilliseconds;
    if (now - sinceMilliseconds > most) return sockets.hangUp(descriptor);
    seen.set(identity, { sinceMilliseconds, acknowledgedBytes, hasAsked });
  }
}
