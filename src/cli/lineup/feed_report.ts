import type { Channel } from "../../channel/channel.ts";
import type { SourceChange } from "../../channel/source_state.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import { isFault } from "../../log/faults.ts";
import { errorMessage } from "../../system/error_message.ts";
import { LostThreadError } from "../../system/worker/event_thread.ts";
import type { ChannelReport } from "../output/channel_report.ts";
import {
  type InputKind,
  MAYBE_AWAY,
  STUCK_KINDS,
} from "../source/source_kind.ts";
import type { SourceThreadEvents } from "../source/source_thread.ts";
import { waitsFor } from "./waits_for.ts";

/** Options of {@linkcode FeedReport}. */
export interface FeedReportOptions {
  /** The input, as the command line names it. */
  input: string;
  report: ChannelReport;
  /** True if the source is restarted when it fails before its first picture. */
  persistent: boolean;
  /**
   * Removes secrets from a message.
   *
   * @default {(text) => text}
   */
  hide?: (text: string) => string;
  /** Called when a source has begun: it misses nothing from now on. */
  onBegin: () => void;
}

/** Kinds that gifstream does not start: they may give nothing for long. */
const WAITING_KINDS: readonly string[] = [
  "folder",
  "growing",
  "picture",
  ...STUCK_KINDS,
];

/** Tells the log, and the viewers of a channel, how its source does. */
export class FeedReport {
  readonly #channel: Channel;
  readonly #options: FeedReportOptions;
  /** True once the log says that the channel is on air. */
  #saidOnAir = false;
  #wasOnAir = false;
  #saidWaiting = false;
  /** True from a failure to the next picture. */
  #hasFailed = false;

  constructor(channel: Channel, options: FeedReportOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  /** True once a picture has come. */
  get wasOnAir(): boolean {
    return this.#wasOnAir;
  }

  /** A source of this kind is started. */
  begins(kind: InputKind): void {
    // Another try after a failure is no news.
    const { state } = this.#channel.source;
    if (!this.#hasFailed || state !== "no signal") {
      const state = WAITING_KINDS.includes(kind) ? "waiting" : "starting";
      this.#channel.setSource({ state });
    }
    if (this.#saidWaiting) return;
    this.#saidWaiting = true;
    const { input, persistent, report } = this.#options;
    waitsFor(input, kind, !persistent).then((lines) => {
      for (const line of lines) report.info(line);
    });
  }

  /** Listeners for a source of this kind. */
  events(kind: InputKind): SourceThreadEvents {
    const { report, onBegin } = this.#options;
    const channel = this.#channel;
    return {
      onNotice: (message) => report.info(message),
      onWarning: (message, retryMilliseconds) => {
        this.warn(message, retryMilliseconds);
        // Otherwise the state would stay `starting`.
        if (MAYBE_AWAY.includes(kind) && channel.source.state === "starting") {
          channel.setSource({ state: "no signal" });
        }
      },
      onFault: (kind, error) => channel.faults.note(kind, error),
      onBegin,
      onUnchanged: () => channel.countUnchanged(),
      onUpstream: (ids) => void (channel.route.upstream = ids),
      onFormat: (format) => channel.setSource({ format }),
      onRefused: () => channel.countRefused(),
      onJpeg: ({ jpeg, size, ...about }) => {
        channel.publishJpeg(jpeg, size, about);
        this.damage(about);
        this.onAir(size);
      },
      onState: (state, message) => {
        this.#hasFailed = false;
        if (message === null) channel.setSource({ state, message });
        else this.tell({ state, message });
      },
      onSignal: (present) =>
        channel.setSource(
          present ? { state: "live", message: null } : {
            state: "no signal",
            message: channel.source.message ?? "no pictures arrive",
          },
        ),
    };
  }

  /** A mistake, or the reason for another try. */
  warn(message: string, retryMilliseconds?: number): void {
    this.#options.report.warn(message);
    this.tell({ message, retryMilliseconds });
  }

  /** A picture may be damaged. */
  damage({ name, damage }: { name?: string; damage?: string }): void {
    if (damage === undefined) return;
    this.warn(`${name ?? "A picture"} is damaged: ${damage}`);
  }

  /** A picture is on air. */
  onAir({ width, height }: LogicalScreen): void {
    this.#wasOnAir = true;
    if (this.#hasFailed) {
      this.#hasFailed = false;
      this.#channel.setSource({ state: "live", message: null });
    }
    if (this.#saidOnAir) return;
    this.#saidOnAir = true;
    this.#options.report.info(`On air: ${width}x${height} pixels`);
  }

  /** Shows a message to viewers, too, without secrets. */
  tell({ message, ...change }: SourceChange & { message: string }): void {
    const { hide = (text) => text } = this.#options;
    this.#channel.setSource({ ...change, message: hide(message) });
  }

  /** A source has failed, and is tried again after a pause. */
  failure(error: unknown, pauseMilliseconds: number): void {
    const message = errorMessage(error);
    this.tell({
      state: "no signal",
      message,
      retryMilliseconds: pauseMilliseconds,
    });
    this.#hasFailed = true;
    this.#saidOnAir = false;
    const seconds = Math.round(pauseMilliseconds / 1000);
    this.#options.report.error(`${message}; trying again in ${seconds} s`);
    const { faults } = this.#channel;
    if (error instanceof LostThreadError) faults.note("worker", error);
    else if (isFault(error)) faults.note("source", error);
  }
}
