import type {
  FollowedNeed,
  SourceJpeg,
  SourcePart,
} from "../../encoding/frame_source.ts";
import type { SourceState } from "../../channel/source_state.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import { JpegChecker } from "../../image/jpeg_checker.ts";
import type { RedisEntry } from "../../redis/redis_entry.ts";
import { idMilliseconds, isAfter } from "../../redis/redis_reply.ts";
import { Queue } from "../../system/queue.ts";
import { checkedPart } from "./checked_part.ts";
import { now } from "./redis_clock.ts";

/** The state of a channel's source, as its origin or the edge has it. */
export interface EdgeState {
  state: SourceState;
  message: string | null;
}

/** Listeners of a channel that comes from Redis. */
export interface EdgeChannelOptions {
  name: string;
  /** The forms that its viewers need. */
  needs: { gif: FollowedNeed; jpeg: FollowedNeed; pictures: FollowedNeed };
  /** Our time when an entry was written; undefined: not known. */
  timeOf: (redisMilliseconds: number) => number | undefined;
  /** Called when the state has changed. */
  onState: (state: EdgeState) => void;
  /** Called when the origin lives, but its picture does not change. */
  onUnchanged: () => void;
  /** Called for what is not as it should be, with one line of text. */
  onRefused: (error: unknown) => void;
}

type EntryOf<Type extends RedisEntry["type"]> = Extract<
  RedisEntry,
  { type: Type }
>;

/** A picture on its way to the channel. */
type Item =
  & { timestampMilliseconds: number }
  & (
    | { part: EntryOf<"part"> | EntryOf<"keyframe">; screen: LogicalScreen }
    | { jpeg: EntryOf<"jpeg"> }
  );

/** Bytes that may wait for the channel before no more are read for it. */
const ENOUGH_BYTES = 2 ** 23;

/** The place before the first entry. */
const BEGINNING = "0-0";

/** One channel of an edge: what came of it, and what is to be read next. */
export class EdgeChannel {
  readonly #options: EdgeChannelOptions;
  /** The place in the stream after which to read. */
  cursor: string = BEGINNING;
  /** True if a keyframe and the place to read on are to be looked up. */
  needsEntrance = true;
  #session: string | undefined;
  #screen: LogicalScreen | undefined;
  /** The newest part that was given to the channel, of this session. */
  #number = -1;
  /** True if the part after that can be drawn. */
  #goesOn = false;
  /** The newest JPEG that was given to the channel. */
  #jpegId = BEGINNING;
  readonly #items = new Queue<Item>();
  #waitingBytes = 0;
  #wake: (() => void) | undefined;
  #closed = false;
  #failure: Error | undefined;
  #state: EdgeState | undefined;
  #hasEnded = false;
  #isQuiet = true;
  /** True after a part that was refused, up to the next keyframe. */
  #isBroken = false;
  readonly #checker = new JpegChecker();

  constructor(options: EdgeChannelOptions) {
    this.#options = options;
    // Parts that nobody needed were left out.
    options.needs.gif.follow((needed) => {
      if (needed && !this.#goesOn) this.needsEntrance = true;
    });
  }

  get name(): string {
    return this.#options.name;
  }

  /** The forms that its viewers need now. */
  get needed(): string[] {
    return Object.entries(this.#options.needs)
      .filter(([, { needed }]) => needed).map(([form]) => form);
  }

  /** True if its origin has removed it. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** True while no more should be read. */
  get isFull(): boolean {
    return this.#waitingBytes > ENOUGH_BYTES;
  }

  /** Pictures as they come: parts, and JPEGs to a function. */
  async *pictures(
    takeJpeg: (jpeg: SourceJpeg) => void,
  ): AsyncGenerator<SourcePart, void> {
    while (!this.#closed) {
      const item = this.#items.at(0);
      if (item === undefined) {
        await new Promise<void>((resolve) => this.#wake = resolve);
        continue;
      }
      this.#items.drop(1);
      this.#waitingBytes -= bytesOf(item);
      if ("part" in item) {
        // It builds on one that was refused.
        if (this.#isBroken && !isKeyframe(item.part)) continue;
        this.#isBroken = false;
      }
      try {
        if ("part" in item) yield this.#madePart(item);
        else {
          const jpeg = this.#madeJpeg(item);
          if (jpeg !== undefined) takeJpeg(jpeg);
        }
      } catch (error) {
        if ("part" in item) {
          this.#isBroken = true;
          this.#loseThread();
        }
        this.#options.onRefused(error);
      }
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends the pictures. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Ends the pictures by an error. */
  fail(error: Error): void {
    this.#failure = error;
    this.close();
  }

  /** Tells of what was read for it and cannot be used. */
  refuse(error: unknown): void {
    this.#options.onRefused(error);
  }

  /** Says how its source is. */
  setState(state: EdgeState): void {
    const old = this.#state;
    if (old?.state === state.state && old.message === state.message) return;
    this.#state = state;
    this.#options.onState(state);
  }

  /** The origin gave a sign of life; is called about once a second. */
  giveSign(): void {
    if (this.#isQuiet && this.#state?.state === "live") {
      this.#options.onUnchanged();
    }
    this.#isQuiet = true;
  }

  /**
   * Enters the stream, or goes on after a break.
   *
   * @param session The session of the origin, if it is known.
   * @param keyframe A recent keyframe, if there is one.
   * @param jpeg The newest JPEG, if there is one.
   */
  enter(
    session: string | undefined,
    keyframe: { id: string; entry: EntryOf<"keyframe"> } | undefined,
    jpeg: { id: string; entry: EntryOf<"jpeg"> } | undefined,
  ): void {
    const isNew = session !== this.#session || session === undefined;
    this.needsEntrance = false;
    if (isNew) {
      this.#begin(session);
      this.cursor = BEGINNING;
    }
    if (jpeg !== undefined && isAfter(jpeg.id, this.#jpegId)) {
      this.#takeJpeg(jpeg.id, jpeg.entry);
    }
    if (keyframe === undefined) return;
    // One of before the newest part would take viewers back.
    if (keyframe.entry.number > this.#number) {
      this.#takeKeyframe(keyframe.id, keyframe.entry);
      if (this.#goesOn) this.cursor = keyframe.id;
    } else this.needsEntrance = !this.#goesOn;
  }

  /** Takes the next entry of the stream. */
  take(id: string, entry: RedisEntry): void {
    this.cursor = id;
    if (entry.type === "open") return this.#begin(entry.session);
    // Its origin does not know yet that it was replaced.
    if (entry.session !== this.#session) return;
    switch (entry.type) {
      case "begin":
        this.#screen = entry.screen;
        this.#goesOn = false;
        return;
      case "keyframe":
        if (entry.number > this.#number) this.#takeKeyframe(id, entry);
        else if (entry.number === this.#number) this.#goesOn = true;
        return;
      case "part":
        return this.#takePart(id, entry);
      case "jpeg":
        if (isAfter(id, this.#jpegId)) this.#takeJpeg(id, entry);
        return;
      case "end":
        this.#hasEnded = !entry.stays;
    }
  }

  #begin(session: string | undefined): void {
    this.#session = session;
    this.#hasEnded = false;
    this.#number = -1;
    this.#goesOn = false;
  }

  #takeKeyframe(id: string, entry: EntryOf<"keyframe">): void {
    this.#screen = entry.screen;
    if (entry.wasPublished && !this.#options.needs.gif.needed) return;
    this.#number = entry.number;
    this.#goesOn = true;
    this.#pushPart(id, entry);
  }

  #takePart(id: string, entry: EntryOf<"part">): void {
    const { number, keyframe, wasPublished } = entry;
    if (number <= this.#number) return;
    const isNext = this.#goesOn && number === this.#number + 1;
    if (wasPublished && !this.#options.needs.gif.needed) this.#goesOn = false;
    else if (isNext || keyframe) {
      this.#number = number;
      this.#goesOn = true;
      this.#pushPart(id, entry);
    } else this.#loseThread();
  }

  /** Some parts are missing: the next one must be a keyframe. */
  #loseThread(): void {
    this.#goesOn = false;
    this.needsEntrance = true;
  }

  #pushPart(id: string, part: EntryOf<"part"> | EntryOf<"keyframe">): void {
    if (this.#screen === undefined) return this.#loseThread();
    const age = part.type === "part" ? part.ageMilliseconds : undefined;
    const timestampMilliseconds = this.#timeOf(id, age);
    this.#push({ part, screen: this.#screen, timestampMilliseconds });
  }

  #takeJpeg(id: string, jpeg: EntryOf<"jpeg">): void {
    this.#jpegId = id;
    const timestampMilliseconds = this.#timeOf(id, jpeg.ageMilliseconds);
    this.#push({ jpeg, timestampMilliseconds });
  }

  #push(item: Item): void {
    this.#items.push(item);
    this.#waitingBytes += bytesOf(item);
    this.#isQuiet = false;
    this.#wake?.();
  }

  #timeOf(id: string, ageMilliseconds = 0): number {
    const written = this.#options.timeOf(idMilliseconds(id)) ?? now();
    return Math.min(written - ageMilliseconds, now());
  }

  /** @throws {GifError} If browsers could not show it. */
  #madePart(
    { part: entry, screen, timestampMilliseconds }: Extract<
      Item,
      { part: unknown }
    >,
  ): SourcePart {
    const { bytes } = entry;
    const keyframe = isKeyframe(entry);
    const part = checkedPart({ bytes, keyframe }, screen);
    const { wasPublished } = entry;
    const made = { part, screen, timestampMilliseconds, wasPublished };
    const jpeg = entry.type === "part" ? entry.jpeg : undefined;
    if (jpeg === undefined) return made;
    const checked = this.#checker.check(jpeg);
    return checked === undefined ? made : { ...made, jpeg };
  }

  /** @throws {PictureError} If it cannot be shown. */
  #madeJpeg(
    { jpeg: { bytes }, timestampMilliseconds }: Extract<
      Item,
      { jpeg: unknown }
    >,
  ): SourceJpeg | undefined {
    const checked = this.#checker.check(bytes);
    if (checked === undefined) return undefined;
    const { size: { width, height }, damage } = checked;
    const size = { width, height };
    return { jpeg: bytes.slice(), size, timestampMilliseconds, damage };
  }
}

function isKeyframe(entry: EntryOf<"part"> | EntryOf<"keyframe">): boolean {
  return entry.type === "keyframe" || entry.keyframe;
}

function bytesOf(item: Item): number {
  if ("jpeg" in item) return item.jpeg.bytes.length;
  const { part } = item;
  const jpeg = "jpeg" in part ? part.jpeg : undefined;
  return part.bytes.length + (jpeg?.length ?? 0);
}
