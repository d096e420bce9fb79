import type { LogicalScreen } from "../../gif/block.ts";
import { setLastDelay } from "../../gif/read/part_delay.ts";
import type { Part } from "../../gif/write/frame_part.ts";
import { Broadcaster } from "../broadcaster.ts";
import type { Channel } from "../channel.ts";
import type { Outlet, OutletContext, PartInfo } from "../outlet.ts";
import { TimedConnection } from "../viewers/timed_connection.ts";
import type { ViewerConnection } from "../viewers/viewer_connection.ts";
import { sharedRate } from "./frame_rate.ts";
import type { PartSink } from "./part_sink.ts";
import { RealPace } from "./real_pace.ts";
import { Thinning } from "./thinning.ts";

/** Differences between a viewer's copy and the stream. */
export interface RenditionForm {
  /** Most pictures a second; all pictures by default. */
  framesPerSecond?: number;
  /**
   * `live`: short delays, so that players catch up; `real`: true delays, for
   * recording; each picture is sent when the next one arrives, which tells its
   * delay.
   */
  pace: "live" | "real";
  /**
   * Hundredths of a second that each picture is shown for, with `live`: for
   * players that turn a shorter delay into a long one. No more pictures come
   * than can be shown so.
   *
   * @default {undefined} as the channel has it
   */
  delayCentiseconds?: number;
}

/**
 * Adds a viewer of a channel's GIF in another form, which is made once for all
 * viewers of the form. There are few forms, so that viewers share them: a rate
 * is lowered to one of a few.
 *
 * @returns A function to call when the viewer leaves by itself.
 * @throws {TooManyViewersError} If all places are taken.
 */
export function attachToRendition(
  channel: Channel,
  form: RenditionForm,
  connection: ViewerConnection,
): () => void {
  const { pace, delayCentiseconds } = form;
  const most = delayCentiseconds === undefined ? [] : [100 / delayCentiseconds];
  const asked = form.framesPerSecond ?? Infinity;
  const rate = Math.min(asked, ...most);
  const framesPerSecond = sharedRate(rate === Infinity ? undefined : rate);
  const shared = { framesPerSecond, pace, delayCentiseconds };
  return channel.attachTo(
    `gif ${JSON.stringify(shared)}`,
    (_, context) => new Rendition(channel, shared, context),
    connection,
  );
}

/** A channel's GIF with fewer pictures, or with true delays. */
class Rendition implements Outlet {
  readonly viewedForm = "gif";
  readonly #channel: Channel;
  readonly #broadcaster: Broadcaster;
  readonly #pace: RealPace | undefined;
  readonly #sink: PartSink;
  /** Ends the wait for a keyframe to begin with. */
  #stopEntering: (() => void) | undefined;
  /** Number of the newest part that the beginning showed. */
  #enteredAt = -1;
  #ended = false;
  readonly #needNoGif: () => void;

  constructor(channel: Channel, form: RenditionForm, context: OutletContext) {
    this.#channel = channel;
    const onEmpty = () => {
      context.onEmpty();
      if (this.#ended) this.#sink.abort?.();
    };
    const broadcaster = this.#broadcaster = new Broadcaster({
      context: { ...context, onEmpty },
    });
    const { later, faults } = context;
    const now = () => channel.past.now;
    if (form.pace === "real") {
      this.#pace = new RealPace(broadcaster, now, { later });
    }
    const { framesPerSecond, delayCentiseconds } = form;
    const sink = this.#pace ??
      new BroadcastSink(broadcaster, delayCentiseconds);
    const onLost = (error: unknown) => {
      faults.note("worker", error);
      if (!this.#ended) this.#enter();
    };
    this.#sink = framesPerSecond === undefined
      ? sink
      : new Thinning(sink, { framesPerSecond, now, later, onLost });
    this.#needNoGif = channel.gif.need();
    const { screen } = channel;
    if (screen.width > 0) this.#sink.begin(screen);
    this.#enter();
  }

  get viewerCount(): number {
    return this.#broadcaster.viewerCount;
  }

  begin(screen: LogicalScreen): void {
    this.#stopEntering?.();
    this.#stopEntering = undefined;
    this.#sink.begin(screen);
  }

  part(part: Part, { number, timeMilliseconds }: PartInfo): void {
    if (this.#stopEntering !== undefined || number <= this.#enteredAt) return;
    this.#sink.part(part, timeMilliseconds);
  }

  /** The last picture may still be made; called again, it is not. */
  end(): void {
    if (this.#ended) return this.#broadcaster.close();
    this.#ended = true;
    this.#needNoGif();
    this.#stopEntering?.();
    try {
      this.#sink.end();
    } catch (error) {
      // Even if sending the last picture failed, viewers must not wait.
      this.#broadcaster.close();
      throw error;
    }
  }

  attach(connection: ViewerConnection): () => void {
    if (connection instanceof TimedConnection && this.#pace !== undefined) {
      connection.lastWord = (hasBegun) => this.#pace!.lastWord(hasBegun);
    }
    return this.#broadcaster.attach(connection);
  }

  release(): void {
    if (!this.#ended) this.end();
  }

  /** Begins with a keyframe; parts before it are of no use. */
  #enter(): void {
    const { past } = this.#channel;
    let entered = false;
    const stop = this.#channel.enter(([keyframe, ...rest], number) => {
      entered = true;
      this.#stopEntering = undefined;
      this.#enteredAt = number;
      this.#sink.part({ bytes: keyframe, keyframe: true }, past.now);
      for (const bytes of rest) {
        this.#sink.part({ bytes, keyframe: false }, past.now);
      }
    });
    if (!entered) this.#stopEntering = stop;
  }
}

/** Sends each part at once, with another delay if one is given. */
class BroadcastSink implements PartSink {
  readonly #broadcaster: Broadcaster;
  readonly #delayCentiseconds: number | undefined;

  constructor(broadcaster: Broadcaster, delayCentiseconds?: number) {
    this.#broadcaster = broadcaster;
    this.#delayCentiseconds = delayCentiseconds;
  }

  begin(screen: LogicalScreen): void {
    this.#broadcaster.begin(screen);
  }

  part(part: Part): void {
    this.#broadcaster.publish(this.#delayed(part));
  }

  #delayed(part: Part): Part {
    const delay = this.#delayCentiseconds;
    if (delay === undefined) return part;
    // Others are sent the same bytes as they are.
    const bytes = part.bytes.slice();
    setLastDelay(bytes, delay);
    return { ...part, bytes };
  }

  end(): void {
    this.#broadcaster.close();
  }
}
