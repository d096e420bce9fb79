import type { Channel } from "../../../channel/channel.ts";
import type { Channels } from "../../../channel/channels.ts";
import { Fanout, type FanoutContext } from "../../../channel/viewers/fanout.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import type { StreamPicture } from "../../../picture/picture_series.ts";
import type { TilePictures } from "../../../picture/tile_pictures.ts";
import { ToldStatuses } from "./told_statuses.ts";
import { wallMessage } from "./wall_message.ts";
import { type TileOptions, WallTile } from "./wall_tile.ts";

/** Pictures that come in this time share a message. */
const GATHER_MILLISECONDS = 100;
const STATUS_MILLISECONDS = 2000;

/** Options of a wall. */
export interface WallOptions extends TileOptions {
  /** The channels' names; those that are not there yet may come. */
  names: readonly string[];
}

/** Services by which a wall gets its pictures and hands them out. */
export interface WallContext extends FanoutContext {
  /** All channels of the server. */
  channels: Channels;
  /** Makes the pictures. */
  pictures: TilePictures;
  /** Called when the last viewer has left. */
  onEmpty: () => void;
}

/**
 * Small pictures of many channels in one stream, and the state of all channels.
 * Each message is made once for all who watch the same wall; whoever is slow
 * skips messages, and then gets the newest picture of each channel.
 */
export class Wall {
  readonly #options: WallOptions;
  readonly #context: WallContext;
  readonly #names: ReadonlySet<string>;
  readonly #fanout: Fanout;
  readonly #told = new ToldStatuses();
  readonly #tiles = new Map<string, WallTile>();
  /** The newest picture of each channel. */
  readonly #newest = new Map<string, StreamPicture>();
  /** Those that were not sent yet. */
  #unsent = new Map<string, StreamPicture>();
  #removed: string[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  readonly #ticking: ReturnType<typeof setInterval>;
  readonly #unfollow: () => void;

  /**
   * @param options What is shown.
   * @param context What it is made of.
   */
  constructor(options: WallOptions, context: WallContext) {
    const { channels } = context;
    this.#options = options;
    this.#context = context;
    this.#names = new Set(options.names);
    this.#fanout = new Fanout({
      ...context,
      newest: () => [this.#whole()],
      onEmpty: () => this.#close(),
    });
    for (const channel of channels) this.#add(channel);
    this.#told.changesTo(this.#statuses());
    this.#unfollow = channels.follow({
      added: (channel) => {
        this.#add(channel);
        this.#tell();
      },
      removed: ({ name }) => {
        this.#remove(name);
        this.#tell();
      },
      closed: () => {
        this.#fanout.close();
        this.#close();
      },
    });
    this.#ticking = setInterval(
      () => context.faults.guard("timer", () => this.#tick()),
      STATUS_MILLISECONDS,
    );
  }

  /**
   * Lets a viewer in.
   *
   * @returns What to call when the viewer goes away by itself.
   * @throws {TooManyViewersError} If all places are taken.
   */
  attach(connection: ViewerConnection): () => void {
    const leave = this.#fanout.attach(connection);
    this.#fanout.greet(connection, [this.#whole()]);
    return leave;
  }

  /** Ends a wall that nobody could be let in to. */
  closeIfEmpty(): void {
    if (this.#fanout.size === 0) this.#close();
  }

  #add(channel: Channel): void {
    const { name } = channel;
    if (!this.#names.has(name)) return;
    const { pictures } = this.#context;
    const onPicture = (picture: StreamPicture) => {
      this.#newest.set(name, picture);
      this.#unsent.set(name, picture);
      this.#gathering ??= setTimeout(
        () => this.#context.faults.guard("timer", () => this.#send({})),
        GATHER_MILLISECONDS,
      );
    };
    this.#tiles.set(
      name,
      new WallTile(pictures, channel, this.#options, onPicture),
    );
  }

  #remove(name: string): void {
    this.#tiles.get(name)?.close();
    this.#tiles.delete(name);
    this.#newest.delete(name);
    this.#unsent.delete(name);
    this.#told.delete(name);
    this.#removed.push(name);
  }

  #tick(): void {
    for (const tile of this.#tiles.values()) tile.refresh();
    this.#tell();
  }

  #tell(): void {
    const changes = this.#told.changesTo(this.#statuses());
    const removed = this.#removed.length > 0 ? this.#removed : undefined;
    this.#removed = [];
    this.#send({ changes, removed });
  }

  #send(news: Pick<Parameters<typeof wallMessage>[0], "changes" | "removed">) {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    const pictures = this.#unsent;
    this.#unsent = new Map();
    const nowMilliseconds = performance.timeOrigin + performance.now();
    this.#fanout.send(wallMessage({ nowMilliseconds, ...news }, pictures));
  }

  /** Everything, for those who come, or have skipped messages. */
  #whole(): Uint8Array {
    const nowMilliseconds = performance.timeOrigin + performance.now();
    const channels = this.#told.all;
    return wallMessage({ nowMilliseconds, channels }, this.#newest);
  }

  #statuses() {
    return [...this.#context.channels].map((channel) => channel.status());
  }

  #close(): void {
    clearTimeout(this.#gathering);
    clearInterval(this.#ticking);
    this.#unfollow();
    for (const tile of this.#tiles.values()) tile.close();
    this.#tiles.clear();
    this.#context.onEmpty();
  }
}
