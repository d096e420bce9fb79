import type { Channel } from "../channel/channel.ts";
import { nameProblem } from "../channel/channel_name.ts";
import type { Channels } from "../channel/channels.ts";
import { followSubfolders } from "../source/folder/subfolders.ts";
import { errorMessage } from "../system/error_message.ts";
import type { ChannelMaker } from "./channel_maker.ts";
import { Feed, type FeedOptions } from "./feed.ts";
import { folderOfFolders } from "./input.ts";
import type { InputKind } from "./source/source_kind.ts";
import { type GivenInput, nameInputs, titleOf } from "./options/named_input.ts";
import type { CliOptions } from "./options/options.ts";
import type { Report } from "./output/report.ts";
import { SourceThread } from "./source/source_thread.ts";
import { persistently } from "./persistence.ts";

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
    const single = inputs.filter(({ kind }) => kind !== "folders");
    const names = nameInputs(single, only);
    this.#first = single.map((planned, i) => {
      const channel = options.makeChannel(
        names[i],
        titleOf(planned, only ? "Live" : names[i]),
      );
      return this.#add(channel, planned, !this.#alone);
    });
  }

  /** Frames that a channel's sources dropped; undefined if not known. */
  droppedFrames(channel: Channel): number | undefined {
    return this.#feeds.get(channel)?.droppedFrames;
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
    const folders = this.#inputs.filter(({ kind }) => kind === "folders");
    await Promise.all([
      ...this.#first.map((feed) => feed.run(signal)),
      ...folders.map((planned) => this.#runFolder(planned, signal)),
    ]);
  }

  #add(
    channel: Channel,
    { input, kind }: PlannedInput,
    oneOfSeveral: boolean,
    thread?: SourceThread,
    options: CliOptions = this.#options.options,
  ): Feed {
    const { channels, report, hide } = this.#options;
    const feed = new Feed(channel, {
      input,
      kind,
      options,
      hide,
      thread,
      report: report.about(oneOfSeveral ? channel.name : undefined),
      persistent: oneOfSeveral,
    });
    this.#feeds.set(channel, feed);
    channels.add(channel);
    return feed;
  }

  async #runFolder(planned: PlannedInput, signal: AbortSignal): Promise<void> {
    const { report } = this.#options;
    const act = () => this.#followFolder(planned, signal);
    if (this.#alone) return await act();
    await persistently({
      act,
      onFailure: (error, milliseconds) =>
        report.error(
          `${planned.input}: ${errorMessage(error)}; trying again in ` +
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
    const { report, options } = this.#options;
    const folder = folderOfFolders(planned.input);
    const stops = new Map<string, () => void>();
    // Each thread takes 8 MB: all folders of a folder share one.
    const thread = new SourceThread();
    const feeds: Promise<void>[] = [];
    report.info(`One channel for each folder in ${folder}`);
    await followSubfolders(folder, {
      pollMilliseconds: options.pollMilliseconds,
      signal,
      onAdded: (subfolder, isLink) => {
        const name = this.#nameFor(subfolder, planned);
        if (name === undefined) return;
        const input = `${folder}/${subfolder}`;
        // What is behind a link is not in the folder, and is never removed.
        const own = isLink
          ? { ...options, deleteAfterSeconds: undefined }
          : options;
        const { stop, done } = this.#start(name, input, thread, signal, own);
        stops.set(subfolder, stop);
        feeds.push(done);
      },
      onRemoved: (subfolder) => {
        stops.get(subfolder)?.();
        stops.delete(subfolder);
      },
      onError: (error, name) => {
        const path = name === undefined ? folder : `${folder}/${name}`;
        report.warn(`Cannot look into folder ${path}: ${errorMessage(error)}`);
      },
    });
    await Promise.all(feeds);
  }

  #nameFor(subfolder: string, planned: PlannedInput): string | undefined {
    const { channels, options, report } = this.#options;
    const name = planned.name === undefined
      ? subfolder
      : `${planned.name}-${subfolder}`;
    if (options.channels?.test(name) === false) return undefined;
    const problem = nameProblem(name) ??
      (channels.get(name) && "another channel has that name");
    if (problem === undefined) return name;
    // A new report has a new rate limit, so that each folder is named.
    report.about(undefined).warn(
      `Cannot name a channel after folder ${subfolder}: ${problem}; rename it`,
    );
    return undefined;
  }

  #start(
    name: string,
    input: string,
    thread: SourceThread,
    signal: AbortSignal,
    options: CliOptions,
  ): { stop: () => void; done: Promise<void> } {
    const { channels, makeChannel, report } = this.#options;
    const channel = makeChannel(name);
    const planned = { input, kind: "folder" } as const;
    const feed = this.#add(channel, planned, true, thread, options);
    const gone = new AbortController();
    const stop = () => {
      gone.abort();
      channels.remove(name);
      this.#feeds.delete(channel);
      report.about(name).info("Removed the channel: its folder is gone");
    };
    return { stop, done: feed.run(AbortSignal.any([signal, gone.signal])) };
  }
}
