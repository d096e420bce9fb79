import type { Channel } from "./channel.ts";

/** One who is told which channels come and go. */
export interface ChannelsFollower {
  /** A channel was added. */
  added?(channel: Channel): void;
  /** A channel was removed. */
  removed?(channel: Channel): void;
  /** All of them were closed. */
  closed?(): void;
}

/**
 * The channels of a server, by name, in the order in which they were added.
 *
 * @example
 * ```ts
 * import { Channel, Channels, createHandler } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const channels = new Channels([new Channel({ name: "door" })]);
 * channels.add(new Channel({ name: "garden" }));
 * assertEquals([...channels].map(({ name }) => name), ["door", "garden"]);
 * // Deno.serve(createHandler(channels));
 * const handler = createHandler(channels);
 * const request = new Request("http://localhost/garden.gif");
 * const response = await handler(request);
 * assertEquals(response.status, 200);
 * await response.body?.cancel();
 * ```
 */
export class Channels implements Iterable<Channel> {
  readonly #channels = new Map<string, Channel>();
  readonly #followers = new Set<ChannelsFollower>();
  #closed = false;

  /**
   * Makes a set of channels.
   *
   * @param channels Those that are there from the start.
   * @throws {RangeError} If two have the same name.
   */
  constructor(channels: Iterable<Channel> = []) {
    for (const channel of channels) this.add(channel);
  }

  /** How many there are. */
  get size(): number {
    return this.#channels.size;
  }

  /** The one that addresses without a channel's name mean. */
  get first(): Channel | undefined {
    return this.#channels.values().next().value;
  }

  /** The channel of this name, if there is one. */
  get(name: string): Channel | undefined {
    return this.#channels.get(name);
  }

  /**
   * Adds a channel.
   *
   * @throws {RangeError} If there is one of that name.
   */
  add(channel: Channel): void {
    if (this.#channels.has(channel.name)) {
      throw new RangeError(
        `Cannot add channel: the name is taken: ${channel.name}`,
      );
    }
    this.#channels.set(channel.name, channel);
    for (const follower of this.#followers) follower.added?.(channel);
  }

  /** Removes a channel and closes it, if there is one of that name. */
  remove(name: string): void {
    const channel = this.#channels.get(name);
    if (channel === undefined) return;
    this.#channels.delete(name);
    channel.close();
    for (const follower of this.#followers) follower.removed?.(channel);
  }

  /** Whether all of them were closed. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Closes all of them. Calling it again does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const channel of this) channel.close();
    for (const follower of this.#followers) follower.closed?.();
  }

  /** Tells of channels that come and go; returns what ends that. */
  follow(follower: ChannelsFollower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** The channels in the order in which they were added. */
  [Symbol.iterator](): Iterator<Channel> {
    return this.#channels.values();
  }
}
