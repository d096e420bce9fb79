import { Child } from "./child.ts";
import type { Contender } from "./contender.ts";
import type { FanoutOptions } from "./options.ts";
import { type ProcessorTime, type Usage, usageOf } from "./usage.ts";
import type { ViewerCount, ViewersQuestion } from "./viewers.ts";

/** Time for the last frame to reach the last viewer. */
const SETTLE_MILLISECONDS = 500;
const WARM_UP_SECONDS = 2;
/** Fills what kernels buffer for a connection that nobody reads. */
const FILL_BYTES = 8 * 1024 * 1024;
/** At which pace, over all viewers, so that nobody else has to wait. */
const FILL_FRAMES_PER_SECOND = 40_000;

/** One stretch of publishing, of one server. */
export interface Window {
  /** Frames published. */
  frames: number;
  /** Frames that viewers who read got: the least, the most, all. */
  minFrames: number;
  maxFrames: number;
  totalFrames: number;
  /** Processor time that the server used. */
  userSeconds: number;
  systemSeconds: number;
  /** The same, of the thread that used most of it: it is the first limit. */
  busiestSeconds: number;
  /** Share of one core that the viewers' process used. */
  viewersLoad: number;
  /** Memory of the server at its end. */
  kilobytes: number;
  /** When that was, since the viewers had come. */
  atSeconds: number;
}

/** A server with its viewers, ready to be measured. */
export class Bout {
  readonly contender: Contender;
  readonly #options: FanoutOptions;
  readonly #viewers: Child;
  readonly #beforeViewers: Usage;
  readonly #begin: number;
  readonly #reading: number;
  #afterViewers: Usage | undefined;

  private constructor(
    contender: Contender,
    options: FanoutOptions,
    viewers: Child,
    beforeViewers: Usage,
  ) {
    this.contender = contender;
    this.#options = options;
    this.#viewers = viewers;
    this.#beforeViewers = beforeViewers;
    this.#reading = options.viewers -
      Math.round(options.viewers * options.stopped);
    this.#begin = performance.now();
  }

  /** Brings the viewers, and lets the server run warm. */
  static async prepare(
    stack: AsyncDisposableStack,
    contender: Contender,
    options: FanoutOptions,
  ): Promise<Bout> {
    // There must be something to send before a viewer hears back.
    await contender.publish(1, options.framesPerSecond);
    const before = await usageOf(contender.pids);
    const viewers = Child.start(stack, "viewers.ts");
    const bout = new Bout(contender, options, viewers, before);
    await bout.#joinAll();
    bout.#afterViewers = await usageOf(contender.pids);
    await bout.run(WARM_UP_SECONDS);
    return bout;
  }

  /** How many viewers read. */
  get reading(): number {
    return this.#reading;
  }

  /** Memory of the server before the first viewer came. */
  get baseKilobytes(): number {
    return this.#beforeViewers.kilobytes;
  }

  /** Memory of the server for each viewer, when all had just come. */
  get joinKilobytesPerViewer(): number {
    return this.perViewer(this.#afterViewers!.kilobytes);
  }

  /** Processor time of the server for each viewer that came. */
  get joinSecondsPerViewer(): number {
    const seconds = totalSeconds(this.#afterViewers!) -
      totalSeconds(this.#beforeViewers);
    return seconds / this.#options.viewers;
  }

  /** The memory for each viewer, of what the server has. */
  perViewer(kilobytes: number): number {
    return (kilobytes - this.baseKilobytes) / this.#options.viewers;
  }

  /** Publishes for a while and tells what that took. */
  async run(seconds: number): Promise<Window> {
    const { framesPerSecond } = this.#options;
    const frames = Math.max(1, Math.round(seconds * framesPerSecond));
    const { contender } = this;
    await this.#ask<ViewerCount>({ do: "count" });
    const [before, viewersBefore] = await this.#usage();
    await contender.publish(frames, framesPerSecond);
    await settle();
    const [after, viewersAfter] = await this.#usage();
    const count = await this.#ask<ViewerCount>({ do: "count" });
    if (count.gone > 0) {
      throw new Error(
        `Cannot go on: ${contender.name} ended the stream of ${count.gone} viewers`,
      );
    }
    const inFrames = (bytes: number) =>
      Math.round(bytes / contender.wireBytesPerFrame);
    return {
      frames,
      minFrames: inFrames(count.minBytes),
      maxFrames: inFrames(count.maxBytes),
      totalFrames: inFrames(count.totalBytes),
      userSeconds: after.userSeconds - before.userSeconds,
      systemSeconds: after.systemSeconds - before.systemSeconds,
      busiestSeconds: busiest(before, after),
      viewersLoad: (totalSeconds(viewersAfter) - totalSeconds(viewersBefore)) /
        (frames / framesPerSecond),
      kilobytes: after.kilobytes,
      atSeconds: (performance.now() - this.#begin) / 1000,
    };
  }

  async #joinAll(): Promise<void> {
    const stopping = this.#options.viewers - this.#reading;
    if (stopping > 0) {
      await this.#join(stopping, true);
      await this.contender.publish(
        Math.ceil(FILL_BYTES / this.contender.wireBytesPerFrame),
        FILL_FRAMES_PER_SECOND / stopping,
      );
    }
    await this.#join(this.#reading, false);
    await settle();
  }

  #join(viewers: number, stop: boolean): Promise<null> {
    const { port, path } = this.contender;
    return this.#ask({ do: "join", port, path, viewers, stop });
  }

  #usage(): Promise<[Usage, Usage]> {
    return Promise.all([
      usageOf(this.contender.pids),
      usageOf([this.#viewers.pid]),
    ]);
  }

  #ask<Answer>(question: ViewersQuestion): Promise<Answer> {
    return this.#viewers.ask(question);
  }
}

function totalSeconds({ userSeconds, systemSeconds }: ProcessorTime): number {
  return userSeconds + systemSeconds;
}

/** The time that the busiest thread used. */
function busiest(before: Usage, after: Usage): number {
  const used = [...after.threads].map(([id, time]) => {
    const earlier = before.threads.get(id);
    return totalSeconds(time) - (earlier ? totalSeconds(earlier) : 0);
  });
  return Math.max(...used);
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
}
