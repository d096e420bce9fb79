import type { LogicalScreen } from "../../gif/block.ts";
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

/** What a viewer wants otherwise than the stream is. */
export interface RenditionForm {
  /** Most pictures a second; all of them by default. */
  framesPerSecond?: number;
  /**
   * `live`: delays let players catch up; `real`: they are true, for those who
   * record, and each picture comes when the next one tells its delay.
   */
  pace: "live" | "real";
}

/**
 * Adds a viewer of a channel's GIF in a form of its own, which is made once
 * for all who want the same. There are few forms: a rate is lowered to the
 * next that others may want, too.
 *
 * @returns What to call when the viewer goes away by itself.
 * @throws {TooManyViewersError} If all places are taken.
 */
export function attachToRendition(
  channel: Channel,
  form: RenditionForm,
  connection: ViewerConnection,
): () => void {
  const framesPerSecond = sharedRate(form.framesPerSecond);
  const { pace } = form;
  return channel.attachTo(
    `gif fps=${framesPerSecond ?? "all"} pace=${pace}`,
    (_, context) => new Rendition(channel, { framesPerSecond, pace }, context),
    connection,
  );
}

/** A channel's GIF with fewer pictures, or with true delays. */
class Rendition implements Outlet {
  readonly #channel: Channel;
  readonly #broadcaster: Broadcaster;
  readonly #pace: RealPace | undefined;
  readonly #sink: PartSink;

  constructor(channel: Channel, form: RenditionForm, context: OutletContext) {
    this.#channel = channel;
    const broadcaster = this.#broadcaster = new Broadcaster({ context });
    const { later } = context;
    if (form.pace === "real") {
      const now = () => channel.past.now;
      this.#pace = new RealPace(broadcaster, now, { later });
    }
    const sink = this.#pace ?? new BroadcastSink(broadcaster);
    const { framesPerSecond } = form;
    this.#sink = framesPerSecond === undefined
      ? sink
      : new Thinning(sink, framesPerSecond, channel.past, later);
    this.#start();
  }

  begin(screen: LogicalScreen): void {
    this.#sink.begin(screen);
  }

  part(part: Part, { timeMilliseconds }: PartInfo): void {
    this.#sink.part(part, timeMilliseconds);
  }

  end(): void {
    try {
      this.#sink.end();
    } finally {
      // Whatever became of the last picture, viewers are not to wait.
      this.#broadcaster.close();
    }
  }

  attach(connection: ViewerConnection): () => void {
    if (connection instanceof TimedConnection && this.#pace !== undefined) {
      connection.lastWord = () => this.#pace!.lastWord();
    }
    return this.#broadcaster.attach(connection);
  }

  release(): void {
    this.end();
  }

  #start(): void {
    const keyframe = this.#channel.keyframe();
    const { screen, past } = this.#channel;
    if (screen.width > 0) this.#sink.begin(screen);
    if (keyframe !== undefined) this.#sink.part(keyframe, past.now);
  }
}

/** Sends everything at once. */
class BroadcastSink implements PartSink {
  readonly #broadcaster: Broadcaster;

  constructor(broadcaster: Broadcaster) {
    this.#broadcaster = broadcaster;
  }

  begin(screen: LogicalScreen): void {
    this.#broadcaster.begin(screen);
  }

  part(part: Part): void {
    this.#broadcaster.publish(part);
  }

  end(): void {
    this.#broadcaster.close();
  }
}
