import type { Channel } from "../channel/channel.ts";
import { nameProblem } from "../channel/channel_name.ts";
import type { Channels } from "../channel/channels.ts";
import {
  type Intake,
  type IntakeCounts,
  IntakeError,
  type IntakeProblem,
} from "../channel/intake.ts";
import type { EncodedFramesOptions } from "../encoding/encoded_frames.ts";
import type { SourceEvents } from "../encoding/frame_source.ts";
import type { PictureSize } from "../image/scale_pixels.ts";
import { errorMessage } from "../system/error_message.ts";
import { BodyReceiver } from "./body_receiver.ts";
import { BodyThread } from "./body_thread.ts";
import { ChannelSenders } from "./channel_senders.ts";
import { FrameBody } from "../source/frame_body.ts";

/** Options of {@linkcode Ingest}. */
export interface IngestOptions extends SourceEvents {
  /**
   * Called with one line of text about frames that are refused; it names the
   * channel, which comes by itself, too.
   *
   * @default {undefined} nobody is told
   */
  onWarning?: (message: string, count?: number, channel?: string) => void;
  /**
   * Tells if an existing channel takes frames.
   *
   * @default {() => true}
   */
  accepts?: (channel: Channel) => boolean;
  /**
   * Makes the channel of a name when its first frame comes. The channel is
   * removed after `idleSeconds` without a frame.
   *
   * @default {undefined} only existing channels take frames
   */
  makeChannel?: (name: string) => Channel;
  /**
   * Most channels that exist by `makeChannel` at the same time.
   *
   * @default {16}
   */
  maxChannels?: number;
  /**
   * Seconds without a frame after which such a channel is removed, and without
   * a byte after which a sender is cut off. Another sender may take the place
   * of a silent one after a sixth of that time.
   *
   * @default {60}
   */
  idleSeconds?: number;
  /**
   * Most bytes of a frame.
   *
   * @default {16777216}
   */
  maxFrameBytes?: number;
  /**
   * The size to which JPEG and PNG pictures are scaled, and how all pictures are
   * turned and drawn into.
   *
   * @default {{}} that of the pictures
   */
  size?: PictureSize;
  /**
   * Options of the encoder for JPEG and PNG pictures.
   *
   * @default {{}}
   */
  encoding?: EncodedFramesOptions;
  /**
   * Tells the size and the encoding of an existing channel, if they are its
   * own.
   *
   * @default {() => ({})} those of all
   */
  optionsOf?: (channel: Channel) => Pick<IngestOptions, "size" | "encoding">;
  /**
   * Milliseconds without a sign of life after which a thread that reads what
   * is sent is given up, and all that is sent meanwhile to its channel.
   *
   * @default {30000}
   */
  deadlineMilliseconds?: number;
}

/**
 * The intake of frames that clients send to channels: GIF, JPEG or PNG, one at
 * a time or in a request that never ends. The handler passes them on.
 *
 * GIF frames are published unchanged, unless they are to be turned or drawn
 * into. JPEG and PNG are encoded, in threads that
 * stay from one picture to the next; viewers of MJPEG get the JPEG unchanged.
 *
 * @example
 * ```ts
 * import { Channel, Channels, createHandler, Ingest } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const channels = new Channels();
 * await using intake = new Ingest(channels, {
 *   makeChannel: (name) => new Channel({ name }),
 * });
 * const handler = createHandler(channels, {
 *   ingest: { token: "secret", intake },
 * });
 * const gif = Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * );
 * const response = await handler(
 *   new Request("http://localhost/door/frames", {
 *     method: "POST",
 *     headers: { authorization: "Bearer secret" },
 *     body: gif,
 *   }),
 * );
 * assertEquals(await response.json(), { frames: 1, refused: 0 });
 * assertEquals(channels.get("door")?.screen, { width: 1, height: 1 });
 * ```
 */
export class Ingest implements Intake, AsyncDisposable {
  readonly #channels: Channels;
  readonly #options: IngestOptions;
  readonly #idleMilliseconds: number;
  readonly #maxFrameBytes: number;
  readonly #maxChannels: number;
  readonly #senders = new Map<Channel, ChannelSenders>();
  /** The threads that read bodies, by the name of the channel. */
  readonly #threads = new Map<string, BodyThread>();
  /** Channels that `makeChannel` has made. */
  readonly #made = new Set<Channel>();
  readonly #unfollow: () => void;

  /**
   * Makes an intake.
   *
   * @param channels The channels that take frames, and get new channels.
   * @param options Rules, limits and listeners.
   */
  constructor(channels: Channels, options: IngestOptions = {}) {
    const { idleSeconds = 60, maxFrameBytes = 2 ** 24, maxChannels = 16 } =
      options;
    this.#channels = channels;
    this.#options = options;
    this.#idleMilliseconds = 1000 * idleSeconds;
    this.#maxFrameBytes = maxFrameBytes;
    this.#maxChannels = maxChannels;
    this.#unfollow = channels.follow({
      removed: (channel) => this.#forget(channel),
      closed: () => this.#end(this.close()),
    });
  }

  /**
   * Publishes the frames of a body, each when its last byte has come.
   *
   * @param name The channel's name.
   * @param body The bytes of the frames, which may never end.
   * @returns Counts of the frames, when the body has ended.
   * @throws {IntakeError} If no frame, or no more frames, can be taken.
   */
  async receive(
    name: string,
    body: ReadableStream<Uint8Array>,
  ): Promise<IntakeCounts> {
    this.#check(name);
    const { onWarning = () => {} } = this.#options;
    const bytes = new FrameBody(body, {
      maxFrameBytes: this.#maxFrameBytes,
      silenceMilliseconds: this.#idleMilliseconds,
    });
    const intake = new BodyReceiver(bytes, {
      thread: this.#threadOf(name),
      onWarning: (message) => onWarning(`${name}: ${message}`, undefined, name),
      open: () => this.#sendersOf(name),
    });
    // A channel is made only when there is a frame for it.
    const channel = this.#channels.get(name);
    if (channel !== undefined) {
      await this.#senders.get(channel)?.vacant();
      intake.enter();
    }
    return await intake.run();
  }

  /**
   * Cuts all senders off; the pictures that they sent stay. Closing the
   * channels does so, too.
   */
  async close(): Promise<void> {
    this.#unfollow();
    const senders = [...this.#senders.values()];
    this.#senders.clear();
    const closing = senders.map((each) => each.close());
    for (const thread of this.#threads.values()) thread.close();
    await Promise.all(closing);
  }

  /** As `close()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** @throws {IntakeError} If no channel of this name takes frames. */
  #check(name: string): void {
    const { accepts = () => true, makeChannel } = this.#options;
    const channel = this.#channels.get(name);
    if (channel === undefined) {
      if (makeChannel === undefined) {
        throw refusal(name, "no-channel", "there is no such channel");
      }
      const problem = nameProblem(name);
      if (problem !== undefined) throw refusal(name, "no-channel", problem);
      if (this.#made.size + this.#begun(name) < this.#maxChannels) return;
      const most = `there are ${this.#maxChannels} channels already`;
      throw refusal(name, "full", most);
    }
    if (this.#made.has(channel) || accepts(channel)) return;
    throw refusal(name, "taken", "it has its frames from another source");
  }

  /** Other names that are sent to, for which there is no channel yet. */
  #begun(name: string): number {
    return [...this.#threads.keys()]
      .filter((it) => it !== name && this.#channels.get(it) === undefined)
      .length;
  }

  /** The thread that reads what is sent to a channel. */
  #threadOf(name: string): BodyThread {
    const known = this.#threads.get(name);
    if (known !== undefined) return known;
    const { deadlineMilliseconds } = this.#options;
    const thread = new BodyThread({
      deadlineMilliseconds,
      onLost: (error) => this.#noteLoss(name, error),
      onEnd: () => this.#threads.delete(name),
    });
    this.#threads.set(name, thread);
    return thread;
  }

  /** Tells that the thread of a channel is lost; the next body has another. */
  #noteLoss(name: string, error: Error): void {
    const { onWarning, onFault } = this.#options;
    const channel = this.#channels.get(name);
    onWarning?.(`${name}: ${error.message}`, undefined, name);
    channel?.setSource({ message: error.message });
    if (onFault !== undefined) onFault("worker", error);
    else channel?.faults.note("worker", error);
  }

  /** The senders of a channel; makes the channel and them if necessary. */
  #sendersOf(name: string): ChannelSenders {
    this.#check(name);
    const channel = this.#channels.get(name) ?? this.#make(name);
    const senders = this.#senders.get(channel) ?? this.#makeSenders(channel);
    this.#senders.set(channel, senders);
    return senders;
  }

  #make(name: string): Channel {
    const channel = this.#options.makeChannel!(name);
    this.#made.add(channel);
    this.#channels.add(channel);
    this.#options.onNotice?.(`Channel ${name} begins: frames are sent to it`);
    return channel;
  }

  #makeSenders(channel: Channel): ChannelSenders {
    const { optionsOf = () => ({}), onWarning, onNotice, onFault } =
      this.#options;
    const { encoding = {}, size = {} } = {
      ...this.#options,
      ...optionsOf(channel),
    };
    return new ChannelSenders(channel, {
      encoding: { onWarning, onNotice, onFault, ...encoding },
      size,
      idleMilliseconds: this.#idleMilliseconds,
      onIdle: () => this.#onIdle(channel),
      onError: (error) =>
        onWarning?.(
          `${channel.name}: ${errorMessage(error)}`,
          undefined,
          channel.name,
        ),
    });
  }

  #onIdle(channel: Channel): void {
    if (!this.#made.has(channel)) return;
    const seconds = this.#idleMilliseconds / 1000;
    this.#options.onNotice?.(
      `Channel ${channel.name} ends: nothing was sent to it for ${seconds} s`,
    );
    this.#channels.remove(channel.name);
  }

  #forget(channel: Channel): void {
    this.#made.delete(channel);
    const senders = this.#senders.get(channel);
    this.#senders.delete(channel);
    if (senders !== undefined) this.#end(senders.close());
  }

  /** Nobody waits for the end. */
  #end(ending: Promise<void>): void {
    ending.catch((error) => this.#options.onWarning?.(errorMessage(error)));
  }
}

function refusal(
  name: string,
  problem: IntakeProblem,
  reason: string,
): IntakeError {
  return new IntakeError(problem, `Cannot send to ${name}: ${reason}`);
}
