import { RedisConnection } from "../../redis/redis_connection.ts";
import { RedisKeys } from "../../redis/redis_keys.ts";
import { errorMessage } from "../../system/error_message.ts";
import { pause } from "../../timing/pause.ts";
import type {
  Publisher,
  PublisherEvents,
  PublishPlace,
  PublishStep,
} from "../publisher.ts";
import { EdgeNeeds } from "./edge_needs.ts";
import { RedisSession } from "./redis_session.ts";

/** Pauses before Redis is tried again. */
const FIRST_PAUSE_MILLISECONDS = 100;
const MAX_PAUSE_MILLISECONDS = 1000;

/** Publishes channels in Redis: each in a stream, as `RedisEntry` has it. */
class RedisPublisher implements Publisher {
  readonly #place: PublishPlace;
  readonly #events: PublisherEvents;
  readonly #keys: RedisKeys;
  readonly #origin = crypto.randomUUID();
  readonly #sessions = new Map<string, RedisSession>();
  readonly #needs: EdgeNeeds;
  readonly #closing = new AbortController();
  /** Steps that are being written. */
  readonly #open = new Set<Promise<void>>();
  #connection: RedisConnection | undefined;

  constructor(place: PublishPlace, events: PublisherEvents) {
    this.#place = place;
    this.#events = events;
    this.#keys = new RedisKeys(place.redisPrefix);
    this.#needs = new EdgeNeeds((channel, form, needed) => {
      const isOwner = this.#sessions.get(channel)?.isOwner === true;
      if (isOwner || !needed) events.onNeed(channel, form, needed);
      return isOwner;
    });
    this.#keepConnected();
  }

  async publish(channel: string, step: PublishStep): Promise<void> {
    if (step.type === "open") this.#add(channel);
    const session = this.#sessions.get(channel);
    if (session === undefined) return;
    if (step.type === "end") this.#sessions.delete(channel);
    const taken = session.take(step);
    this.#open.add(taken);
    try {
      await taken;
    } finally {
      this.#open.delete(taken);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#needs.close();
    await Promise.allSettled(this.#open);
    this.#connection?.close();
  }

  #add(channel: string): void {
    if (this.#sessions.has(channel)) return;
    const session = new RedisSession({
      channel,
      keys: this.#keys,
      origin: this.#origin,
      events: this.#events,
      onProblem: () => this.#tell(),
      connection: this.#connection,
    });
    this.#sessions.set(channel, session);
  }

  async #keepConnected(): Promise<void> {
    const { signal } = this.#closing;
    let milliseconds = FIRST_PAUSE_MILLISECONDS;
    while (!signal.aborted) {
      let reason: unknown;
      try {
        await this.#connected(() => milliseconds = FIRST_PAUSE_MILLISECONDS);
      } catch (error) {
        reason = error;
      }
      if (signal.aborted) return;
      this.#events.onState("failing", errorMessage(reason));
      await pause(milliseconds, signal);
      milliseconds = Math.min(2 * milliseconds, MAX_PAUSE_MILLISECONDS);
    }
  }

  /**
   * Publishes until the connection is lost.
   *
   * @throws {Error} Always: the reason.
   */
  async #connected(onConnected: () => void): Promise<void> {
    const { address, redisCa: ca } = this.#place;
    const connection = await RedisConnection.open(address, { ca });
    let needs: RedisConnection | undefined;
    try {
      needs = await RedisConnection.open(address, { ca });
      await needs.subscribe(this.#keys.needs, (text) => this.#needs.take(text));
      onConnected();
      this.#connection = connection;
      this.#tell();
      for (const session of this.#sessions.values()) {
        session.connect(connection);
      }
      throw await Promise.race([connection.lost, needs.lost]);
    } finally {
      this.#connection = undefined;
      for (const session of this.#sessions.values()) session.connect(undefined);
      connection.close();
      needs?.close();
    }
  }

  #tell(): void {
    if (this.#connection === undefined) return;
    const [problem] = [...this.#sessions.values()]
      .flatMap(({ problem }) => problem ?? []);
    if (problem === undefined) this.#events.onState("publishing", null);
    else this.#events.onState("failing", problem);
  }
}

/** Opens Redis as a place where channels are published. */
export function openRedisPublisher(
  place: PublishPlace,
  events: PublisherEvents,
): Publisher {
  return new RedisPublisher(place, events);
}
