import type { SourceState } from "../../channel/source_state.ts";
import {
  RedisConnection,
  type RedisConnectionOptions,
  RedisRefusal,
} from "../../redis/redis_connection.ts";
import {
  readEntry,
  RedisDataError,
  type RedisEntry,
} from "../../redis/redis_entry.ts";
import { RedisKeys } from "../../redis/redis_keys.ts";
import { fieldsOf, idOf, streamsOf, textOf } from "../../redis/redis_reply.ts";
import { errorMessage } from "../../system/error_message.ts";
import { pause } from "../../timing/pause.ts";
import { EdgeChannel, type EdgeChannelOptions } from "./edge_channel.ts";
import { silencesOf, stateOf } from "./channel_list.ts";
import { RedisClock } from "./redis_clock.ts";

/** A place where channels are in Redis. */
export interface RedisPlace extends RedisConnectionOptions {
  /** The address, with its secrets. */
  address: string;
  /** The beginning of the names of all keys. */
  prefix: string;
}

/** Listener for the channels that there are. */
export interface EdgeFollower {
  /** Called when a channel is there; the title may be anything. */
  onChannel: (name: string, title: string) => void;
  /** Called when a channel is gone. */
  onGone: (name: string) => void;
  onNotice: (message: string) => void;
  onWarning: (message: string) => void;
}

/** Pauses before Redis is tried again. */
const FIRST_PAUSE_MILLISECONDS = 100;
const MAX_PAUSE_MILLISECONDS = 1000;
/** Longest wait of Redis for something new. */
const BLOCK_MILLISECONDS = 250;
/** Time for which a channel stays whose origin is gone. */
const GONE_MILLISECONDS = 60_000;
/** Most entries of a channel in one answer. */
const MAX_ENTRIES = 32;
/** Time between two looks at which channels there are. */
const LOOK_MILLISECONDS = 1000;
/** Time without a sign of life after which an origin is away. */
const AWAY_MILLISECONDS = 3500;
/** Time between two messages that say what is needed. */
const NEED_MILLISECONDS = 2000;
/** Pause before an entrance that was of no use is looked up again. */
const ENTRANCE_MILLISECONDS = 250;

/** All channels of one Redis, by one connection. */
export class RedisEdge {
  readonly #place: RedisPlace;
  readonly #keys: RedisKeys;
  readonly #clock = new RedisClock();
  readonly #channels = new Map<string, EdgeChannel>();
  readonly #followers = new Set<EdgeFollower>();
  /** The titles of channels that followers know. */
  readonly #titles = new Map<string, string>();
  /** When channels were missed first that followers know. */
  readonly #missedAt = new Map<string, number>();
  readonly #end = new AbortController();
  #nextLook = 0;
  #nextEntrance = 0;
  #needsTold = { text: "", at: 0 };
  #problem: string | undefined;

  /**
   * Connects, and again after each failure.
   *
   * @param place Where the channels are.
   */
  constructor(place: RedisPlace) {
    this.#place = place;
    this.#keys = new RedisKeys(place.prefix);
    this.#keepReading();
  }

  /** True if nobody uses it. */
  get isUnused(): boolean {
    return this.#channels.size + this.#followers.size === 0;
  }

  /** Tells a follower of all channels; returns a function to stop that. */
  follow(follower: EdgeFollower): () => void {
    this.#followers.add(follower);
    if (this.#problem !== undefined) {
      follower.onWarning(problemLine(this.#problem));
    }
    for (const [name, title] of this.#titles) follower.onChannel(name, title);
    this.#nextLook = 0;
    return () => this.#followers.delete(follower);
  }

  /**
   * Reads a channel, whether it is there yet or not.
   *
   * @throws {Error} If it is read already.
   */
  open(options: Omit<EdgeChannelOptions, "timeOf">): EdgeChannel {
    const { name } = options;
    if (this.#channels.has(name)) {
      throw new Error(`Cannot read channel of Redis twice: ${name}`);
    }
    const channel = new EdgeChannel({
      ...options,
      timeOf: (milliseconds) => this.#clock.ours(milliseconds),
    });
    this.#channels.set(name, channel);
    this.#nextLook = 0;
    if (this.#problem !== undefined) channel.setState(away(this.#problem));
    return channel;
  }

  /** Reads a channel no longer. */
  leave(channel: EdgeChannel): void {
    channel.close();
    if (this.#channels.get(channel.name) !== channel) return;
    this.#channels.delete(channel.name);
  }

  /** Closes the connection. */
  close(): void {
    this.#end.abort();
  }

  async #keepReading(): Promise<void> {
    const { signal } = this.#end;
    let milliseconds = FIRST_PAUSE_MILLISECONDS;
    while (!signal.aborted) {
      try {
        await this.#readConnected(() => {
          milliseconds = FIRST_PAUSE_MILLISECONDS;
        });
      } catch (error) {
        if (signal.aborted) return;
        this.#lost(errorMessage(error));
      }
      await pause(milliseconds, signal);
      milliseconds = Math.min(2 * milliseconds, MAX_PAUSE_MILLISECONDS);
    }
  }

  async #readConnected(onConnected: () => void): Promise<void> {
    const { signal } = this.#end;
    const { address } = this.#place;
    const connection = await RedisConnection.open(address, this.#place);
    const close = () => connection.close();
    signal.addEventListener("abort", close);
    try {
      this.#nextLook = this.#needsTold.at = 0;
      for (const channel of this.#channels.values()) {
        channel.needsEntrance = true;
      }
      while (!signal.aborted) {
        await this.#look(connection);
        onConnected();
        this.#found();
        await this.#tellNeeds(connection);
        await this.#enter(connection);
        await this.#read(connection);
      }
    } finally {
      signal.removeEventListener("abort", close);
      connection.close();
    }
  }

  #lost(message: string): void {
    const isNew = this.#problem === undefined;
    this.#problem = message;
    for (const channel of this.#channels.values()) {
      channel.setState(away(message));
    }
    if (!isNew) return;
    for (const { onWarning } of this.#followers) {
      onWarning(problemLine(message));
    }
  }

  #found(): void {
    if (this.#problem === undefined) return;
    this.#problem = undefined;
    for (const { onNotice } of this.#followers) onNotice("Redis is back");
  }

  /** Looks which channels there are, and how they are, once a second. */
  async #look(connection: RedisConnection): Promise<void> {
    if (performance.now() < this.#nextLook) return;
    this.#nextLook = performance.now() + LOOK_MILLISECONDS;
    const silences = await silencesOf(connection, this.#keys, this.#clock);
    const names = [...new Set([...silences.keys(), ...this.#channels.keys()])];
    await Promise.all(
      names.map((name) => this.#lookAt(connection, name, silences.get(name))),
    );
    for (const name of [...this.#titles.keys()]) {
      if (silences.has(name)) this.#missedAt.delete(name);
      else this.#miss(name);
    }
  }

  /**
   * A channel is not there. Redis may have lost it, and its origin comes back;
   * if it was removed there, its end is in its stream.
   */
  #miss(name: string): void {
    const time = performance.now();
    const since = this.#missedAt.get(name) ?? time;
    this.#missedAt.set(name, since);
    const hasEnded = this.#channels.get(name)?.hasEnded ?? false;
    if (!hasEnded && time - since < GONE_MILLISECONDS) return;
    this.#missedAt.delete(name);
    this.#titles.delete(name);
    for (const follower of this.#followers) follower.onGone(name);
  }

  async #lookAt(
    connection: RedisConnection,
    name: string,
    silentMilliseconds: number | undefined,
  ): Promise<void> {
    const channel = this.#channels.get(name);
    if (silentMilliseconds === undefined) {
      return channel?.setState(away("no origin publishes this channel"));
    }
    const { title, state } = await stateOf(connection, this.#keys, name);
    if (!this.#titles.has(name)) {
      this.#titles.set(name, title);
      for (const follower of this.#followers) follower.onChannel(name, title);
    }
    if (silentMilliseconds > AWAY_MILLISECONDS) {
      return channel?.setState(away("the origin of this channel is away"));
    }
    channel?.setState(state);
    channel?.giveSign();
  }

  /** Says what is needed: at each change, and from time to time. */
  async #tellNeeds(connection: RedisConnection): Promise<void> {
    const needs = [...this.#channels.values()].flatMap((channel) =>
      channel.needed.map((form) => `${channel.name} ${form}`)
    );
    const text = needs.join("\n"), time = performance.now();
    const isOld = time - this.#needsTold.at > NEED_MILLISECONDS;
    if (text === this.#needsTold.text && !isOld) return;
    this.#needsTold = { text, at: time };
    await Promise.all(
      needs.map((need) =>
        connection.command("PUBLISH", this.#keys.needs, need)
      ),
    );
  }

  /** Looks up where to begin, for channels that have to. */
  async #enter(connection: RedisConnection): Promise<void> {
    const entering = [...this.#channels.values()]
      .filter(({ needsEntrance }) => needsEntrance);
    if (entering.length === 0 || performance.now() < this.#nextEntrance) return;
    await Promise.all(
      entering.map((channel) => this.#enterOne(connection, channel)),
    );
    if (entering.some(({ needsEntrance }) => needsEntrance)) {
      this.#nextEntrance = performance.now() + ENTRANCE_MILLISECONDS;
    }
  }

  async #enterOne(
    connection: RedisConnection,
    channel: EdgeChannel,
  ): Promise<void> {
    const { name } = channel, keys = this.#keys;
    try {
      const [session, keyframe, jpeg] = await Promise.all([
        connection.command("HGET", keys.state(name), "session"),
        connection.command("HGETALL", keys.keyframe(name)),
        connection.command("HGETALL", keys.jpeg(name)),
      ]);
      const current = textOf(session);
      channel.enter(
        current,
        entryBeside(keyframe, "keyframe", current),
        entryBeside(jpeg, "jpeg", current),
      );
    } catch (error) {
      this.#refuse(channel, error);
    }
  }

  /** Reads what is new in all channels. */
  async #read(connection: RedisConnection): Promise<void> {
    const reading = [...this.#channels.values()]
      .filter(({ isFull }) => !isFull);
    if (reading.length === 0) {
      return await pause(ENTRANCE_MILLISECONDS / 10, this.#end.signal);
    }
    const byKey = new Map(
      reading.map((channel) => [this.#keys.parts(channel.name), channel]),
    );
    let streams;
    try {
      streams = streamsOf(
        await connection.command(
          ...["XREAD", "COUNT", MAX_ENTRIES, "BLOCK", BLOCK_MILLISECONDS],
          ...["STREAMS", ...byKey.keys()],
          ...reading.map(({ cursor }) => cursor),
        ),
      );
    } catch (error) {
      if (!(error instanceof RedisRefusal)) throw error;
      return await this.#findFault(connection, reading, error);
    }
    for (const [key, entries] of streams) {
      const channel = byKey.get(key);
      for (const { id, fields } of entries) {
        if (channel !== undefined) this.#take(channel, id, fields);
      }
    }
  }

  #take(
    channel: EdgeChannel,
    id: string,
    fields: Map<string, Uint8Array>,
  ): void {
    try {
      channel.take(id, readEntry(fields));
    } catch (error) {
      channel.cursor = id;
      this.#refuse(channel, error);
    }
  }

  /**
   * Finds the channels whose stream Redis refuses, which must not hold up the
   * others.
   *
   * @throws {RedisRefusal} If it is none of them.
   */
  async #findFault(
    connection: RedisConnection,
    reading: readonly EdgeChannel[],
    refusal: RedisRefusal,
  ): Promise<void> {
    let found = false;
    for (const channel of reading) {
      const { name, cursor } = channel;
      try {
        await connection.command(
          ...["XREAD", "COUNT", 1, "STREAMS", this.#keys.parts(name), cursor],
        );
      } catch (error) {
        if (!(error instanceof RedisRefusal)) throw error;
        found = true;
        this.#channels.delete(name);
        channel.fail(error);
      }
    }
    if (!found) throw refusal;
  }

  #refuse(channel: EdgeChannel, error: unknown): void {
    const isData = error instanceof RedisDataError ||
      error instanceof RedisRefusal;
    if (!isData) throw error;
    channel.refuse(error);
  }
}

/** An entry beside the stream, if there is one of the current session. */
function entryBeside<Type extends "keyframe" | "jpeg">(
  reply: unknown,
  type: Type,
  session: string | undefined,
): { id: string; entry: Extract<RedisEntry, { type: Type }> } | undefined {
  const fields = fieldsOf(reply);
  if (fields.size === 0) return undefined;
  const entry = readEntry(fields);
  if (entry.type !== type || entry.session !== session) return undefined;
  return {
    id: idOf(fields.get("id")),
    entry: entry as Extract<RedisEntry, { type: Type }>,
  };
}

function problemLine(message: string): string {
  return `Cannot read channels of Redis: ${message}; trying again`;
}

function away(message: string): { state: SourceState; message: string } {
  return { state: "no signal", message };
}
