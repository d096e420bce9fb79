import type { Channel } from "../channel/channel.ts";
import { Faults } from "../log/faults.ts";
import type { MadePicture, PictureRequest } from "./making_messages.ts";
import { formKey, type PictureForm } from "./picture_form.ts";
import { PictureSeries, type PictureSeriesOptions } from "./picture_series.ts";
import { type PictureStats, PictureThread } from "./picture_thread.ts";

/** Thrown when so many pictures wait that another one is not begun. */
export class PicturesBusyError extends Error {
  /** Makes the error. */
  constructor(waiting: number) {
    super(`Cannot make picture: ${waiting} wait already`);
    this.name = "PicturesBusyError";
  }
}

const MAX_WAITING = 32;
/** Forms of one picture that are kept for those who ask again. */
const MAX_KEPT_FORMS = 8;
/** Forms in which the stream of one channel is made at a time. */
const MAX_SERIES = 12;
/** The thread stays for so long after its last work, for the next. */
const LINGER_MILLISECONDS = 5000;

/** What draws a picture on a canvas of its own. */
export type Drawing =
  & Required<Pick<PictureRequest, "screen" | "parts">>
  & Pick<PictureRequest, "pixels">;

/** Whoever takes all places must not keep others from what most want. */
function isPlain({ form, framesPerSecond }: PictureSeriesOptions): boolean {
  return form.width === undefined && form.quality === undefined &&
    framesPerSecond === undefined;
}

/** The same picture, by its form. */
type Forms = Map<string, Promise<MadePicture>>;

/** What is known of a channel. */
interface Known {
  /** Has the channel tell no more of its end. */
  unfollow(): void;
  series: Map<string, PictureSeries>;
}

/**
 * Makes pictures of what channels show, in one thread for all of them, which
 * begins when the first is wanted and ends when none is.
 */
export class Pictures {
  readonly #thread: PictureThread;
  readonly #kept = new WeakMap<object, Forms>();
  /** Channels that may want more. */
  readonly #channels = new Map<Channel, Known>();
  #users = 0;
  #linger: ReturnType<typeof setTimeout> | undefined;

  /** @param faults Told when the thread breaks down. */
  constructor(faults: Faults = new Faults()) {
    this.#thread = new PictureThread(faults);
  }

  /** What became of pictures so far. */
  get stats(): Readonly<PictureStats> {
    return this.#thread.stats;
  }

  /**
   * A picture by itself, shared by all who ask for the same.
   *
   * @param channel Whose picture it is.
   * @param of What tells this picture from others.
   * @param form How it is to be written.
   * @param draw Tells what draws it; called if it is not there yet.
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
   * A channel's stream as pictures, shared by all who want the same.
   *
   * @returns Undefined if the channel is wanted in too many forms.
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

  /** One more works with the thread, for a channel. */
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

  /** Ends the thread if nobody works with it, at once if nobody ever will. */
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
