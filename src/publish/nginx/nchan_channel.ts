import type { LogicalScreen } from "../../gif/block.ts";
import { errorMessage } from "../../system/error_message.ts";
import { pause } from "../../timing/pause.ts";
import type { PublisherEvents, PublishStep } from "../publisher.ts";
import { NchanFullError, NchanSession } from "./nchan_session.ts";
import { MAX_HOLD_MILLISECONDS, Renewal } from "./renewal.ts";
import { type WaitingPart, WaitingParts } from "./waiting_parts.ts";

/** Options of {@linkcode NchanChannel}. */
export interface NchanChannelOptions {
  /** Name of the channel. */
  name: string;
  /** The address where it is published. */
  address: string;
  events: PublisherEvents;
  /** Called when {@linkcode NchanChannel.problem} may be another. */
  onChange: () => void;
}

/** Pauses before nginx is tried again. */
const FIRST_PAUSE_MILLISECONDS = 100;
const MAX_PAUSE_MILLISECONDS = 1000;
/** A message at least so often, so that no router forgets the viewers. */
const SIGN_MILLISECONDS = 15_000;
/** Several losses in a row are no accident. */
const MANY_LOSSES = 3;
/** By then others who publish there have not made room. */
const MANY_FULL_TIMES = 2;

/** A channel on its way to nginx: one message at a time. */
export class NchanChannel {
  readonly #options: NchanChannelOptions;
  readonly #waiting = new WaitingParts();
  #session: NchanSession | undefined;
  #screen: LogicalScreen | undefined;
  /** The number of the newest part that was sent, or waits. */
  #newest = -1;
  /** The number of the newest part that was sent, or is being sent. */
  #sentNumber = -1;
  /** True while a part can follow what was sent. */
  #goesOn = false;
  readonly #renewal = new Renewal();
  /** Counts GIFs: messages may still be on their way. */
  #generation = 0;
  #lastMessageAt = 0;
  #viewers = 0;
  #losses = 0;
  /** Times that nginx had no room, without a message in between. */
  #fullTimes = 0;
  #pauseMilliseconds = 0;
  #ending: { stays: boolean; done: () => void } | undefined;
  #changed = Promise.withResolvers<void>();
  readonly #stop = new AbortController();
  /** Why nothing gets there, in words; null: it does. */
  problem: string | null = null;
  /** True once nginx has answered. */
  reached = false;
  /** Resolved once nothing more is sent. */
  readonly done: Promise<void>;

  constructor(options: NchanChannelOptions) {
    this.#options = options;
    // The viewers there are not known here.
    options.events.onNeed(options.name, "pictures", true);
    options.events.onNeed(options.name, "gif", true);
    this.done = this.#run();
  }

  /** Takes a step; resolved once its bytes are no longer in memory. */
  take(step: PublishStep): Promise<void> {
    const { promise, resolve: done } = Promise.withResolvers<void>();
    switch (step.type) {
      case "open":
        this.#forget();
        this.#screen = undefined;
        break;
      case "begin":
        this.#forget();
        this.#screen = step.screen;
        break;
      case "keyframe":
        if (!this.#isOfUse(step.number)) break;
        // It shows all that waits.
        this.#sent(this.#waiting.takeAll());
        this.#add({ ...step, keyframe: true, done });
        return promise;
      case "part":
        this.#add({ ...step, done });
        return promise;
      case "source":
        this.#showLife();
        break;
      case "end":
        this.#ending = { stays: step.stays, done };
        this.#wake();
        return promise;
    }
    done();
    return promise;
  }

  /** Sends nothing more. */
  stop(): void {
    this.#stop.abort();
    this.#session?.close();
    this.#wake();
  }

  #add(part: WaitingPart): void {
    const { keyframe, number } = part;
    if (!this.#goesOn) {
      if (keyframe) this.#drop(this.#waiting.takeAll());
      else if (!this.#waiting.hasKeyframe) return this.#drop([part]);
    }
    this.#newest = number;
    this.#waiting.add(part);
    if (this.#waiting.tooMany) {
      this.#lose();
      this.#wantKeyframe();
    } else this.#wake();
  }

  /**
   * True for a keyframe after a gap, and for one that takes nobody's picture
   * back.
   */
  #isOfUse(number: number): boolean {
    if (number > this.#newest || !this.#goesOn) return true;
    const use = this.#renewal.come(this.#sentNumber, performance.now());
    if (use === "again") this.#askAnew(true);
    return use === "use";
  }

  #showLife(): void {
    const silent = performance.now() - this.#lastMessageAt;
    if (this.#session?.isOpen === false) this.#wake();
    else if (this.#goesOn && silent > SIGN_MILLISECONDS) {
      const sign = { number: this.#newest, bytes: new Uint8Array() };
      this.#add({ ...sign, keyframe: false, done: () => {} });
    }
  }

  #wantKeyframe(): void {
    if (this.#screen === undefined) return;
    this.#options.events.onKeyframeWanted(this.#options.name);
  }

  /** Asks for a keyframe that new viewers begin with. */
  #askAnew(holds = false): void {
    this.#renewal.ask(this.#sentNumber, performance.now(), holds);
    this.#wantKeyframe();
    if (holds) setTimeout(() => this.#wake(), MAX_HOLD_MILLISECONDS);
  }

  /** Drops the messages that wait: they need no place any more. */
  #forget(): void {
    for (const { done } of this.#waiting.takeAll()) done();
    this.#generation++;
    this.#goesOn = false;
    this.#newest = this.#sentNumber = -1;
    this.#renewal.reset();
  }

  /** Drops all that waits; a keyframe has to be the next. */
  #lose(): void {
    const parts = this.#waiting.takeAll();
    this.#goesOn = false;
    this.#drop(parts);
  }

  #drop(parts: readonly WaitingPart[]): void {
    const { events, name } = this.#options;
    if (parts.length > 0) events.onDropped(name, parts.length);
    for (const { done } of parts) done();
  }

  #sent(parts: readonly WaitingPart[]): void {
    const { events, name } = this.#options;
    for (const { bytes, done } of parts) {
      if (bytes.length > 0) events.onPublished(name, bytes.length);
      done();
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        if (await this.#step()) break;
      } catch (error) {
        if (error instanceof NchanFullError) this.#fullTimes++;
        this.#fail(errorMessage(error));
        // A channel that is no more is not waited for.
        if (this.#ending !== undefined) break;
        await pause(this.#pauseMilliseconds, signal);
      }
    }
    this.#lose();
    this.#session?.close();
    this.#ending?.done();
  }

  /** Does what is next; true once the channel has ended. */
  async #step(): Promise<boolean> {
    if (this.#session?.isOpen !== true) await this.#connect();
    const session = this.#session!;
    if (this.#isToBeSent) await this.#sendNext(session);
    else if (this.#ending !== undefined) {
      if (!this.#ending.stays) await session.finish();
      return true;
    } else await this.#change();
    return false;
  }

  get #isToBeSent(): boolean {
    if (this.#waiting.hasKeyframe) return true;
    if (this.#waiting.size === 0 || !this.#goesOn) return false;
    return !this.#renewal.holds(performance.now());
  }

  async #connect(): Promise<void> {
    this.#goesOn = false;
    this.#session = await NchanSession.open(this.#options.address);
    this.reached = true;
    if (this.#fullTimes >= MANY_FULL_TIMES) {
      // Nchan keeps all that one viewer has not taken, without a bound.
      await this.#session.drop();
      this.#fullTimes = 0;
    }
    if (this.#screen === undefined) this.#isWell();
    if (!this.#waiting.hasKeyframe) {
      this.#lose();
      this.#wantKeyframe();
    }
  }

  async #sendNext(session: NchanSession): Promise<void> {
    const before = this.#waiting.takeBeforeKeyframe();
    if (!this.#goesOn) this.#drop(before);
    else if (before.length > 0) {
      await this.#send(before, (parts) => session.follow(parts));
    }
    if (!this.#waiting.hasKeyframe) return this.#renew(session);
    const screen = this.#screen!;
    if (!session.goesOnWith(screen)) await session.finish();
    this.#renewal.reset();
    await this.#send(
      this.#waiting.takeAll(),
      (parts) => session.begin(screen, parts),
    );
  }

  async #send(
    parts: WaitingPart[],
    send: (parts: Uint8Array[]) => Promise<boolean>,
  ): Promise<void> {
    const generation = this.#generation;
    this.#sentNumber = parts.at(-1)!.number;
    // Those that come meanwhile follow.
    this.#goesOn = true;
    let isThere: boolean;
    try {
      isThere = await send(parts.map(({ bytes }) => bytes));
    } catch (error) {
      this.#drop(parts);
      throw error;
    }
    this.#lastMessageAt = performance.now();
    this.#sent(parts);
    this.#tellViewers();
    if (isThere) {
      this.#losses = this.#fullTimes = 0;
      return this.#isWell();
    }
    if (generation !== this.#generation) return;
    this.#lose();
    if (++this.#losses >= MANY_LOSSES) {
      this.#tell(
        "nginx does not keep what it is given: its configuration is another " +
          "than docs/nginx/nchan.conf, or another program publishes there",
      );
    }
    this.#wantKeyframe();
  }

  #tellViewers(): void {
    const { viewers = 0 } = this.#session ?? {};
    if (viewers === this.#viewers) return;
    this.#viewers = viewers;
    this.#options.events.onViewers(this.#options.name, viewers);
  }

  /** Gives new viewers less to begin with, now and then. */
  #renew({ messages, beganAt }: NchanSession): void {
    const now = performance.now();
    const isDue = this.#renewal.isDue(messages, now - beganAt, now);
    if (this.#goesOn && isDue) this.#askAnew();
  }

  #isWell(): void {
    this.#pauseMilliseconds = 0;
    this.#tell(null);
  }

  #fail(message: string): void {
    this.#session?.close();
    this.#session = undefined;
    this.#tellViewers();
    this.#lose();
    this.#pauseMilliseconds = Math.min(
      Math.max(FIRST_PAUSE_MILLISECONDS, 2 * this.#pauseMilliseconds),
      MAX_PAUSE_MILLISECONDS,
    );
    this.#tell(message);
  }

  #tell(problem: string | null): void {
    this.problem = problem;
    this.#options.onChange();
  }

  #change(): Promise<void> {
    return this.#changed.promise;
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
