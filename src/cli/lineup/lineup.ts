import type { Channel } from "../../channel/channel.ts";
import { shownInput } from "../../source/secrets/shown_input.ts";
import { aborted } from "../../timing/aborted.ts";
import { Feed, type FeedOptions } from "./feed.ts";
import { Entry } from "./entry.ts";
import { ManyChannels } from "./many_channels.ts";
import { nameInputs, titleOf } from "../options/named_input.ts";
import type { CliOptions } from "../options/options.ts";
import type { LineupOptions } from "./lineup_options.ts";
import type { PlannedInput } from "./planned_input.ts";
import type { SourceThread } from "../source/source_thread.ts";

/** Numbers of inputs that a change has concerned. */
export interface LineupChange {
  added: number;
  /** Those whose channel, and viewers, stayed. */
  restarted: number;
  /** Those whose channel is another one now. */
  replaced: number;
  removed: number;
  unchanged: number;
}

/** The channels that are asked for, and what feeds them. */
export class Lineup {
  readonly #context: Omit<LineupOptions, "options">;
  readonly #feeds = new Map<Channel, Feed>();
  #entries: Entry[];
  #options: CliOptions;
  /** True if there is one input, and nothing else can come. */
  readonly #alone: boolean;
  /** Set once the channels are fed. */
  #running: { signal: AbortSignal; fail: (error: unknown) => void } | undefined;

  /** Adds the channels of inputs; those of folders of folders come later. */
  constructor(
    inputs: readonly PlannedInput[],
    { options, ...context }: LineupOptions,
  ) {
    this.#context = context;
    this.#options = options;
    this.#alone = inputs.length === 1 && !options.ingest &&
      !options.isConfigured;
    this.#entries = this.#plan(inputs);
    for (const entry of this.#entries) this.#open(entry);
  }

  /** Frames that a channel's sources dropped; undefined if not known. */
  droppedFrames(channel: Channel): number | undefined {
    return this.#feeds.get(channel)?.droppedFrames;
  }

  /** True if the channel comes from Redis. */
  isFromRedis(channel: Channel): boolean {
    return this.#feeds.get(channel)?.kind === "redis";
  }

  /** True if the channel takes frames that are sent to it. */
  takesFrames(channel: Channel): boolean {
    return this.#feeds.get(channel)?.kind === "ingest";
  }

  /** The options of a channel: its own, or those of all. */
  optionsOf(channel: Channel): CliOptions {
    const entry = this.#entries.find((each) => each.channel === channel);
    return entry?.options ?? this.#options;
  }

  /**
   * Starts the threads of sources that begin at once.
   *
   * @throws {Error} If there are too few file descriptors.
   */
  async prepare(): Promise<void> {
    await Promise.all(this.#entries.map(({ feed }) => feed?.prepare()));
  }

  /** Resolved once all first sources have begun: see {@linkcode Feed}. */
  get begun(): Promise<unknown> {
    return Promise.all(this.#entries.map(({ feed }) => feed?.begun));
  }

  /**
   * Feeds all channels until the signal is aborted.
   *
   * @throws {Error} If the only input fails; one of several is tried again.
   */
  async run(signal: AbortSignal): Promise<void> {
    const failed = Promise.withResolvers<never>();
    this.#running = { signal, fail: failed.reject };
    for (const entry of this.#entries) this.#start(entry);
    await Promise.race([aborted(signal), failed.promise]);
    await Promise.all(this.#entries.map(({ done }) => done));
  }

  /**
   * Goes over to other inputs. Channels whose input and options are the same
   * go on; of others whose own options are, viewers stay while the source is
   * restarted.
   */
  async change(
    inputs: readonly PlannedInput[],
    options: CliOptions,
  ): Promise<LineupChange> {
    this.#options = options;
    const left = new Set(this.#entries);
    const change = { added: 0, restarted: 0, replaced: 0, unchanged: 0 };
    const stopped: Entry[] = [];
    const begin: Entry[] = [];
    const entries = this.#plan(inputs).map((entry) => {
      const old = [...left].find((each) => each.isFor(entry));
      if (old === undefined) {
        change.added++;
        begin.push(entry);
        return entry;
      }
      left.delete(old);
      if (old.hasSameSource(entry) && old.hasSameChannel(entry)) {
        change.unchanged++;
        return old;
      }
      const keeps = old.hasSameChannel(entry) && old.channel !== undefined;
      if (keeps) change.restarted++;
      else change.replaced++;
      stopped.push(old);
      begin.push(entry);
      if (keeps) entry.channel = old.takeChannel();
      return entry;
    });
    const removed = left.size;
    // The new source may want what the old one has: a device, a folder.
    await Promise.all([...stopped, ...left].map((old) => this.#stop(old)));
    const taken = begin.filter(({ channel, name }) =>
      channel === undefined && name !== undefined &&
      this.#context.channels.get(name) !== undefined
    );
    this.#entries = entries.filter((entry) => !taken.includes(entry));
    for (const { name } of taken) {
      this.#context.report.error(
        `Cannot add channel ${name}: another channel has that name`,
      );
    }
    for (const entry of begin) {
      if (taken.includes(entry)) continue;
      this.#open(entry);
      this.#start(entry);
    }
    return { ...change, removed };
  }

  #plan(inputs: readonly PlannedInput[]): Entry[] {
    const only = inputs.length === 1;
    const single = inputs.filter((planned) => !isForMany(planned));
    const names = nameInputs(single, only);
    return inputs.map((planned) => {
      const name = names[single.indexOf(planned)];
      const title = name && titleOf(planned, only ? "Live" : name);
      return new Entry(planned, planned.own?.options ?? this.#options, {
        name,
        title,
      });
    });
  }

  /** Makes the channel of an input that is one, and its feed. */
  #open(entry: Entry): void {
    const { planned, options: own, name, title } = entry;
    if (name === undefined) return;
    const isNew = entry.channel === undefined;
    const channel = entry.channel ?? this.#context.makeChannel(name, title, {
      asItComes: planned.kind === "redis",
      own,
    });
    entry.channel = channel;
    entry.feed = this.#feed(channel, planned, own, !this.#alone);
    if (isNew) this.#context.channels.add(channel);
  }

  #start(entry: Entry): void {
    if (this.#running === undefined) return;
    const { signal: all, fail } = this.#running;
    const signal = AbortSignal.any([all, entry.stopped]);
    const { feed } = entry;
    const run = feed === undefined
      ? this.#runMany(entry, signal)
      : feed.run(signal);
    entry.done = run.catch(fail);
  }

  /** Ends what feeds an input, and its channels, but for one that is kept. */
  async #stop(entry: Entry): Promise<void> {
    await entry.stop();
    for (const channel of entry.channels) {
      this.#feeds.delete(channel);
      this.#context.channels.remove(channel.name);
    }
  }

  #feed(
    channel: Channel,
    { input, kind }: PlannedInput,
    options: FeedOptions["options"],
    oneOfSeveral: boolean,
    thread?: SourceThread,
  ): Feed {
    const { report, hide } = this.#context;
    const feed = new Feed(channel, {
      input,
      kind,
      options,
      hide,
      thread,
      report: report.about({
        channel: channel.name,
        isAlone: !oneOfSeveral,
        source: shownInput(input),
        kind: "source",
      }),
      persistent: oneOfSeveral,
    });
    this.#feeds.set(channel, feed);
    return feed;
  }

  async #runMany(entry: Entry, signal: AbortSignal): Promise<void> {
    const { channels } = this.#context;
    const many = new ManyChannels({
      ...this.#context,
      planned: entry.planned,
      options: entry.options,
      alone: this.#alone,
      isFromRedis: (channel) => this.isFromRedis(channel),
      add: (channel, planned, thread, options) => {
        const feed = this.#feed(channel, planned, options, true, thread);
        entry.channels.add(channel);
        channels.add(channel);
        return feed;
      },
      forget: (channel) => {
        entry.channels.delete(channel);
        this.#feeds.delete(channel);
      },
    });
    await many.run(signal);
  }
}

/** True for an input that is any number of channels. */
function isForMany({ kind }: PlannedInput): boolean {
  return kind === "folders" || kind === "edge";
}
