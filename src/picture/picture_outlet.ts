import { concat } from "@std/bytes/concat";
import type { Outlet, OutletContext } from "../channel/outlet.ts";
import { Fanout } from "../channel/viewers/fanout.ts";
import type { ViewerConnection } from "../channel/viewers/viewer_connection.ts";
import type { PictureSeries, StreamPicture } from "./picture_series.ts";

/** What a stream of pictures looks like to viewers. */
export interface PictureOutletOptions {
  /** What viewers are sent of a picture, by its bytes or those of a change. */
  wrap(picture: StreamPicture, bytes: Uint8Array): Uint8Array;
  /** What viewers are sent first, in front of the newest picture. */
  greeting?: Uint8Array;
  /** What viewers are sent at the end. */
  farewell?: Uint8Array;
  /** After so long without a new picture the newest is sent again. */
  repeatMilliseconds?: number;
}

/** Hands the pictures of a series to viewers, each wrapped once for all. */
export class PictureOutlet implements Outlet {
  readonly #options: PictureOutletOptions;
  readonly #fanout: Fanout;
  readonly #leaveSeries: () => void;
  /** The newest picture, as viewers are sent it. */
  #newest: Uint8Array | undefined;
  #greeting: Uint8Array | undefined;
  #ended = false;

  /**
   * @param series The pictures.
   * @param context What fan-outs of the channel have in common.
   * @param options What the stream looks like.
   */
  constructor(
    series: PictureSeries,
    context: OutletContext,
    options: PictureOutletOptions,
  ) {
    const newest = () => this.#newest!;
    this.#options = options;
    this.#fanout = new Fanout({
      ...context,
      keepAliveMilliseconds: options.repeatMilliseconds ?? Infinity,
      newest,
      // A getter: it is another one with each picture.
      get signOfLife() {
        return options.repeatMilliseconds === undefined ? undefined : newest();
      },
      onEmpty: () => {
        context.onEmpty();
        this.#leaveSeries();
      },
    });
    const picture = (picture: StreamPicture) => this.#send(picture);
    this.#leaveSeries = series.follow({ picture, end: () => this.#finish() });
    if (series.newest !== undefined) this.#keep(series.newest);
  }

  attach(connection: ViewerConnection): () => void {
    const begun = this.#newest !== undefined;
    return this.#fanout.attach(
      connection,
      begun ? () => this.#greet() : undefined,
    );
  }

  /** The series ends by itself, behind its last picture. */
  end(): void {
    this.#ended = true;
  }

  release(): void {
    if (!this.#ended) this.#leaveSeries();
  }

  #send(picture: StreamPicture): void {
    const first = this.#newest === undefined;
    const { change } = picture;
    const whole = this.#keep(picture);
    if (first) this.#fanout.greetAll(this.#greet());
    else if (change === undefined) this.#fanout.send(whole);
    else if (change.length > 0) {
      this.#fanout.send(this.#options.wrap(picture, change));
    }
  }

  #keep(picture: StreamPicture): Uint8Array {
    this.#greeting = undefined;
    return this.#newest = this.#options.wrap(picture, picture.bytes);
  }

  /** One chunk, made once for all who join before the next picture. */
  #greet(): readonly Uint8Array[] {
    const { greeting } = this.#options;
    if (greeting === undefined) return [this.#newest!];
    return [this.#greeting ??= concat([greeting, this.#newest!])];
  }

  #finish(): void {
    const begun = this.#newest !== undefined;
    this.#fanout.finish(begun ? this.#options.farewell : undefined);
  }
}
