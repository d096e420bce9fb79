import type { Channels } from "../../../channel/channels.ts";
import { noCounts } from "../../../channel/viewers/fanout.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import { ViewerLimit } from "../../../channel/viewers/viewer_limit.ts";
import type { Faults } from "../../../log/faults.ts";
import { TilePictures } from "../../../picture/tile_pictures.ts";
import { Wall, type WallOptions } from "./wall.ts";

/** Most who watch walls at a time. */
export const MAX_WALL_VIEWERS = 200;
/** A viewer that takes nothing for this long is cut off. */
const STALL_MILLISECONDS = 30_000;
/** The state comes more often than this. */
const KEEP_ALIVE_MILLISECONDS = 15_000;

/** The walls of a set of channels, each shared by all who want the same. */
class Walls {
  readonly #channels: Channels;
  readonly #faults: Faults;
  readonly #pictures: TilePictures;
  readonly #limit = new ViewerLimit(MAX_WALL_VIEWERS);
  readonly #walls = new Map<string, Wall>();

  constructor(channels: Channels, faults: Faults) {
    this.#channels = channels;
    this.#faults = faults;
    this.#pictures = new TilePictures(faults);
  }

  /** Who watch a wall at this moment. */
  get viewers(): number {
    return this.#limit.count;
  }

  attach(options: WallOptions, connection: ViewerConnection): () => void {
    const key = JSON.stringify(options);
    const wall = this.#walls.get(key) ?? this.#make(key, options);
    try {
      return wall.attach(connection);
    } catch (error) {
      wall.closeIfEmpty();
      throw error;
    }
  }

  #make(key: string, options: WallOptions): Wall {
    const wall = new Wall(options, {
      channels: this.#channels,
      pictures: this.#pictures,
      limit: this.#limit,
      counts: noCounts(),
      faults: this.#faults,
      stallTimeoutMilliseconds: STALL_MILLISECONDS,
      keepAliveMilliseconds: KEEP_ALIVE_MILLISECONDS,
      onEmpty: () => this.#walls.delete(key),
    });
    this.#walls.set(key, wall);
    return wall;
  }
}

/** The walls of each set of channels, made for the first viewer. */
const walls = new WeakMap<Channels, Walls>();

/**
 * Lets a viewer in to a wall.
 *
 * @returns What to call when the viewer goes away by itself.
 * @throws {TooManyViewersError} If all places are taken.
 */
export function attachToWall(
  { channels, faults }: { channels: Channels; faults: Faults },
  options: WallOptions,
  connection: ViewerConnection,
): () => void {
  const all = walls.get(channels) ?? new Walls(channels, faults);
  walls.set(channels, all);
  return all.attach(options, connection);
}

/** Who watch a wall of these channels at this moment. */
export function wallViewers(channels: Channels): number {
  return walls.get(channels)?.viewers ?? 0;
}
