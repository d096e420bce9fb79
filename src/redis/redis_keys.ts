/**
 * The names of all keys of one prefix. They share a hash tag, so that a cluster
 * holds them in one place, as scripts over several keys need.
 */
export class RedisKeys {
  readonly #tag: string;

  /** @param prefix What all names begin with, without braces. */
  constructor(prefix: string) {
    this.#tag = `{${prefix}}`;
  }

  /** Sorted set of channels, each with Redis' time of its last sign of life. */
  get channels(): string {
    return `${this.#tag}:channels`;
  }

  /** Channel of messages on which edges say what they need. */
  get needs(): string {
    return `${this.#tag}:needs`;
  }

  /** Stream of what a channel sent in the last seconds. */
  parts(channel: string): string {
    return `${this.#tag}:parts:${channel}`;
  }

  /** Hash of a channel's title, session and source. */
  state(channel: string): string {
    return `${this.#tag}:state:${channel}`;
  }

  /** Hash of a recent keyframe, and the place in the stream after which to go on. */
  keyframe(channel: string): string {
    return `${this.#tag}:keyframe:${channel}`;
  }

  /** Hash of the newest JPEG, as of about a second ago. */
  jpeg(channel: string): string {
    return `${this.#tag}:jpeg:${channel}`;
  }

  /** The process that publishes a channel, while it lives. */
  owner(channel: string): string {
    return `${this.#tag}:owner:${channel}`;
  }
}
