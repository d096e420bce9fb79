import type { Channel } from "../channel/channel.ts";
import { Faults } from "../log/faults.ts";
import type { MadePicture, PictureRequest } from "./making_messages.ts";
import { formKey, type PictureForm } from "./picture_form.ts";
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

const MAX_WAITING = 32;
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

/** Whoever takes all places must not keep others from what most want. */
function isPlain({ form, framesPerSecond }: PictureSeriesOptions): boolean {
  return form.width === undefined && form.quality === undefined &&
    framesPerSecond === undefined;
}

/** One picture in its forms. */
type Forms = Map<string, Promise<MadePicture>>;

/** The pictures of one channel. */
interface Known {
  /** Stops following the channel. */
  unfollow(): void;
  series: Map<string, PictureSeries>;
}

/**
 * Makes pictures of channels, in one thread for all of them, which runs only
 * while pictures are wanted.
 */
export class Pictures {
  readonly #thread: PictureThread;
  readonly #kept = new WeakMap<object, Forms>();
  /** Channels that may want more. */
  readonly #channels = new Map<Channel, Known>();
  #users = 0;
  #linger: ReturnType<typeof setTimeout> | undefined;

  /** @param faults Counts breakdowns of the thread. */
  constructor(faults: Faults = new Faults()) {
    this.#thread = new PictureThread(faults);
  }

  /** Counts of pictures so far. */
  get stats(): Readonly<PictureStats> {
    return this.#thread.stats;
  }

  /**
   * A single picture, shared by all requests for the same.
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
    draw: () => Drawing,
  ): Promise<MadePicture> {
    const forms = this.#formsOf(of), key = formKey(form);
    const kept = forms.get(key);
    if (kept !== undefined) return kept;
    const { waiting } = this.#thread;
    if (waiting >= MAX_WAITING) throw new PicturesBusyError(waiting);
    const request = { ...draw(), form };
    const leave = this.#enter(channel);
    const made = this.#thread.make(() => request).finally(leave);
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
    if (full && !isPlain(options)) return undefined;
    const leave = this.#enter(channel);
    const { series: all } = this.#channels.get(channel)!;
    const series = new PictureSeries(channel, this.#thread, options, () => {
      all.delete(key);
      leave();
    });
    all.set(key, series);
    return series;
  }

  #formsOf(picture: object): Forms {
    const forms = this.#kept.get(picture) ?? new Map();
    this.#kept.set(picture, forms);
    return forms;
  }

  /** Counts one more user of the thread, for a channel. */
  #enter(channel: Channel): () => void {
    clearTimeout(this.#linger);
    this.#users++;
    if (!this.#channels.has(channel)) {
      const end = () => this.#forget(channel);
      const unfollow = channel.follow({ end });
      this.#channels.set(channel, { unfollow, series: new Map() });
    }
    return () => {
      this.#users--;
      this.#rest();
    };
  }

  #forget(channel: Channel): void {
    this.#channels.delete(channel);
    this.#rest();
  }

  /** Ends an unused thread: at once if the channels have ended, else later. */
  #rest(): void {
    if (this.#users > 0) return;
    clearTimeout(this.#linger);
    if (this.#channels.size === 0) this.#stop();
    else this.#linger = setTimeout(() => this.#stop(), LINGER_MILLISECONDS);
  }

  #stop(): void {
    for (const { unfollow } of this.#channels.values()) unfollow();
    this.#channels.clear();
    this.#thread.stop();
  }
}
