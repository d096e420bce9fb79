import { Faults } from "../log/faults.ts";
import type { Channel } from "./channel.ts";

/** Listener for channels that are added and removed. */
export interface ChannelsFollower {
  /** Called when a channel was added. */
  added?(channel: Channel): void;
  /** Called when a channel was removed and closed. */
  removed?(channel: Channel): void;
  /** Called when all channels were closed. */
  closed?(): void;
}

/** Options of {@linkcode Channels}. */
export interface ChannelsOptions {
  /**
   * Listener for what is thrown by followers; the others are told all the same.
   *
   * @default {new Faults()}
   */
  faults?: Faults;
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
  readonly #faults: Faults;
  #closed = false;

  /**
   * Makes a set of channels.
   *
   * @param channels Channels to add at once.
   * @param options Who is told of mistakes.
   * @throws {RangeError} If two channels have the same name.
   */
  constructor(
    channels: Iterable<Channel> = [],
    { faults = new Faults() }: ChannelsOptions = {},
  ) {
    this.#faults = faults;
    for (const channel of channels) this.add(channel);
  }

  /** Number of channels. */
  get size(): number {
    return this.#channels.size;
  }

  /** The channel for addresses without a channel's name; undefined if none. */
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
   * @throws {RangeError} If there is a channel of that name.
   */
  add(channel: Channel): void {
    if (this.#channels.has(channel.name)) {
      throw new RangeError(
        `Cannot add channel: the name is taken: ${channel.name}`,
      );
    }
    this.#channels.set(channel.name, channel);
    this.#tell((follower) => follower.added?.(channel));
  }

  /** Removes and closes the channel of this name, if there is one. */
  remove(name: string): void {
    const channel = this.#channels.get(name);
    if (channel === undefined) return;
    this.#channels.delete(name);
    channel.close();
    this.#tell((follower) => follower.removed?.(channel));
  }

  /** True once {@linkcode Channels.close} was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Closes all channels. Calling it again does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const channel of this) channel.close();
    this.#tell((follower) => follower.closed?.());
  }

  /** Tells a follower from now on; returns a function to stop following. */
  follow(follower: ChannelsFollower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  #tell(tell: (follower: ChannelsFollower) => void): void {
    for (const follower of this.#followers) {
      this.#faults.guard("program", () => tell(follower));
    }
  }

  /** The channels in the order in which they were added. */
  [Symbol.iterator](): Iterator<Channel> {
    return this.#channels.values();
  }
}
