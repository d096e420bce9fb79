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
      // Even if sending the last picture failed, viewers must not wait.
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

/** Sends each part at once. */
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
