import type { Channel } from "../channel/channel.ts";
import { Faults } from "../log/faults.ts";
import { formKey, type PictureForm } from "./picture_form.ts";
import { PictureSeries } from "./picture_series.ts";
import { PictureThread } from "./picture_thread.ts";

/** A place for a small picture, in pixels of the screen that shows it. */
export interface TileBox {
  /** Pixels of a row. */
  width: number;
  /** Rows. */
  height: number;
}

/** Widths that small pictures are made in, so that many walls share them. */
const WIDTHS = [120, 200, 320, 480, 720, 1080, 1920];

/** A picture that is so much wider than its place stays as it is. */
const SPARE = 1.3;

/** Small JPEGs need no more, and are a quarter shorter than at 80. */
const QUALITY = 70;

/** Threads that make small pictures, for all channels together. */
const THREADS = 2;

/** Forms in which the small pictures of one channel are made at a time. */
const MAX_FORMS = 8;

/** A thread of the pool, which many channels share. */
interface SharedThread {
  thread: PictureThread;
  /** Number of series. */
  users: number;
}

/**
 * Makes small pictures of many channels for walls: each once for all who see it
 * in about the same size, in a few threads for all channels.
 */
export class TilePictures {
  readonly #faults: Faults;
  readonly #series = new Map<Channel, Map<string, PictureSeries>>();
  readonly #threads: (SharedThread | undefined)[] = [];

  /** @param faults Counts breakdowns of threads. */
  constructor(faults: Faults = new Faults()) {
    this.#faults = faults;
  }

  /**
   * The stream of a channel as small pictures, shared by all who want the same.
   * It ends when its last listener leaves.
   *
   * @param channel The channel.
   * @param box The place for each picture.
   * @param framesPerSecond Most pictures a second.
   */
  series(
    channel: Channel,
    box: TileBox,
    framesPerSecond: number,
  ): PictureSeries {
    const form = tileForm(channel, box);
    const key = `${formKey(form)} ${framesPerSecond}`;
    const running = this.#series.get(channel) ?? new Map();
    const existing = running.get(key);
    if (existing !== undefined) return existing;
    // Whoever asks for ever other sizes gets one that there is.
    if (running.size >= MAX_FORMS) return running.values().next().value!;
    const { thread, leave } = this.#enter();
    const series = new PictureSeries(
      channel,
      thread,
      { form, framesPerSecond },
      {
        isFirst: false,
        onRelease: () => {
          running.delete(key);
          if (running.size === 0) this.#series.delete(channel);
          leave();
        },
      },
    );
    running.set(key, series);
    this.#series.set(channel, running);
    return series;
  }

  /** The thread with the fewest users, and what to call to leave it. */
  #enter(): { thread: PictureThread; leave: () => void } {
    const users = (at: number) => this.#threads[at]?.users ?? 0;
    let at = 0;
    for (let i = 1; i < THREADS; i++) if (users(i) < users(at)) at = i;
    const shared = this.#threads[at] ??= {
      thread: new PictureThread(this.#faults),
      users: 0,
    };
    shared.users++;
    const leave = () => {
      if (--shared.users > 0) return;
      this.#threads[at] = undefined;
      shared.thread.stop();
    };
    return { thread: shared.thread, leave };
  }
}

/** The form of the pictures of a channel in which they fit a place. */
export function tileForm(channel: Channel, box: TileBox): PictureForm {
  const { screen, newestInfo } = channel;
  const aspect = screen.height > 0 ? screen.width / screen.height : Infinity;
  const needed = Math.min(box.width, box.height * aspect);
  const width = WIDTHS.find((width) => width >= needed) ?? WIDTHS.at(-1)!;
  if (screen.width === 0 || screen.width > width * SPARE) {
    return { format: "jpeg", width, quality: QUALITY };
  }
  // What is small already goes as it came.
  return { format: newestInfo?.jpeg === undefined ? "gif" : "jpeg" };
}
