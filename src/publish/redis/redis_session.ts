import type { SourceStatus } from "../../channel/source_state.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import {
  type RedisConnection,
  RedisRefusal,
} from "../../redis/redis_connection.ts";
import { type RedisEntry, writeEntry } from "../../redis/redis_entry.ts";
import type { RedisKeys } from "../../redis/redis_keys.ts";
import { idOf, textOf } from "../../redis/redis_reply.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { PublisherEvents, PublishStep } from "../publisher.ts";
import { BacklogIds } from "./backlog_ids.ts";
import { CLAIM, RELEASE, RENEW } from "./redis_scripts.ts";

/** Signs of life of a channel between two keyframes beside its stream. */
const SIGNS_A_KEYFRAME = 2;

/** An entry without its session. */
type Entry = RedisEntry extends infer Each
  ? Each extends RedisEntry ? Omit<Each, "session"> : never
  : never;
type JpegEntry = Extract<Entry, { type: "jpeg" }>;
type StepOf<Type extends PublishStep["type"]> = Extract<
  PublishStep,
  { type: Type }
>;

/** Options of {@linkcode RedisSession}. */
export interface RedisSessionOptions {
  channel: string;
  keys: RedisKeys;
  /** The name by which Redis knows this process. */
  origin: string;
  events: PublisherEvents;
  /** Called when {@linkcode RedisSession.problem} has changed. */
  onProblem: () => void;
  /** The connection, if there is one. */
  connection?: RedisConnection;
}

/** One channel in Redis, while this process publishes it, or waits to. */
export class RedisSession {
  readonly #options: RedisSessionOptions;
  readonly #backlog = new BacklogIds();
  #connection: RedisConnection | undefined;
  #title = "";
  #source: SourceStatus | undefined;
  #screen: LogicalScreen | undefined;
  /** The session; undefined while another origin has the channel, or no one. */
  #session: string | undefined;
  #isClaiming = false;
  #problem: string | undefined;
  /** The part that edges have now; undefined: they need a keyframe first. */
  #number: number | undefined;
  #isKeyframeOld = false;
  #signsSinceKeyframe = 0;
  /** The newest JPEG, unless a later picture came without one. */
  #jpeg: JpegEntry | undefined;
  #jpegTakenAt = 0;
  /** True until that JPEG is beside the stream. */
  #isJpegNew = false;

  constructor(options: RedisSessionOptions) {
    this.#options = options;
    this.#connection = options.connection;
  }

  /** The refusal of Redis, in words; undefined if it takes everything. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** True if this process publishes the channel. */
  get isOwner(): boolean {
    return this.#session !== undefined;
  }

  /** A connection was made; undefined: it was lost. */
  async connect(connection: RedisConnection | undefined): Promise<void> {
    this.#connection = connection;
    this.#session = undefined;
    if (connection !== undefined) await this.#claim();
  }

  /** Takes a step; resolved once its bytes are not needed any more. */
  async take(step: PublishStep): Promise<void> {
    switch (step.type) {
      case "open":
        this.#title = step.title;
        this.#screen = undefined;
        this.#session = undefined;
        return await this.#claim();
      case "source":
        this.#source = step.source;
        return await this.#giveSign();
      case "begin":
        return await this.#begin(step.screen);
      case "keyframe":
        return await this.#takeKeyframe(step);
      case "part":
        return await this.#takePart(step);
      case "jpeg":
        return await this.#takeJpeg(step);
      case "end":
        return await this.#end(step.stays);
    }
  }

  async #begin(screen: LogicalScreen): Promise<void> {
    this.#screen = screen;
    this.#number = undefined;
    await this.#write({ type: "begin", screen });
  }

  async #takeKeyframe(step: StepOf<"keyframe">): Promise<void> {
    const { keys, channel } = this.#options, screen = this.#screen;
    if (!this.isOwner || screen === undefined) return;
    const entry = { ...step, screen };
    this.#isKeyframeOld = false;
    this.#signsSinceKeyframe = 0;
    // Edges that have all parts so far need none.
    if (this.#number === undefined || step.number > this.#number) {
      this.#number = step.number;
      await this.#write(entry);
    }
    // That may have taken so long that it is not kept any more.
    const id = this.#backlog.upTo(step.number);
    if (id === undefined) return;
    await this.#writeBeside(keys.keyframe(channel), id, entry);
  }

  async #takePart(step: StepOf<"part">): Promise<void> {
    const { number, keyframe } = step, { events, channel } = this.#options;
    // It follows a keyframe once more.
    if (this.#number !== undefined && number <= this.#number) return;
    const goesOn = keyframe || number - 1 === this.#number;
    if (!this.isOwner || !goesOn) return events.onDropped(channel, 1);
    this.#number = number;
    this.#isKeyframeOld = true;
    // Then that of before is an older picture.
    if (!step.wasPublished) this.#jpeg = undefined;
    await this.#write(step);
  }

  async #takeJpeg(step: StepOf<"jpeg">): Promise<void> {
    const { size, ageMilliseconds, jpeg: bytes } = step;
    const entry = { type: "jpeg", size, ageMilliseconds, bytes } as const;
    this.#jpeg = entry;
    this.#jpegTakenAt = performance.now();
    this.#isJpegNew = true;
    if (!this.isOwner) {
      const { events, channel } = this.#options;
      return events.onDropped(channel, 1);
    }
    const isAlone = step.alone && this.#number !== undefined;
    // Neither waits for the other's answer, or a later step would come between.
    await Promise.all([isAlone && this.#endGif(), this.#write(entry)]);
  }

  /** The last keyframe is old news: pictures go on as JPEG alone. */
  async #endGif(): Promise<void> {
    this.#number = undefined;
    this.#isKeyframeOld = false;
    const { keys, channel } = this.#options;
    await this.#send("DEL", keys.keyframe(channel));
  }

  async #giveSign(): Promise<void> {
    if (!this.isOwner) return await this.#claim();
    const { channel, origin, events } = this.#options;
    const session = this.#session!;
    const fields = this.#stateFields(session);
    const answer = await this.#run(RENEW, origin, channel, session, ...fields);
    if (answer === undefined || session !== this.#session) return;
    if (textOf(answer) === "0") {
      this.#session = undefined;
      return await this.#claim();
    }
    await this.#writeJpegBeside();
    this.#signsSinceKeyframe++;
    if (this.#isKeyframeOld && this.#signsSinceKeyframe >= SIGNS_A_KEYFRAME) {
      events.onKeyframeWanted(channel);
    }
  }

  async #writeJpegBeside(): Promise<void> {
    const jpeg = this.#jpeg;
    if (jpeg === undefined || !this.#isJpegNew) return;
    this.#isJpegNew = false;
    const { keys, channel } = this.#options;
    await this.#writeBeside(keys.jpeg(channel), this.#backlog.newest, jpeg);
  }

  /** Begins a session, unless another origin has the channel. */
  async #claim(): Promise<void> {
    const connection = this.#connection;
    if (this.#isClaiming || connection === undefined) return;
    const { channel, origin, events } = this.#options;
    const session = randomSession();
    const [, first] = writeEntry({ type: "open", session });
    this.#isClaiming = true;
    try {
      const fields = this.#stateFields(session);
      const answer = await this.#run(
        CLAIM,
        ...[origin, channel, first as string, ...fields],
      );
      if (answer === undefined || connection !== this.#connection) return;
      if (answer !== null) return await this.#began(session, idOf(answer));
      events.onStandby(
        channel,
        true,
        `Another origin publishes ${channel}: this one takes over when that ` +
          "is gone",
      );
    } finally {
      this.#isClaiming = false;
    }
  }

  async #began(session: string, id: string): Promise<void> {
    const { channel, events } = this.#options;
    this.#session = session;
    this.#number = undefined;
    this.#backlog.clear();
    this.#backlog.push(id, 0, -1);
    this.#isJpegNew = true;
    events.onStandby(channel, false, null);
    // Edges that came before it is beside the stream find it here.
    if (this.#jpeg !== undefined) await this.#write(this.#agedJpeg(this.#jpeg));
    if (this.#screen === undefined) return;
    await this.#write({ type: "begin", screen: this.#screen });
    events.onKeyframeWanted(channel);
  }

  #agedJpeg(jpeg: JpegEntry): JpegEntry {
    const waitedMilliseconds = performance.now() - this.#jpegTakenAt;
    const { ageMilliseconds = 0 } = jpeg;
    return { ...jpeg, ageMilliseconds: ageMilliseconds + waitedMilliseconds };
  }

  async #end(stays: boolean): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    const [, last] = writeEntry({ type: "end", session, stays });
    const { channel, origin } = this.#options;
    await this.#run(
      RELEASE,
      ...[origin, channel, last as string, stays ? "1" : "0"],
    );
  }

  /** Writes an entry, and trims the stream. */
  async #write(entry: Entry): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const { keys, channel, events } = this.#options;
    const fields = writeEntry({ ...entry, session } as RedisEntry);
    const number = this.#number ?? -1, { oldest } = this.#backlog;
    const trim = oldest === undefined ? [] : ["MINID", "~", oldest];
    const key = keys.parts(channel);
    const answer = await this.#send("XADD", key, ...trim, "*", ...fields);
    const isPicture = entry.type === "part" || entry.type === "jpeg";
    if (answer === undefined) {
      return isPicture ? events.onDropped(channel, 1) : undefined;
    }
    const bytes = fields.reduce<number>((sum, { length }) => sum + length, 0);
    if (isPicture) events.onPublished(channel, bytes);
    if (session !== this.#session) return;
    this.#backlog.push(idOf(answer), bytes, number);
  }

  /** Writes an entry beside the stream, for edges that come. */
  async #writeBeside(key: string, id: string, entry: Entry): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const fields = writeEntry({ ...entry, session } as RedisEntry);
    await this.#send("HSET", key, ...fields, "id", id);
  }

  #stateFields(session: string): string[] {
    const { state = "starting", message = null } = this.#source ?? {};
    return [
      ...["session", session, "title", this.#title],
      ...["state", state, "message", message ?? ""],
    ];
  }

  /** Runs a script over the keys of the channel. */
  async #run(script: string, ...args: string[]): Promise<unknown> {
    const { keys, channel } = this.#options;
    const all = [
      ...[keys.owner(channel), keys.channels, keys.parts(channel)],
      ...[keys.state(channel), keys.keyframe(channel), keys.jpeg(channel)],
    ];
    return await this.#send("EVAL", script, all.length, ...all, ...args);
  }

  /** The answer to a command; undefined if it failed, which is told. */
  async #send(
    ...command: Parameters<RedisConnection["command"]>
  ): Promise<unknown> {
    const connection = this.#connection;
    try {
      const answer = await connection?.command(...command);
      if (connection === this.#connection) this.#setProblem(undefined);
      return answer;
    } catch (error) {
      // Whoever has the connection tells that it is lost.
      if (error instanceof RedisRefusal) await this.#refused(error);
      return undefined;
    }
  }

  /** Without this entry, those after it are of no use. */
  async #refused(error: RedisRefusal): Promise<void> {
    const message = errorMessage(error);
    const isNew = this.#problem === undefined;
    this.#session = undefined;
    this.#setProblem(message);
    if (!isNew || !/^OOM/.test(message)) return;
    // What there is of the channel is void in any case.
    const { keys, channel } = this.#options;
    await this.#connection?.command(
      ...["XTRIM", keys.parts(channel), "MAXLEN", 0] as const,
    ).catch(() => {});
  }

  #setProblem(problem: string | undefined): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#options.onProblem();
  }
}

function randomSession(): string {
  return crypto.getRandomValues(new Uint8Array(8)).toHex();
}
