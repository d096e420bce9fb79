import type { Answering } from "../connection/client.ts";
import { SilentClients } from "./silent_clients.ts";
import {
  type Address,
  type SystemSockets,
  systemSockets,
} from "./system_sockets.ts";

/** Options of {@linkcode FloodGuard}. */
export interface FloodGuardOptions {
  /** Called when some were cut off that went on sending. */
  onCut: (count: number) => void;
  /**
   * The connections of the system; undefined if it tells nothing.
   *
   * @default {systemSockets()}
   */
  sockets?: SystemSockets | undefined;
  /**
   * True if the server keeps in memory all that its clients send: then they are
   * looked at as soon as memory grows.
   *
   * @default {true}
   */
  keepsAll?: boolean;
}

/** The bytes that a client may send while it is answered. */
export type Sending =
  /** Nothing: HTTP/1.1 has no use for it. */
  | "nothing"
  /** Frames of HTTP/2 that have no content. */
  | "little"
  /** The body of a request. */
  | "bodies"
  /** The rest of the body of a request that was refused. */
  | "rest";

/** A request that takes time to be answered. */
export interface WatchedAnswer extends Answering {
  /** The bytes that its client may send meanwhile. */
  sending: Sending;
}

/** A connection that is watched. */
interface Watched {
  address: Address;
  answering: Set<WatchedAnswer>;
  sinceMilliseconds: number;
  /** Undefined: it was not looked for yet. */
  descriptor?: number;
  /** Whether the system takes little ahead of what the server reads. */
  isNarrow?: boolean;
  /** Looks at which more was unsent than a fast client leaves, and the first. */
  lags?: { looks: number; since: number };
  /** Bytes received and acknowledged at the first look. */
  first?: { receivedBytes: number; acknowledgedBytes: number; at: number };
}

/** Between two looks, if they cost little. */
const LOOK_MILLISECONDS = 100;
/**
 * No more than one part in so many of all time is spent on looking: a fiftieth
 * was a fifth of what it takes to serve a thousand viewers.
 */
const COST_PART = 500;
/** The same while memory grows quickly. */
const URGENT_COST_PART = 5;
/** The same while somebody sends what is read for nobody. */
const REFUSED_COST_PART = 20;
const TICK_MILLISECONDS = 25;
const URGENT_BYTES = 8 * 2 ** 20;
/** A connection that is not found by then is gone. */
const FOUND_MILLISECONDS = 1000;

/** A client for which so much waits, so often and for so long, is slow. */
const LAG_BYTES = 16_384;
const LAG_LOOKS = 5;
const LAG_MILLISECONDS = 1000;

/** Requests that may stand behind the one that is answered. */
const ALLOWED_BYTES = 64 * 1024;
/** The rest of a frame: most clients take no answer before they have sent it. */
export const ALLOWED_REST_BYTES: number = 16 * 2 ** 20;
const ALLOWED_REST_SECONDS = 5;
/** Answers to signs of life, and the like. */
const ALLOWED_BYTES_A_SECOND = 128;
/** By HTTP/2, clients tell how much they have taken: 1 byte of so many. */
const ALLOWED_PART = 32;

/**
 * Cuts off clients that go on sending while they are being answered:
 * `Deno.serve` keeps all that they send, without a bound, until the answer has
 * ended; and a WebSocket's message until it is complete. Hangs up on clients
 * that ask nothing, for which it would wait without a limit, too. Tells which
 * viewers are slow, and what they have not got yet.
 */
export class FloodGuard {
  readonly #options: FloodGuardOptions;
  readonly #keepsAll: boolean;
  #sockets: SystemSockets | undefined;
  readonly #clients = new Map<string, Watched>();
  #silent: SilentClients | undefined;
  /** Clients whose requests were refused, by name. */
  readonly #refused = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #rss = 0;
  #lookedAt = -Infinity;
  #costMilliseconds = 0;

  /** Looks at nothing before there is an answer that takes time. */
  constructor(options: FloodGuardOptions) {
    this.#options = options;
    this.#keepsAll = options.keepsAll ?? true;
    this.#sockets = "sockets" in options ? options.sockets : systemSockets();
  }

  /** True if connections can be watched and cut off. */
  get isAble(): boolean {
    return this.#sockets !== undefined;
  }

  /** Hangs up on clients of a port that ask nothing, from now on. */
  watchPort(port: number): void {
    const sockets = this.#sockets;
    if (sockets === undefined) return;
    const answered = () =>
      this.#clients.values().filter(({ answering }) =>
        [...answering].some(({ sending }) => sending !== "rest")
      ).map(({ address }) => address);
    this.#silent = new SilentClients({ sockets, port, answered });
  }

  /**
   * Looks at a connection before it becomes a WebSocket's: if the client hangs
   * up before it does, Deno 2.9 keeps it for ever, and tells nobody.
   *
   * @returns What gives it back then; undefined: the client has gone.
   */
  beforeUpgrade(address: Address): (() => void) | undefined {
    const sockets = this.#sockets;
    if (sockets === undefined) return () => {};
    const [descriptor] = sockets.find([address]);
    if (descriptor === undefined) return undefined;
    const identity = sockets.identity(descriptor);
    const isOpen = sockets.state(descriptor, address)?.isOpen === true;
    if (!isOpen || identity === undefined) return undefined;
    // While there are frames to be read, Deno looks at no timer, nor we at
    // this.
    sockets.narrow(descriptor);
    return () => this.#sockets?.closeDead(descriptor, identity);
  }

  /**
   * Watches a connection while it is being answered.
   *
   * @param address The other end.
   * @param answering What it is answered.
   * @returns What ends that.
   */
  watch(address: Address, answering: WatchedAnswer): () => void {
    if (this.#sockets === undefined) return () => {};
    const name = nameOf(address);
    const client = this.#clients.get(name) ?? newlyWatched(address);
    client.answering.add(answering);
    this.#clients.set(name, client);
    this.#timer ??= setInterval(
      () => this.#tick(),
      this.#keepsAll ? TICK_MILLISECONDS : LOOK_MILLISECONDS,
    );
    return () => {
      client.answering.delete(answering);
      // What came was the body: it counts from now on.
      if (answering.sending === "bodies") client.first = undefined;
      if (client.answering.size > 0) return;
      if (this.#clients.get(name) === client) this.#clients.delete(name);
      if (this.#clients.size === 0) this.#stop();
    };
  }

  /**
   * The request of a client was refused while it sends its body, which Deno
   * reads to its end for nobody. It is cut off if it goes on.
   */
  refuse(address: Address): void {
    const name = nameOf(address);
    if (this.#refused.has(name)) return;
    this.#refused.add(name);
    const end = () => {
      forget();
      this.#refused.delete(name);
    };
    const forget = this.watch(address, {
      sending: "rest",
      cut: end,
      leave: end,
    });
    this.#narrow(name);
  }

  /**
   * Has little come of what is read for nobody, from now on: by a fast network,
   * it would be hundreds of megabytes until the next look.
   */
  #narrow(name: string): void {
    const client = this.#clients.get(name), sockets = this.#sockets;
    if (client === undefined || sockets === undefined) return;
    const { address } = client;
    const descriptor = client.descriptor ??= sockets.find([address])[0];
    if (descriptor === undefined) return;
    const state = sockets.state(descriptor, address);
    if (state === undefined) return;
    client.first ??= { ...state, at: performance.now() };
    client.isNarrow = true;
    sockets.narrow(descriptor);
  }

  /** A further request came by a connection: so far it sent what it may. */
  hear(address: Address): void {
    this.#silent?.hear(address);
    const client = this.#clients.get(nameOf(address));
    if (client === undefined) return;
    client.first = undefined;
    if (client.isNarrow !== true) return;
    client.isNarrow = false;
    this.#sockets?.widen(client.descriptor!);
  }

  /** A client that is watched takes less than is sent to it. */
  noticeSlow(address: Address): void {
    const descriptor = this.#clients.get(nameOf(address))?.descriptor;
    if (descriptor !== undefined) this.#sockets?.keepLittleUnsent(descriptor);
  }

  /** True if a slow client has taken what was sent to it, or nearly. */
  hasDrained(address: Address): boolean {
    const descriptor = this.#clients.get(nameOf(address))?.descriptor;
    if (descriptor === undefined) return true;
    return this.#sockets?.hasDrained(descriptor) ?? true;
  }

  /** Hangs up on a client that takes nothing, or will not leave. */
  hangUp(address: Address): void {
    const sockets = this.#sockets;
    if (sockets === undefined) return;
    const known = this.#clients.get(nameOf(address))?.descriptor;
    // Looking through all descriptors takes long where there are many.
    const [descriptor] = known === undefined
      ? sockets.find([address])
      : [known];
    if (descriptor === undefined) return;
    const isOurs = sockets.state(descriptor, address) !== undefined;
    if (isOurs) sockets.hangUp(descriptor);
  }

  /** Looks at nothing any more, and hangs up on nobody. */
  close(): void {
    this.#stop();
    this.#silent?.close();
    this.#clients.clear();
    this.#sockets?.close();
    this.#sockets = undefined;
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const since = performance.now() - this.#lookedAt;
    const rss = this.#keepsAll ? Deno.memoryUsage().rss : 0;
    const isUrgent = rss > this.#rss + URGENT_BYTES;
    const usualPart = this.#refused.size > 0 ? REFUSED_COST_PART : COST_PART;
    const part = isUrgent ? URGENT_COST_PART : usualPart;
    const isSoon = isUrgent || this.#refused.size > 0;
    const least = isSoon ? 0 : LOOK_MILLISECONDS;
    if (since < Math.max(least, part * this.#costMilliseconds)) return;
    this.#rss = rss;
    const startedAt = performance.now();
    this.#look(this.#sockets!, startedAt);
    this.#lookedAt = performance.now();
    this.#costMilliseconds = this.#lookedAt - startedAt;
  }

  #look(sockets: SystemSockets, now: number): void {
    const unknown = [...this.#clients.values()]
      .filter(({ descriptor }) => descriptor === undefined);
    const found = unknown.length === 0
      ? []
      : sockets.find(unknown.map(({ address }) => address));
    unknown.forEach((client, i) => client.descriptor = found[i]);
    let cuts = 0;
    for (const client of [...this.#clients.values()]) {
      if (this.#judge(client, sockets, now)) cuts++;
    }
    if (cuts > 0) this.#options.onCut(cuts);
  }

  /** Cuts off a client that floods; true if it did. */
  #judge(client: Watched, sockets: SystemSockets, now: number): boolean {
    const { address, descriptor, answering } = client;
    const state = descriptor === undefined
      ? undefined
      : sockets.state(descriptor, address);
    if (state?.isOpen !== true) {
      const isNew = descriptor === undefined &&
        now - client.sinceMilliseconds < FOUND_MILLISECONDS;
      if (!isNew) { for (const { leave } of [...answering]) leave(); }
      return false;
    }
    noteLag(client, state.unsentBytes, now);
    client.first ??= { ...state, at: now };
    const { first } = client;
    const received = state.receivedBytes - first.receivedBytes;
    const acknowledged = state.acknowledgedBytes - first.acknowledgedBytes;
    const seconds = (now - first.at) / 1000;
    // Mostly nothing comes, and there may be thousands.
    if (received <= ALLOWED_BYTES) return false;
    if (received <= allowance(client, acknowledged, seconds)) return false;
    sockets.hangUp(descriptor!);
    for (const { cut } of [...answering]) cut();
    return true;
  }
}

function nameOf({ hostname, port }: Address): string {
  return `${hostname} ${port}`;
}

function newlyWatched(address: Address): Watched {
  const sinceMilliseconds = performance.now();
  return { address, answering: new Set(), sinceMilliseconds };
}

/** Tells if what is sent to a client waits all the time. */
function noteLag(client: Watched, unsentBytes: number, now: number): void {
  if (unsentBytes < LAG_BYTES) {
    client.lags = undefined;
    return;
  }
  const lags = client.lags ??= { looks: 0, since: now };
  lags.looks++;
  const isSlow = lags.looks >= LAG_LOOKS &&
    now - lags.since >= LAG_MILLISECONDS;
  if (isSlow) { for (const { lag } of client.answering) lag?.(); }
}

/** Bytes that a client may have sent since it was looked at first. */
function allowance(
  { answering }: Watched,
  acknowledgedBytes: number,
  seconds: number,
): number {
  const sendings = new Set([...answering].map(({ sending }) => sending));
  if (sendings.has("bodies")) return Infinity;
  if (sendings.has("rest") && seconds < ALLOWED_REST_SECONDS) {
    return ALLOWED_REST_BYTES;
  }
  const own = sendings.has("little") ? acknowledgedBytes / ALLOWED_PART : 0;
  return ALLOWED_BYTES + ALLOWED_BYTES_A_SECOND * seconds + own;
}
