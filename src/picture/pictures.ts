import type { Channel } from "../channel/channel.ts";
import { Faults } from "../log/faults.ts";
import type { MadePicture, PictureRequest } from "./making_messages.ts";
import { formKey, isPlain, type PictureForm } from "./picture_form.ts";
import { PictureSeries, type PictureSeriesOptions } from "./picture_series.ts";
import { type PictureStats, PictureThread } from "./picture_thread.ts";

/** Too many pictures wait for another one to be made. */
export class PicturesBusyError extends Error {
  /** Makes the error. */
  constructor(waiting: number) {
    super(`Cannot make picture: ${waiting} wait already`);
    this.name = "PicturesBusyError";
  }
}

/** Pictures of one channel in forms that not all want, at a time. */
export const MAX_WAITING = 32;
/** Forms of one picture that are kept for later requests. */
const MAX_KEPT_FORMS = 8;
/** Forms in which the stream of one channel is made at the same time. */
const MAX_SERIES = 12;
/** Time for which an idle thread stays. */
const LINGER_MILLISECONDS = 5000;

/** The parts and the screen that draw a picture. */
export type Drawing =
  & Required<Pick<PictureRequest, "screen" | "parts">>
  & Pick<PictureRequest, "pixels">;

/** One picture in its forms. */
type Forms = Map<string, Promise<MadePicture>>;

/** The pictures of one channel, and the thread that makes them. */
interface ChannelPictures {
  thread: PictureThread;
  series: Map<string, PictureSeries>;
  /** Stops following the channel. */
  unfollow(): void;
  /** Number of series, and of single pictures being made. */
  users: number;
  /** Single pictures that are asked for and not made yet. */
  waiting: number;
  linger?: ReturnType<typeof setTimeout>;
}

/**
 * Makes pictures of channels, in a thread for each channel, which runs only
 * while pictures of the channel are wanted: large pictures of one channel do
 * not hold up the others.
 */
export class Pictures {
  /** Counts of pictures so far. */
  readonly stats: Readonly<PictureStats>;
  readonly #stats: PictureStats = { pictures: 0, errors: 0, milliseconds: 0 };
  readonly #faults: Faults;
  readonly #kept = new WeakMap<object, Forms>();
  readonly #channels = new Map<Channel, ChannelPictures>();

  /** @param faults Counts breakdowns of threads. */
  constructor(faults: Faults = new Faults()) {
    this.#faults = faults;
    this.stats = this.#stats;
  }

  /**
   * Makes a single picture, shared by all requests for the same.
   *
   * @param channel The channel.
   * @param of An object that stands for this picture of the channel.
   * @param form The form of the picture.
   * @param draw Gives the parts that draw it; called if it is not there yet.
   * @throws {PicturesBusyError} If too many wait already.
   * @throws {Error} If it cannot be made.
   */
  make(
    channel: Channel,
    of: object,
    form: PictureForm,
    draw: () => Promise<Drawing>,
  ): Promise<MadePicture> {
    const forms = this.#formsOf(of), key = formKey(form);
    const kept = forms.get(key);
    if (kept !== undefined) return kept;
    const waiting = this.#channels.get(channel)?.waiting ?? 0;
    // Whoever takes all places must not keep others from what most want.
    if (waiting >= MAX_WAITING && !isPlain(form)) {
      throw new PicturesBusyError(waiting);
    }
    const made = this.#make(channel, form, draw);
    if (forms.size >= MAX_KEPT_FORMS) forms.delete(forms.keys().next().value!);
    forms.set(key, made);
    made.catch(() => forms.delete(key));
    return made;
  }

  /**
   * The stream of a channel as pictures, shared by all requests for the same.
   *
   * @returns The series; undefined if the channel has too many forms already.
   */
  series(
    channel: Channel,
    options: PictureSeriesOptions,
  ): PictureSeries | undefined {
    const key = `${formKey(options.form)} ${options.framesPerSecond ?? ""}`;
    const running = this.#channels.get(channel)?.series;
    const existing = running?.get(key);
    if (existing !== undefined) return existing;
    const full = running !== undefined && running.size >= MAX_SERIES;
    const isFirst = isPlain(options.form) &&
      options.framesPerSecond === undefined;
    if (full && !isFirst) return undefined;
    const { pictures, leave } = this.#enter(channel);
    const onRelease = () => {
      pictures.series.delete(key);
      leave();
    };
    const { thread } = pictures;
    const series = new PictureSeries(channel, thread, options, {
      isFirst,
      onRelease,
    });
    pictures.series.set(key, series);
    return series;
  }

  async #make(
    channel: Channel,
    form: PictureForm,
    draw: () => Promise<Drawing>,
  ): Promise<MadePicture> {
    const { pictures, leave } = this.#enter(channel);
    pictures.waiting++;
    try {
      const request = { ...await draw(), form };
      return await pictures.thread.make(() => request, isPlain(form));
    } finally {
      pictures.waiting--;
      leave();
    }
  }

  #formsOf(picture: object): Forms {
    const forms = this.#kept.get(picture) ?? new Map();
    this.#kept.set(picture, forms);
    return forms;
  }

  /** Counts one more user of a channel's thread. */
  #enter(channel: Channel): { pictures: ChannelPictures; leave: () => void } {
    const pictures = this.#channels.get(channel) ?? this.#begin(channel);
    clearTimeout(pictures.linger);
    pictures.users++;
    const leave = () => {
      pictures.users--;
      this.#rest(channel, pictures);
    };
    return { pictures, leave };
  }

  #begin(channel: Channel): ChannelPictures {
    const pictures: ChannelPictures = {
      thread: new PictureThread(this.#faults, this.#stats),
      series: new Map(),
      unfollow: channel.follow({ end: () => this.#forget(channel, pictures) }),
      users: 0,
      waiting: 0,
    };
    this.#channels.set(channel, pictures);
    return pictures;
  }

  #forget(channel: Channel, pictures: ChannelPictures): void {
    this.#channels.delete(channel);
    this.#rest(channel, pictures);
  }

  /** Ends an unused thread: at once if the channel has ended, else later. */
  #rest(channel: Channel, pictures: ChannelPictures): void {
    if (pictures.users > 0) return;
    clearTimeout(pictures.linger);
    const stop = () => {
      pictures.unfollow();
      if (this.#channels.get(channel) === pictures) {
        this.#channels.delete(channel);
      }
      pictures.thread.stop();
    };
    if (this.#channels.get(channel) !== pictures) stop();
    else pictures.linger = setTimeout(stop, LINGER_MILLISECONDS);
  }
}
