import { deadline } from "@std/async/deadline";
import type { Channel } from "../../channel/channel.ts";
import type { Feed } from "./feed.ts";
import type { PlannedInput } from "./planned_input.ts";
import type { CliOptions } from "../options/options.ts";
import { heeded } from "../source/source_thread.ts";

/** Time for a source to end before another takes its place. */
const END_MILLISECONDS = 5000;

/** An input of the lineup, with what it has become. */
export class Entry {
  readonly planned: PlannedInput;
  /** The options that count for it. */
  readonly options: CliOptions;
  /** The name of its channel; undefined if it is any number of channels. */
  readonly name: string | undefined;
  /** The title of its channel. */
  readonly title: string | undefined;
  /** All of its channels. */
  readonly channels = new Set<Channel>();
  /** The feed of its channel. */
  feed: Feed | undefined;
  /** Resolved once nothing feeds its channels any more. */
  done: Promise<void> = Promise.resolve();
  readonly #stop = new AbortController();
  #channel: Channel | undefined;

  constructor(
    planned: PlannedInput,
    options: CliOptions,
    { name, title }: { name: string | undefined; title: string | undefined },
  ) {
    this.planned = planned;
    this.options = options;
    this.name = name;
    this.title = title;
  }

  /** Its only channel; undefined for any number, or before it is made. */
  get channel(): Channel | undefined {
    return this.#channel;
  }

  set channel(channel: Channel) {
    this.#channel = channel;
    this.channels.add(channel);
  }

  /** Aborted once it is to end. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Gives its channel away, to an entry that goes on with it. */
  takeChannel(): Channel {
    const channel = this.#channel;
    if (channel === undefined) throw new TypeError("There is no channel");
    this.channels.delete(channel);
    return channel;
  }

  /** Ends its source, if that ends in time. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await deadline(this.done, END_MILLISECONDS).catch(() => {});
  }

  /** True if both are for the same channel, or the same channels. */
  isFor(other: Entry): boolean {
    if (this.name !== undefined) return this.name === other.name;
    return other.name === undefined &&
      this.planned.name === other.planned.name &&
      this.planned.input === other.planned.input;
  }

  /** True if both have the same input, with the same options. */
  hasSameSource(other: Entry): boolean {
    return this.#source === other.#source;
  }

  /** True if one can go on with the channel of the other. */
  hasSameChannel(other: Entry): boolean {
    return this.#about === other.#about;
  }

  get #source(): string {
    const { planned: { input }, options } = this;
    const { onDemand, channels } = options;
    const wanted = String(channels);
    return JSON.stringify([input, heeded(options), onDemand, wanted]);
  }

  get #about(): string {
    const { planned: { kind }, options, title } = this;
    return JSON.stringify([
      title,
      kind === "redis",
      // What is sent to it is made ready for one channel.
      kind === "ingest" ? this.#source : "",
      options.backlogSeconds,
      options.delayCentiseconds,
      options.keepSeconds,
      options.keepUnchanged,
      options.maxChannelViewers ?? null,
      options.onResize,
      options.stallTimeoutSeconds,
    ]);
  }
}
