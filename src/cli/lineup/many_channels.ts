import type { Channel } from "../../channel/channel.ts";
import { nameProblem } from "../../channel/channel_name.ts";
import { followSubfolders } from "../../source/folder/subfolders.ts";
import { addressOfChannel } from "../../source/redis/redis_address.ts";
import { shownInput } from "../../source/secrets/shown_input.ts";
import { errorMessage } from "../../system/error_message.ts";
import { persistently } from "../../timing/persistence.ts";
import type { Feed, FeedOptions } from "./feed.ts";
import { folderOfFolders } from "./input.ts";
import type { ChannelReport } from "../output/channel_report.ts";
import type { LineupOptions } from "./lineup_options.ts";
import type { PlannedInput } from "./planned_input.ts";
import type { CliOptions } from "../options/options.ts";
import { SourceThread } from "../source/source_thread.ts";
import { followChannelsInThread } from "../source/thread_tasks.ts";

/** Options of {@linkcode ManyChannels}. */
export interface ManyChannelsOptions
  extends Omit<LineupOptions, "options" | "hide"> {
  planned: PlannedInput;
  /** The options of this input. */
  options: CliOptions;
  /** True if the program ends with it. */
  alone: boolean;
  /** Adds a channel and its feed. */
  add: (
    channel: Channel,
    planned: PlannedInput,
    thread: SourceThread,
    options: FeedOptions["options"],
  ) => Feed;
  /** Forgets the feed of a channel that is removed. */
  forget: (channel: Channel) => void;
  /** True if the channel comes from Redis. */
  isFromRedis: (channel: Channel) => boolean;
}

/** An input that is any number of channels: a folder of folders, or Redis. */
export class ManyChannels {
  readonly #options: ManyChannelsOptions;

  constructor(options: ManyChannelsOptions) {
    this.#options = options;
  }

  /**
   * Keeps its channels until the signal is aborted.
   *
   * @throws {Error} If it cannot be read, and the program has nothing else.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { planned, alone } = this.#options;
    const isEdge = planned.kind === "edge";
    const act = () =>
      isEdge
        ? this.#followRedis(planned, signal)
        : this.#followFolder(planned, signal);
    if (alone && !isEdge) return await act();
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

  /** Reports about the input. */
  #about({ input }: PlannedInput): ChannelReport {
    const source = shownInput(input);
    return this.#options.report.about({ source, kind: "source" });
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
    await this.#warnIfMissing(folder, about);
    const doubt = new ChannelsDoubt(
      folder,
      options,
      (line) => about.warn(line),
    );
    await followSubfolders(folder, {
      pollMilliseconds: options.pollMilliseconds,
      signal,
      onAdded: (subfolder, isLink) => {
        const name = this.#nameFor("folder", subfolder, planned);
        doubt.note(subfolder, name !== undefined);
        if (name === undefined) return;
        const input = `${folder}/${subfolder}`;
        const own = { ...options, isSubfolder: true };
        // What is behind a link is not in the folder, and is never removed.
        if (isLink) own.deleteAfterSeconds = undefined;
        const channel = this.#options.makeChannel(name, name, { own });
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
    doubt.end();
    await running.done;
  }

  async #warnIfMissing(
    folder: string,
    about: ChannelReport,
  ): Promise<void> {
    try {
      await Deno.stat(folder);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) return;
      about.warn(
        `Cannot look into folder ${folder}: there is no such folder; its ` +
          "channels begin once it is there",
      );
    }
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
          const how = { asItComes: true, own: options };
          const channel = makeChannel(name, title || undefined, how);
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
      channel !== undefined && !this.#options.isFromRedis(channel);
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
    const { channels: wanted } = options;
    const fits = wanted?.test(subfolder) !== false || wanted.test(name);
    if (!fits) return undefined;
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
    own: FeedOptions["options"] = this.#options.options,
  ): RunningFeed {
    const { channels, report, add, forget } = this.#options;
    const { name } = channel;
    const feed = add(channel, planned, thread, own);
    const gone = new AbortController();
    const stop = () => {
      gone.abort();
      channels.remove(name);
      forget(channel);
      const what = planned.kind === "folder" ? "folder" : "origin";
      report.about({ channel: name }).info(
        `Removed the channel: its ${what} is gone`,
      );
    };
    return { stop, done: feed.run(AbortSignal.any([signal, gone.signal])) };
  }
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

/** Time for the first folders to be found. */
const DOUBT_MILLISECONDS = 2000;
/** Most folders that a line names. */
const NAMED_FOLDERS = 3;

/** Says so when there are folders, but `--channels` matches none of them. */
class ChannelsDoubt {
  readonly #others: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver: boolean;
  readonly #say: () => void;

  constructor(
    folder: string,
    { channels, given }: CliOptions,
    warn: (line: string) => void,
  ) {
    this.#isOver = channels === undefined;
    this.#say = () => {
      const { place } = given.get("channels")!;
      const some = this.#others.slice(0, NAMED_FOLDERS).join(", ");
      warn(
        `${place} matches no folder in ${folder}: expected ${channels}, ` +
          `found ${some}`,
      );
    };
  }

  /** Takes note of a folder that is found. */
  note(folder: string, isChannel: boolean): void {
    if (isChannel) this.end();
    if (this.#isOver) return;
    this.#others.push(folder);
    this.#timer ??= setTimeout(() => {
      this.#say();
      this.end();
    }, DOUBT_MILLISECONDS);
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
