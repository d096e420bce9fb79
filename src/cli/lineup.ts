import type { Channel } from "../channel/channel.ts";
import { nameProblem } from "../channel/channel_name.ts";
import type { Channels } from "../channel/channels.ts";
import { followSubfolders } from "../source/folder/subfolders.ts";
import { addressOfChannel } from "../source/redis/redis_address.ts";
import { shownInput } from "../source/secrets/shown_input.ts";
import { errorMessage } from "../system/error_message.ts";
import type { ChannelMaker } from "./channel_maker.ts";
import { Feed, type FeedOptions } from "./feed.ts";
import { folderOfFolders } from "./input.ts";
import type { InputKind } from "./source/source_kind.ts";
import { type GivenInput, nameInputs, titleOf } from "./options/named_input.ts";
import type { CliOptions } from "./options/options.ts";
import type { ChannelReport } from "./output/channel_report.ts";
import type { Report } from "./output/report.ts";
import { SourceThread } from "./source/source_thread.ts";
import { followChannelsInThread } from "./source/thread_tasks.ts";
import { persistently } from "../timing/persistence.ts";

/** An INPUT of the command line, and what it is. */
export interface PlannedInput extends GivenInput {
  /** Undefined if the input could not be read. */
  kind: InputKind | undefined;
}

/** Options of {@linkcode Lineup}. */
export interface LineupOptions {
  channels: Channels;
  makeChannel: ChannelMaker;
  options: CliOptions;
  report: Report;
  /** See {@linkcode FeedOptions}. */
  hide?: FeedOptions["hide"];
}

/** The channels that the command line asks for, and what feeds them. */
export class Lineup {
  readonly #options: LineupOptions;
  readonly #feeds = new Map<Channel, Feed>();
  readonly #inputs: readonly PlannedInput[];
  /** True if there is one input and no frames can be sent. */
  readonly #alone: boolean;
  /** The feeds of inputs that are one channel each. */
  readonly #first: Feed[];

  /** Adds the channels of inputs; those of folders of folders come later. */
  constructor(inputs: readonly PlannedInput[], options: LineupOptions) {
    this.#options = options;
    this.#inputs = inputs;
    const only = inputs.length === 1;
    this.#alone = only && !options.options.ingest;
    const single = inputs.filter(({ kind }) => !isForMany(kind));
    const names = nameInputs(single, only);
    this.#first = single.map((planned, i) => {
      const channel = options.makeChannel(
        names[i],
        titleOf(planned, only ? "Live" : names[i]),
        { asItComes: planned.kind === "redis" },
      );
      return this.#add(channel, planned, !this.#alone);
    });
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

  /**
   * Starts the threads of sources that begin at once.
   *
   * @throws {Error} If there are too few file descriptors.
   */
  async prepare(): Promise<void> {
    await Promise.all(this.#first.map((feed) => feed.prepare()));
  }

  /** Resolved once all first sources have begun: see {@linkcode Feed}. */
  get begun(): Promise<unknown> {
    return Promise.all(this.#first.map((feed) => feed.begun));
  }

  /**
   * Feeds all channels until the signal is aborted.
   *
   * @throws {Error} If the only input fails; one of several is tried again.
   */
  async run(signal: AbortSignal): Promise<void> {
    const many = this.#inputs.filter(({ kind }) => isForMany(kind));
    await Promise.all([
      ...this.#first.map((feed) => feed.run(signal)),
      ...many.map((planned) => this.#runMany(planned, signal)),
    ]);
  }

  #add(
    channel: Channel,
    { input, kind }: PlannedInput,
    oneOfSeveral: boolean,
    thread?: SourceThread,
    options: FeedOptions["options"] = this.#options.options,
  ): Feed {
    const { channels, report, hide } = this.#options;
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
    channels.add(channel);
    return feed;
  }

  /** Reports about an input that is any number of channels. */
  #about({ input }: PlannedInput): ChannelReport {
    const source = shownInput(input);
    return this.#options.report.about({ source, kind: "source" });
  }

  async #runMany(planned: PlannedInput, signal: AbortSignal): Promise<void> {
    const isEdge = planned.kind === "edge";
    const act = () =>
      isEdge
        ? this.#followRedis(planned, signal)
        : this.#followFolder(planned, signal);
    if (this.#alone && !isEdge) return await act();
    await persistently({
      act,
      onFailure: (error, milliseconds) =>
        this.#about(planned).error(
          `${shownInput(planned.input)}: ${
            errorMessage(error)
          }; trying again in ` +
            `${milliseconds / 1000} s`,
        ),
      signal,
    });
  }

  /** Keeps one channel for each subfolder while the subfolder exists. */
  async #followFolder(
    planned: PlannedInput,
    signal: AbortSignal,
  ): Promise<void> {
    const { options } = this.#options;
    const folder = folderOfFolders(planned.input);
    const running = new RunningFeeds();
    // Each thread takes 8 MB: all folders of a folder share one.
    const thread = new SourceThread();
    const about = this.#about(planned);
    about.info(`One channel for each folder in ${folder}`);
    await followSubfolders(folder, {
      pollMilliseconds: options.pollMilliseconds,
      signal,
      onAdded: (subfolder, isLink) => {
        const name = this.#nameFor("folder", subfolder, planned);
        if (name === undefined) return;
        const input = `${folder}/${subfolder}`;
        const own = { ...options, isSubfolder: true };
        // What is behind a link is not in the folder, and is never removed.
        if (isLink) own.deleteAfterSeconds = undefined;
        const channel = this.#options.makeChannel(name);
        const found = { input, kind: "folder" } as const;
        running.add(
          subfolder,
          this.#start(channel, found, thread, signal, own),
        );
      },
      onRemoved: (subfolder) => running.remove(subfolder),
      onError: (error, name) => {
        const path = name === undefined ? folder : `${folder}/${name}`;
        about.warn(`Cannot look into folder ${path}: ${errorMessage(error)}`);
      },
    });
    await running.done;
  }

  /** Keeps one channel for each channel of a Redis while it is there. */
  async #followRedis(
    planned: PlannedInput,
    signal: AbortSignal,
  ): Promise<void> {
    const { options, makeChannel } = this.#options;
    const address = planned.input;
    const running = new RunningFeeds();
    const thread = new SourceThread();
    const about = this.#about(planned);
    about.info(`One channel for each channel in ${shownInput(address)}`);
    try {
      await followChannelsInThread(thread, {
        ...{ address, options, signal },
        onNotice: (message) => about.info(message),
        onWarning: (message) => about.error(message),
        onChannel: (there, title, isGone) => {
          if (isGone) return running.remove(there);
          if (this.#isOwn(there, planned)) return;
          const name = this.#nameFor("channel", there, planned);
          if (name === undefined) return;
          const asItComes = { asItComes: true };
          const channel = makeChannel(name, title || undefined, asItComes);
          const input = addressOfChannel(address, there);
          const found = { input, kind: "redis" } as const;
          running.add(there, this.#start(channel, found, thread, signal));
        },
      });
    } catch (error) {
      // Another thread finds them again.
      running.removeAll();
      throw error;
    }
    await running.done;
  }

  /** True for a channel in Redis that this process publishes there. */
  #isOwn(name: string, planned: PlannedInput): boolean {
    const { channels, options } = this.#options;
    const channel = channels.get(name);
    const isPublished = options.publish.some(({ kind }) => kind === "redis");
    return planned.name === undefined && isPublished &&
      channel !== undefined && !this.isFromRedis(channel);
  }

  #nameFor(
    what: "folder" | "channel",
    subfolder: string,
    planned: PlannedInput,
  ): string | undefined {
    const { channels, options, report } = this.#options;
    const name = planned.name === undefined
      ? subfolder
      : `${planned.name}-${subfolder}`;
    if (options.channels?.test(name) === false) return undefined;
    const problem = nameProblem(name) ??
      (channels.get(name) && "another channel has that name");
    if (problem === undefined) return name;
    // A new report has a new rate limit, so that each folder is named.
    report.about({ kind: "source" }).warn(
      `Cannot name a channel after ${what} ${subfolder}: ${problem}; rename it`,
    );
    return undefined;
  }

  #start(
    channel: Channel,
    planned: PlannedInput,
    thread: SourceThread,
    signal: AbortSignal,
    options?: FeedOptions["options"],
  ): RunningFeed {
    const { channels, report } = this.#options;
    const { name } = channel;
    const feed = this.#add(channel, planned, true, thread, options);
    const gone = new AbortController();
    const stop = () => {
      gone.abort();
      channels.remove(name);
      this.#feeds.delete(channel);
      const what = planned.kind === "folder" ? "folder" : "origin";
      report.about({ channel: name }).info(
        `Removed the channel: its ${what} is gone`,
      );
    };
    return { stop, done: feed.run(AbortSignal.any([signal, gone.signal])) };
  }
}

/** True for an input that is any number of channels. */
function isForMany(kind: InputKind | undefined): boolean {
  return kind === "folders" || kind === "edge";
}

/** A feed of an input that is any number of channels. */
interface RunningFeed {
  /** Removes its channel. */
  stop: () => void;
  done: Promise<void>;
}

/** The feeds of an input that is any number of channels, by name. */
class RunningFeeds {
  readonly #stops = new Map<string, () => void>();
  readonly #all: Promise<void>[] = [];

  /** Resolved once all feeds are done. */
  get done(): Promise<unknown> {
    return Promise.all(this.#all);
  }

  add(name: string, { stop, done }: RunningFeed): void {
    this.#stops.set(name, stop);
    this.#all.push(done);
  }

  remove(name: string): void {
    this.#stops.get(name)?.();
    this.#stops.delete(name);
  }

  removeAll(): void {
    for (const name of [...this.#stops.keys()]) this.remove(name);
  }
}
