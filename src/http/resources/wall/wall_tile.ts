import type { Channel } from "../../../channel/channel.ts";
import type { StreamPicture } from "../../../picture/picture_series.ts";
import { formKey } from "../../../picture/picture_form.ts";
import {
  type TileBox,
  tileForm,
  type TilePictures,
} from "../../../picture/tile_pictures.ts";

/** The form of all pictures of a wall. */
export interface TileOptions {
  /** The place of each picture. */
  box: TileBox;
  /** Most pictures a second of each channel. */
  framesPerSecond: number;
  /** True: sources that run on demand run for it. */
  starts: boolean;
}

/** One channel of a wall, whose pictures are followed. */
export class WallTile {
  readonly #pictures: TilePictures;
  readonly #channel: Channel;
  readonly #options: TileOptions;
  readonly #onPicture: (picture: StreamPicture) => void;
  readonly #wantNoMore: () => void;
  #formKey = "";
  #leave: (() => void) | undefined;

  /**
   * Begins to follow a channel.
   *
   * @param pictures Makes the pictures.
   * @param channel The channel.
   * @param options The form of the pictures.
   * @param onPicture Called with each picture from now on.
   */
  constructor(
    pictures: TilePictures,
    channel: Channel,
    options: TileOptions,
    onPicture: (picture: StreamPicture) => void,
  ) {
    this.#pictures = pictures;
    this.#channel = channel;
    this.#options = options;
    this.#onPicture = onPicture;
    this.#wantNoMore = options.starts ? channel.demand.want() : () => {};
    this.refresh();
  }

  /** Follows another form if the channel's size has changed, say. */
  refresh(): void {
    const { box, framesPerSecond } = this.#options;
    const key = formKey(tileForm(this.#channel, box));
    if (this.#leave !== undefined && key === this.#formKey) return;
    const before = this.#leave;
    const series = this.#pictures.series(this.#channel, box, framesPerSecond);
    this.#formKey = key;
    const leave = this.#leave = series.follow({
      picture: this.#onPicture,
      end: () => {
        if (this.#leave === leave) this.#leave = undefined;
      },
    });
    if (series.newest !== undefined) this.#onPicture(series.newest);
    before?.();
  }

  /** Follows the channel no more. */
  close(): void {
    this.#wantNoMore();
    this.#leave?.();
    this.#leave = undefined;
  }
}
