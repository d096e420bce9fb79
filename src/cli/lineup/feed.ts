import type { InputKind } from "../source/source_kind.ts";
import type { Channel } from "../../channel/channel.ts";
import { errorMessage } from "../../system/error_message.ts";
import { isOutOfDescriptors } from "../../system/spare_descriptors.ts";
import { LostThreadError } from "../../system/worker/event_thread.ts";
import { pause } from "../../timing/pause.ts";
import { aborted } from "../../timing/aborted.ts";
import { FeedReport } from "./feed_report.ts";
import { inputKind } from "./input.ts";
import type { CliOptions } from "../options/options.ts";
import type { ChannelReport } from "../output/channel_report.ts";
import { isFault } from "../../log/faults.ts";
import { needOf } from "./need_of.ts";
import { persistently } from "../../timing/persistence.ts";
import { type SourceKind, STUCK_KINDS } from "../source/source_kind.ts";
import type { SourceOptions } from "../source/source_messages.ts";
import {
  openSourceThread,
  type PlayedParts,
  SourceThread,
} from "../source/source_thread.ts";
import { idleInThread } from "../source/thread_tasks.ts";

/** Options of {@linkcode Feed}. */
export interface FeedOptions {
  /** The input, as the command line names it. */
  input: string;
  /** The kind of the input; undefined if it could not be read yet. */
  kind: InputKind | undefined;
  options: CliOptions & Pick<SourceOptions, "isSubfolder">;
  report: ChannelReport;
  /**
   * True if a source that has never given a picture is restarted, too, since
   * other channels go on.
   */
  persistent: boolean;
  /**
   * Opens the source.
   *
   * @default {openSourceThread}
   */
  open?: typeof openSourceThread;
  /**
   * The thread of its sources, which it may share with others.
   *
   * @default {new SourceThread()}
   */
  thread?: SourceThread;
  /**
   * Removes secrets from a message.
   *
   * @default {(text) => text}
   */
  hide?: (text: string) => string;
}

/** Time for which a source runs on after its last viewer. */
const LINGER_MILLISECONDS = 10_000;
/** Pause before another thread reads on what can be read only once. */
const RESTART_MILLISECONDS = 1000;

/** Lets a source feed a channel: always, or while anybody watches. */
export class Feed {
  readonly #channel: Channel;
  readonly #options: FeedOptions;
  readonly #report: FeedReport;
  #source: PlayedParts | undefined;
  readonly #thread: SourceThread;
  readonly #begun = Promise.withResolvers<void>();
  /** Frames that were dropped by sources that have ended. */
  #droppedBefore = 0;
  constructor(channel: Channel, options: FeedOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#report = new FeedReport(channel, {
      ...options,
      onBegin: () => this.#begun.resolve(),
    });
    this.#thread = options.thread ?? new SourceThread();
  }

  /** The kind of the input; undefined if it could not be read so far. */
  get kind(): InputKind | undefined {
    return this.#options.kind;
  }

  /**
   * Resolved once the first source has begun, so that it misses nothing; or
   * has failed, or is not to begin yet.
   */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  /** Frames that its sources dropped so far: no room, or too late. */
  get droppedFrames(): number {
    const { dropped = 0, late = 0 } = this.#source?.stats ?? {};
    return this.#droppedBefore + dropped + late;
  }

  /**
   * Starts the thread of a source that begins at once, so that it misses
   * nothing once users are told to fill it.
   *
   * @throws {Error} If there are too few file descriptors.
   */
  async prepare(): Promise<void> {
    if (this.#beginsAtOnce) await this.#thread.start();
  }

  /**
   * Feeds the channel until the signal is aborted; then the source has ended,
   * too.
   *
   * @throws {Error} If the only source fails before its first picture.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { kind } = this.#options;
    this.#channel.setSource({ kind: kind ?? "file", message: null });
    if (!this.#beginsAtOnce) this.#begun.resolve();
    while (!signal.aborted) {
      if (kind === "stdin") await this.#onlyTurn(signal);
      else {
        await persistently({
          act: () => this.#turn(signal),
          onFailure: (error, pause) => {
            this.#throwIfNeverOnAir(error);
            this.#report.failure(error, pause);
          },
          signal,
        });
      }
    }
  }

  get #beginsAtOnce(): boolean {
    const { kind, options } = this.#options;
    return kind !== undefined && kind !== "ingest" && !options.onDemand;
  }

  /** Ends the program if its only input fails before its first picture. */
  #throwIfNeverOnAir(error: unknown): void {
    // The input is not to blame for missing descriptors, and they come back.
    if (isOutOfDescriptors(error)) return;
    // Whatever held its thread up, viewers need not suffer for it.
    if (error instanceof LostThreadError) return;
    if (!this.#options.persistent && !this.#report.wasOnAir) throw error;
  }

  /**
   * Reads a source that can be read only once: it has ended when it fails.
   * Only a thread that was lost leaves the rest to another one.
   */
  async #onlyTurn(signal: AbortSignal): Promise<void> {
    try {
      await this.#turn(signal);
    } catch (error) {
      if (error instanceof LostThreadError) {
        this.#report.failure(error, RESTART_MILLISECONDS);
        return await pause(RESTART_MILLISECONDS, signal);
      }
      this.#throwIfNeverOnAir(error);
      const message = errorMessage(error);
      this.#report.tell({ state: "ended", message });
      this.#options.report.error(message);
      if (isFault(error)) this.#channel.faults.note("source", error);
      await aborted(signal);
    }
  }

  /** Runs a source until it ends or the signal is aborted. */
  async #turn(signal: AbortSignal): Promise<void> {
    const { input, options } = this.#options;
    const kind = this.#options.kind ?? await inputKind(input, options);
    if (kind === "folders" || kind === "edge") {
      const found = kind === "edge" ? "many channels" : "folders of frames";
      throw new Error(`Cannot play ${input}: expected frames, found ${found}`);
    }
    this.#channel.setSource({ kind });
    if (kind === "ingest") return await this.#takeFrames(signal);
    // A pipe can be read only once.
    if (!options.onDemand || STUCK_KINDS.includes(kind)) {
      return await this.#play(kind, signal);
    }
    this.#channel.setSource({ state: "idle" });
    await this.#untilWanted(kind, signal);
    if (!signal.aborted) await this.#playWhileWanted(kind, signal);
  }

  /** Waits while the server feeds the channel. */
  async #takeFrames(signal: AbortSignal): Promise<void> {
    this.#channel.setSource({ state: "waiting" });
    this.#options.report.info(
      `Waiting for frames sent to /${this.#channel.name}/frames`,
    );
    await aborted(signal);
  }

  async #untilWanted(kind: SourceKind, signal: AbortSignal): Promise<void> {
    const { demand } = this.#channel;
    const wanted = new AbortController();
    const forget = demand.follow(() => wanted.abort());
    try {
      if (demand.wanted) return;
      const idle = {
        ...this.#options,
        kind,
        events: this.#report.events(kind),
      };
      const end = AbortSignal.any([signal, wanted.signal]);
      await idleInThread(this.#thread, idle, end);
    } finally {
      forget();
    }
  }

  async #playWhileWanted(
    kind: SourceKind,
    signal: AbortSignal,
  ): Promise<void> {
    const { demand } = this.#channel;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const linger = (wanted: boolean) => {
      clearTimeout(timer);
      if (wanted) return;
      timer = setTimeout(() => stop.abort(), LINGER_MILLISECONDS);
    };
    const forget = demand.follow(linger);
    linger(demand.wanted);
    this.#options.report.info("Somebody is watching: the source starts");
    try {
      await this.#play(kind, AbortSignal.any([signal, stop.signal]));
      if (signal.aborted) return;
      const seconds = LINGER_MILLISECONDS / 1000;
      this.#options.report.info(
        `Nobody has watched for ${seconds} s: the source is stopped`,
      );
    } finally {
      clearTimeout(timer);
      forget();
      demand.sourceStopped();
    }
  }

  /** Plays a source, and stays at its last picture until the signal. */
  async #play(
    kind: SourceKind,
    signal: AbortSignal,
  ): Promise<void> {
    const { input, options, report, open = openSourceThread } = this.#options;
    this.#report.begins(kind);
    const { gif, jpeg, demand, route, screen } = this.#channel;
    // Others would make whoever wants a picture wait for the source.
    const pictures = kind === "redis" ? needOf(demand) : undefined;
    const context = {
      options,
      events: this.#report.events(kind),
      signal,
      place: options.onResize === "place" ? screen : undefined,
      needs: { gif, jpeg, pictures },
      channelId: route.id,
    };
    const source = open(input, kind, context, this.#thread);
    this.#source = source;
    try {
      const published = this.#publish(source, signal);
      await (STUCK_KINDS.includes(kind)
        ? Promise.race([published, aborted(signal)])
        : published);
    } finally {
      this.#begun.resolve();
      this.#droppedBefore = this.droppedFrames;
      this.#source = undefined;
    }
    if (signal.aborted) return;
    this.#channel.setSource({ state: "ended" });
    report.info("The input has ended: the last picture stays until Ctrl-C");
    await aborted(signal);
  }

  async #publish(source: PlayedParts, signal: AbortSignal): Promise<void> {
    for await (const given of source) {
      if (signal.aborted) return;
      const { name } = given;
      try {
        this.#channel.publishPart(given.part, given.screen, given);
        if (!given.wasPublished) this.#report.damage(given);
      } catch (error) {
        if (signal.aborted) return;
        this.#channel.faults.note("channel", error);
        const message = name === undefined
          ? errorMessage(error)
          : `${name}: ${errorMessage(error)}`;
        this.#report.warn(message);
        continue;
      }
      this.#report.onAir(given.screen);
      // A source that is read further meanwhile would only fill the memory.
      await this.#channel.ready;
    }
  }
}
