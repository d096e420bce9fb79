import { concat } from "@std/bytes/concat";
import type { Outlet, OutletContext, ViewedForm } from "../channel/outlet.ts";
import { Fanout } from "../channel/viewers/fanout.ts";
import type { ViewerConnection } from "../channel/viewers/viewer_connection.ts";
import type { PictureSeries, StreamPicture } from "./picture_series.ts";

/** The framing of a stream of pictures. */
export interface PictureOutletOptions {
  /** The form, as its viewers are counted. */
  viewedForm: ViewedForm;
  /** Wraps the bytes of a picture, or of a change, for viewers. */
  wrap(picture: StreamPicture, bytes: Uint8Array): Uint8Array;
  /** The first bytes for a viewer, before the newest picture. */
  greeting?: (newest: StreamPicture) => Uint8Array;
  /** The last bytes for a viewer, who has seen this picture. */
  farewell?: (newest: StreamPicture) => Uint8Array;
  /** Time without a new picture after which the newest is sent again. */
  repeatMilliseconds?: number;
  /**
   * Bytes that change nothing, for connections that nothing was sent over for
   * a while, if the newest picture is not sent again.
   */
  signOfLife?: Uint8Array;
}

/** Hands the pictures of a series to viewers; each is wrapped once for all. */
export class PictureOutlet implements Outlet {
  readonly viewedForm: ViewedForm;
  readonly #options: PictureOutletOptions;
  readonly #fanout: Fanout;
  readonly #leaveSeries: () => void;
  /** The newest picture, and as it is wrapped for viewers. */
  #picture: StreamPicture | undefined;
  #newest: Uint8Array | undefined;
  #greeting: Uint8Array | undefined;
  #ended = false;

  /**
   * @param series The pictures.
   * @param context The parts that all fan-outs of the channel share.
   * @param options The framing of the stream.
   */
  constructor(
    series: PictureSeries,
    context: OutletContext,
    options: PictureOutletOptions,
  ) {
    const newest = () => this.#newest;
    this.#options = options;
    this.viewedForm = options.viewedForm;
    this.#fanout = new Fanout({
      ...context,
      keepAliveMilliseconds: options.repeatMilliseconds ??
        context.keepAliveMilliseconds,
      newest: () => [this.#newest!],
      // A getter, since each picture changes it.
      get signOfLife() {
        return options.repeatMilliseconds === undefined
          ? options.signOfLife
          : newest();
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

  get viewerCount(): number {
    return this.#fanout.size;
  }

  attach(connection: ViewerConnection): () => void {
    const leave = this.#fanout.attach(connection);
    if (this.#newest !== undefined) {
      this.#fanout.greet(connection, this.#greet());
    }
    return leave;
  }

  /** The series ends by itself, after its last picture. */
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
    this.#picture = picture;
    return this.#newest = this.#options.wrap(picture, picture.bytes);
  }

  /** One chunk, made once for all viewers who join before the next picture. */
  #greet(): readonly Uint8Array[] {
    const { greeting } = this.#options;
    if (greeting === undefined) return [this.#newest!];
    this.#greeting ??= concat([greeting(this.#picture!), this.#newest!]);
    return [this.#greeting];
  }

  #finish(): void {
    const picture = this.#picture;
    this.#fanout.close(picture && this.#options.farewell?.(picture));
  }
}
