import { FrameReader, type GifFrame, isKeyframe } from "../gif/frame_reader.ts";
import { framePart, type FramePartOptions } from "../gif/transform.ts";
import type { LogicalScreen } from "../gif/block.ts";
import { Broadcaster, type BroadcasterOptions } from "./broadcaster.ts";

/** Options of {@linkcode Channel}. */
export interface ChannelOptions extends BroadcasterOptions, FramePartOptions {
  /**
   * The name in addresses and logs.
   *
   * @default {"live"}
   */
  name?: string;
}

/** The state of a channel, as the server tells it to those who ask. */
export interface ChannelStatus {
  /** The channel's name. */
  name: string;
  /** Pixels; 0 before the first frame. */
  width: number;
  /** Pixels; 0 before the first frame. */
  height: number;
  /** Viewers at this moment. */
  viewers: number;
  /** Frames published since the start. */
  frames: number;
  /** Frames a second, over the last seconds. */
  framesPerSecond: number;
  /** Bytes handed to viewers since the start. */
  sentBytes: number;
  /** Frames that lagging viewers were not sent, summed over viewers. */
  droppedFrames: number;
  /** Time since the newest frame; null before the first. */
  lastFrameAgeMilliseconds: number | null;
}

const RATE_WINDOW_MILLISECONDS = 3000;

/**
 * One live stream: takes frames, makes each a part, and broadcasts it.
 *
 * @example A GIF that never ends, in a server of your own
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel({ name: "clock" });
 * const viewer = channel.subscribe(); // new Response(viewer) in a handler
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * assertEquals(channel.publish(gif), 1);
 * channel.close();
 * assertEquals((await new Response(viewer).bytes()).length, 46);
 * ```
 */
export class Channel {
  /** The name in addresses and logs. */
  readonly name: string;
  readonly #broadcaster: Broadcaster;
  readonly #partOptions: FramePartOptions;
  #screen: LogicalScreen = { width: 0, height: 0 };
  /** When the newest frames were published, for the rate. */
  #times: number[] = [];

  /**
   * @param options Name, delay, backlog and bounds.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(options: ChannelOptions = {}) {
    const { name = "live", delayCentiseconds, ...broadcasterOptions } = options;
    this.name = name;
    this.#partOptions = { delayCentiseconds };
    this.#broadcaster = new Broadcaster(broadcasterOptions);
  }

  /**
   * Publishes every picture of a GIF, at once.
   *
   * @param gif A whole GIF file. The channel takes the buffer over.
   * @returns How many pictures there were.
   * @throws {GifError} If the bytes are no GIF; the pictures before the
   * mistake have been published then.
   */
  publish(gif: Uint8Array): number {
    const reader = new FrameReader();
    reader.push(gif);
    reader.end();
    let frames = 0;
    for (let f = reader.next(); f !== undefined; f = reader.next()) {
      this.publishFrame(f);
      frames++;
    }
    return frames;
  }

  /**
   * Publishes one frame. Its buffer belongs to the channel from here on.
   *
   * A keyframe of another size ends the GIF of those who watch, since the
   * logical screen of a GIF cannot change; who comes back gets the new one.
   */
  publishFrame(frame: GifFrame): void {
    const { screen } = frame;
    const { width, height } = this.#screen;
    const begun = width > 0;
    const resized = screen.width !== width || screen.height !== height;
    if (!begun || (resized && isKeyframe(frame))) {
      this.#broadcaster.begin(screen);
      this.#screen = screen;
    }
    this.#broadcaster.publish(framePart(frame, this.#partOptions));
    const now = performance.now();
    this.#times.push(now);
    this.#forgetTimes(now);
  }

  /**
   * A new viewer: the bytes of the endless GIF.
   *
   * @throws {TooManySubscribersError} If all places are taken.
   * @throws {TypeError} If the channel was closed.
   */
  subscribe(): ReadableStream<Uint8Array> {
    return this.#broadcaster.subscribe();
  }

  /** The state at this moment. */
  status(): ChannelStatus {
    const now = performance.now();
    const newest = this.#times.at(-1);
    this.#forgetTimes(now);
    const { parts, sentBytes, droppedParts } = this.#broadcaster.stats;
    return {
      name: this.name,
      ...this.#screen,
      viewers: this.#broadcaster.subscriberCount,
      frames: parts,
      framesPerSecond: this.#framesPerSecond(),
      sentBytes,
      droppedFrames: droppedParts,
      lastFrameAgeMilliseconds: newest === undefined
        ? null
        : Math.round(now - newest),
    };
  }

  /** Ends every viewer's GIF with a trailer. */
  close(): void {
    this.#broadcaster.close();
  }

  /** Keeps the times of the window, and the newest always. */
  #forgetTimes(now: number): void {
    const oldest = now - RATE_WINDOW_MILLISECONDS;
    const first = this.#times.findIndex((time) => time >= oldest);
    this.#times.splice(0, first < 0 ? this.#times.length - 1 : first);
  }

  #framesPerSecond(): number {
    const times = this.#times;
    if (times.length < 2) return 0;
    const span = times[times.length - 1] - times[0];
    return span === 0 ? 0 : Math.round((times.length - 1) * 10_000 / span) / 10;
  }
}
