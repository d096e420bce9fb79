import type { Channel } from "../../channel/channel.ts";
import type { SentPart } from "../../channel/entrance.ts";
import type { ChannelFollower, PartInfo } from "../../channel/outlet.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import type { PublishedForm, PublishStep } from "../publisher.ts";

/** Options of {@linkcode ChannelPublication}. */
export interface ChannelPublicationOptions {
  channel: Channel;
  /** Sends a step, whose buffers are moved; false: there is no room for it. */
  send: (step: PublishStep) => boolean;
  /** Called for each part or JPEG that is dropped. */
  onDropped: () => void;
}

/**
 * One channel on its way to one place: its parts in their order, and after a
 * gap a keyframe first.
 */
export class ChannelPublication implements ChannelFollower {
  readonly #options: ChannelPublicationOptions;
  readonly #unfollow: () => void;
  readonly #needs = new Map<PublishedForm, () => void>();
  #screen: LogicalScreen | undefined;
  /** True while each next part can be sent: none before it is missing. */
  #goesOn = false;
  /** The number of the newest part that the last keyframe shows. */
  #shown = -1;
  /** True if parts are made of JPEGs that were sent before. */
  #wasPublished = false;
  /** The number of the newest part. */
  #told = -1;
  /** Sends a keyframe that waits for its part. */
  #held: (() => void) | undefined;
  /** Ends the wait for a keyframe. */
  #leave: (() => void) | undefined;

  constructor(options: ChannelPublicationOptions) {
    this.#options = options;
    this.#unfollow = options.channel.follow(this);
  }

  /** Tells all from the beginning, to a place that knows nothing. */
  open(): void {
    const { channel, send } = this.#options;
    this.#goesOn = false;
    send({ type: "open", title: channel.title });
    this.tellSource();
    // It may have begun before.
    const { newestInfo } = channel;
    this.#told = newestInfo?.number ?? -1;
    this.#wasPublished = newestInfo?.wasPublished ?? false;
    const screen = this.#screen ?? channel.screen;
    if (screen.width > 0) this.begin(screen);
  }

  /** Tells the state of the source, which is a sign of life, too. */
  tellSource(): void {
    const { channel, send } = this.#options;
    send({ type: "source", source: channel.status().source });
  }

  begin(screen: LogicalScreen): void {
    this.#screen = screen;
    this.#goesOn = false;
    this.#stopWaiting();
    if (this.#options.send({ type: "begin", screen })) this.wantKeyframe();
  }

  part({ bytes, keyframe }: Part, info: PartInfo): void {
    const { number, wasPublished = false, ageMilliseconds } = info;
    this.#wasPublished = wasPublished;
    this.#told = number;
    this.#held?.();
    if (number <= this.#shown) return;
    if (!this.#goesOn && !keyframe) return this.#drop();
    // That of a part which was published as JPEG before is known there.
    const jpeg = wasPublished ? undefined : info.jpeg?.slice();
    this.#goesOn = this.#options.send({
      type: "part",
      ...{ number, keyframe, wasPublished, ageMilliseconds, jpeg },
      bytes: bytes.slice(),
    });
    if (!this.#goesOn) this.#drop();
  }

  jpeg(size: LogicalScreen, { jpeg, ageMilliseconds }: PartInfo): void {
    const type = "jpeg", alone = !this.#options.channel.gif.needed;
    // What follows then begins with a keyframe.
    if (alone) this.#goesOn = false;
    const sent = this.#options.send({
      ...{ type, size, alone, ageMilliseconds },
      jpeg: jpeg!.slice(),
    });
    if (!sent) this.#options.onDropped();
  }

  /** Sends a keyframe once it is made; until then, the next part may be one. */
  wantKeyframe(): void {
    if (this.#leave !== undefined || this.#screen === undefined) return;
    let entered = false;
    const leave = this.#options.channel.enter(([keyframe], number, after) => {
      entered = true;
      this.#leave = undefined;
      const send = () => this.#sendKeyframe(keyframe, after!, number);
      // It may come before the part that it shows, which is told at once.
      if (number > this.#told) this.#held = send;
      else send();
    }, { afresh: true });
    if (!entered) this.#leave = leave;
  }

  /** There is room again: a channel that has a gap goes on. */
  resume(): void {
    if (!this.#goesOn) this.wantKeyframe();
  }

  /** Viewers elsewhere need a form from now on, or no longer. */
  need(form: PublishedForm, needed: boolean): void {
    if (needed === this.#needs.has(form)) return;
    const { channel } = this.#options;
    this.#needs.get(form)?.();
    this.#needs.delete(form);
    if (!needed) return;
    const need = form === "pictures"
      ? channel.demand.want()
      : channel[form].need();
    this.#needs.set(form, need);
  }

  /** Ends the publication. */
  close(stays: boolean): void {
    this.#unfollow();
    this.#stopWaiting();
    for (const release of this.#needs.values()) release();
    this.#needs.clear();
    this.#options.send({ type: "end", stays });
  }

  #sendKeyframe(
    keyframe: Uint8Array,
    after: readonly SentPart[],
    number: number,
  ) {
    this.#held = undefined;
    const { send } = this.#options, wasPublished = this.#wasPublished;
    const first = after.length > 0 ? after[0].number - 1 : number;
    // A keyframe in between leaves no gap, wherever it is dropped.
    const sent = send({
      ...{ type: "keyframe", number: first, wasPublished },
      bytes: keyframe.slice(),
    });
    if (!sent) return;
    this.#shown = number;
    this.#goesOn = after.every(({ bytes, number }) =>
      send({
        ...{ type: "part", number, keyframe: false, wasPublished },
        bytes: bytes.slice(),
      })
    );
  }

  #drop(): void {
    this.#options.onDropped();
    this.wantKeyframe();
  }

  #stopWaiting(): void {
    this.#leave?.();
    this.#leave = this.#held = undefined;
  }
}
