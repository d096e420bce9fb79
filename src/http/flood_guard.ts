import type { Answering } from "./call.ts";
import { otherEnd, readSocketTable } from "./socket_table.ts";

/** Options of {@linkcode FloodGuard}. */
export interface FloodGuardOptions {
  /** Tells the port that is served. */
  port: () => number;
  /** Called when some were cut off that went on sending. */
  onCut: (count: number) => void;
  /** Called when one goes on that was cut off: it cannot be made to leave. */
  onDefiance: () => void;
  /**
   * Reads what connections have received that was not read yet.
   *
   * @default {readSocketTable}
   */
  read?: (port: number) => Map<string, number>;
}

/** What clients may send while they are answered. */
export type Sending =
  /** Nothing: HTTP/1.1 has no use for it. */
  | "nothing"
  /** Frames of HTTP/2 or of a WebSocket that have no content. */
  | "little"
  /** The body of a request. */
  | "bodies";

/** A request that takes time to be answered. */
export interface WatchedAnswer extends Answering {
  /** What its client may send meanwhile. */
  sending: Sending;
}

/** What is known of a connection. */
interface Client {
  answering: Set<WatchedAnswer>;
  /** At how many looks something waited unread. */
  hits: number;
  /** When it was cut off; it may be there still. */
  cutAtMilliseconds?: number;
}

/** Between two looks, if they cost little. */
const LOOK_MILLISECONDS = 100;
/** No more than one part in so many of all time is spent on looking. */
const COST_PART = 50;
/** The same while memory grows quickly. */
const URGENT_COST_PART = 5;
const TICK_MILLISECONDS = 25;
const URGENT_BYTES = 8 * 2 ** 20;
/** How often it is looked for connections that are gone. */
const SWEEP_MILLISECONDS = 5000;

/** So much waits unread only of one who sends more than is read. */
const FLOOD_BYTES = 16 * 1024;
/** Looks at which something waited, after which it is no request behind. */
const MAX_HITS = 5;
/** After that one who was cut off, and goes on, stays for good. */
const DEFIANCE_MILLISECONDS = 200;

/**
 * Cuts off clients that go on sending while they are being answered: `Deno.serve`
 * keeps all that they send, without a bound, until the answer has ended.
 *
 * What they send can only be seen in the system's table of connections: one
 * who just watches has never anything waiting there.
 */
export class FloodGuard {
  readonly #options: FloodGuardOptions;
  readonly #read: (port: number) => Map<string, number>;
  readonly #clients = new Map<string, Client>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #rss = 0;
  #lookedAt = -Infinity;
  #sweptAt = -Infinity;
  #costMilliseconds = 0;

  /** Looks at nothing before there is an answer that takes time. */
  constructor(options: FloodGuardOptions) {
    this.#options = options;
    this.#read = options.read ?? readSocketTable;
  }

  /** Whether the table can be read, so that anybody is cut off at all. */
  get isAble(): boolean {
    try {
      this.#read(this.#options.port());
      return true;
    } catch {
      // Without all permissions, or on another system.
      return false;
    }
  }

  /**
   * Watches a connection while it is being answered.
   *
   * @param address The other end.
   * @param answering What it is answered.
   * @returns What ends that.
   */
  watch(
    { hostname, port }: { hostname: string; port: number },
    answering: WatchedAnswer,
  ): () => void {
    const end = otherEnd(hostname, port);
    const client = this.#clients.get(end) ??
      { answering: new Set(), hits: 0 };
    client.answering.add(answering);
    this.#clients.set(end, client);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MILLISECONDS);
    return () => {
      client.answering.delete(answering);
      if (client.answering.size > 0) return;
      if (this.#clients.get(end) === client) this.#clients.delete(end);
      if (this.#clients.size === 0) this.#stop();
    };
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const since = performance.now() - this.#lookedAt;
    const { rss } = Deno.memoryUsage();
    const isUrgent = rss > this.#rss + URGENT_BYTES;
    const part = isUrgent ? URGENT_COST_PART : COST_PART;
    const least = isUrgent ? 0 : LOOK_MILLISECONDS;
    if (since < Math.max(least, part * this.#costMilliseconds)) return;
    this.#rss = rss;
    this.#look();
  }

  #look(): void {
    const now = performance.now();
    const unread = this.#read(this.#options.port());
    let cuts = 0, isDefied = false;
    for (const [end, bytes] of unread) {
      const client = bytes === 0 ? undefined : this.#clients.get(end);
      if (client === undefined || mayGoOn(client, bytes)) continue;
      if (client.cutAtMilliseconds === undefined) {
        client.cutAtMilliseconds = now;
        for (const { cut } of [...client.answering]) cut();
        cuts++;
      } else if (now - client.cutAtMilliseconds > DEFIANCE_MILLISECONDS) {
        client.cutAtMilliseconds = now;
        isDefied = true;
      }
    }
    if (cuts > 0) this.#options.onCut(cuts);
    if (isDefied) this.#options.onDefiance();
    if (now - this.#sweptAt >= SWEEP_MILLISECONDS) this.#sweep(unread, now);
    this.#lookedAt = performance.now();
    this.#costMilliseconds = this.#lookedAt - now;
  }

  /** Lets go of those who have gone without a word that the server passed on. */
  #sweep(there: ReadonlyMap<string, number>, now: number): void {
    this.#sweptAt = now;
    for (const [end, { answering }] of [...this.#clients]) {
      if (there.has(end)) continue;
      for (const { leave } of [...answering]) leave();
    }
  }
}

/** Whether what waits unread may be what a client is to send. */
function mayGoOn(client: Client, unreadBytes: number): boolean {
  const sendings = new Set([...client.answering].map(({ sending }) => sending));
  if (sendings.has("bodies")) return true;
  if (unreadBytes >= FLOOD_BYTES) return false;
  return sendings.has("little") || ++client.hits < MAX_HITS;
}
