import { encodePictures } from "../../encoding/encode_pictures.ts";
import type { EncodedFramesOptions } from "../../encoding/encoded_frames.ts";
import type {
  FrameSource,
  JpegTaker,
  SourceEvents,
  SourceJpeg,
  SourcePicture,
} from "../../encoding/frame_source.ts";
import type { PictureSize } from "../../image/scale_pixels.ts";
import { ensureFolder, isForbidden, refuseFile } from "./folder.ts";
import { FolderReader } from "./folder_reader.ts";
import { type DirectoryStats, FolderTally } from "./folder_tally.ts";
import { FrameDeletion } from "./frame_deletion.ts";
import { FrameQueue } from "./frame_queue.ts";
import { Sequences } from "./sequences.ts";
import { TrackedFiles } from "./tracked_files.ts";
import type { FolderListener } from "./watch/folder_listener.ts";
import { pollFolder } from "./watch/folder_poll.ts";
import { watchFolder } from "./watch/folder_watch.ts";

export type { DirectoryStats };

/** Options of {@linkcode DirectorySource}. */
export interface DirectorySourceOptions extends SourceEvents {
  /** Ends the source. */
  signal?: AbortSignal;
  /**
   * Name of the one file to follow, which ends in `.gif`.
   *
   * @default {undefined} all frame files
   */
  only?: string;
  /**
   * Makes the folder if it is missing. Otherwise the source waits for it.
   *
   * @default {true}
   */
  makesFolder?: boolean;
  /**
   * Yields at most this many frames a second, evenly spaced. If more than a
   * second's worth wait, the oldest are dropped, unless later frames build on
   * them.
   *
   * @default {undefined} frames are yielded as they come
   */
  framesPerSecond?: number;
  /**
   * Milliseconds between two looks at the folder, instead of the file system's
   * events, which network file systems do not give.
   *
   * @default {undefined} events
   */
  pollMilliseconds?: number;
  /**
   * Seconds after which frames are removed, and any other old files that have
   * the name of one. Links are never followed.
   *
   * @default {undefined} nothing is removed
   */
  deleteAfterSeconds?: number;
  /**
   * Milliseconds without growth after which a half-written file is given up. A
   * file completed later is still taken.
   *
   * @default {5000}
   */
  giveUpMilliseconds?: number;
  /**
   * Largest size of one frame, in bytes.
   *
   * @default {33554432}
   */
  maxFrameBytes?: number;
  /**
   * Size that JPEG and PNG pictures are scaled to.
   *
   * @default {{}} their own
   */
  pictureSize?: PictureSize;
  /**
   * Options for encoding JPEG and PNG pictures.
   *
   * @default {{}} as {@linkcode EncodedFrames} does
   */
  encoding?: PictureEncoding;
  /**
   * Takes JPEGs as they come, unless they are scaled. Then they are encoded
   * only while the GIF is needed: see {@linkcode Channel.publishJpeg}.
   *
   * @default {undefined} every picture is encoded
   */
  jpegs?: JpegTaker;
  /**
   * Called once the folder is there and the files in it are known: from now
   * on, no file is missed.
   */
  onBegin?: () => void;
  /**
   * Called for a picture that viewers see already: the folder is alive,
   * although there is nothing to send.
   */
  onUnchanged?: () => void;
}

/** Options for encoding JPEG and PNG pictures. */
export type PictureEncoding = Omit<
  EncodedFramesOptions,
  keyof SourceEvents | "onDrop" | "onUnchanged" | "framesPerSecond"
>;

/** Time between two looks at files that wait for their writer. */
const TICK_MILLISECONDS = 250;

/**
 * The frames that a program writes into a folder as GIF, JPEG or PNG files, as
 * they come.
 *
 * A file is read when its writer closes it, when it is renamed into place, or
 * when its trailer is there. A file that keeps growing is followed. Of the
 * files there at the start only the newest is taken. Frames come in the order
 * of the numbers in their names, and numbering may restart. A missing folder is
 * made, and the folder may be removed and made again.
 *
 * The source takes whole GIFs, of one or many images, and the bare frames that
 * ffmpeg's image2 muxer writes. JPEG and PNG pictures, with any of the endings
 * below, are decoded and encoded as GIF, in separate threads; if they come too
 * fast for that, the oldest are dropped. Files not named `.gif`, `.jpg`,
 * `.jpeg` or `.png` and hidden files are ignored; a link to a file is that file.
 *
 * It needs permission to read and write the folder, and no more.
 *
 * @example
 * ```ts
 * import { Channel, DirectorySource, publishFrame } from "@x/gifstream";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const gif = "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=";
 * await Deno.writeFile(
 *   `${folder}/in1.gif`,
 *   Uint8Array.from(atob(gif), (c) => c.charCodeAt(0)),
 * );
 * const channel = new Channel();
 * for await (const given of new DirectorySource(folder)) {
 *   // A JPEG or PNG file has become a part already.
 *   if ("part" in given) channel.publishPart(given.part, given.screen, given);
 *   else publishFrame(channel, given.frame, given);
 *   assertEquals(given.name, "in1.gif");
 *   break;
 * }
 * channel.close();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class DirectorySource implements FrameSource {
  /** Counts so far. */
  readonly stats: DirectoryStats;
  readonly #folder: string;
  readonly #options: DirectorySourceOptions;
  readonly #tally: FolderTally;
  #started = false;

  /**
   * Makes a source that begins when it is iterated.
   *
   * @param folder Path of the folder.
   * @param options Ways to follow it, limits and listeners.
   * @throws {RangeError} If a number among the options is out of range.
   */
  constructor(folder: string, options: DirectorySourceOptions = {}) {
    for (
      const name of [
        "framesPerSecond",
        "pollMilliseconds",
        "deleteAfterSeconds",
        "giveUpMilliseconds",
        "maxFrameBytes",
      ] as const
    ) {
      const value = options[name];
      if (value === undefined || value > 0 && Number.isFinite(value)) continue;
      throw new RangeError(
        `Cannot read folder: ${name} must be a positive number: ${value}`,
      );
    }
    const { maxFrameBytes = 1 } = options;
    if (!Number.isInteger(maxFrameBytes)) {
      throw new RangeError(
        `Cannot read folder: maxFrameBytes must be an integer: ${maxFrameBytes}`,
      );
    }
    this.#folder = folder;
    this.#options = options;
    this.#tally = new FolderTally(folder, options);
    this.stats = this.#tally.stats;
  }

  /**
   * Yields frames until the signal is aborted. Frames that still wait are
   * discarded.
   *
   * @throws {TypeError} If the source is iterated a second time.
   * @throws {Error} If the folder cannot be made, or cannot be read or watched
   * from the start.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePicture, void, void> {
    if (this.#started) {
      throw new TypeError("Cannot read folder: the source was iterated before");
    }
    this.#started = true;
    const { framesPerSecond, signal: given } = this.#options;
    const end = new AbortController();
    const signal = given ? AbortSignal.any([given, end.signal]) : end.signal;
    const queue = new FrameQueue({
      framesPerSecond,
      onDrop: (frames) => this.stats.dropped += frames,
    });
    const close = () => queue.close();
    signal.addEventListener("abort", close);
    if (signal.aborted) close();
    const work = this.#work(queue, signal);
    try {
      for await (const frame of this.#encoded(queue)) {
        if (!frame.wasPublished) this.stats.frames++;
        yield frame;
      }
    } finally {
      end.abort();
      signal.removeEventListener("abort", close);
      await work;
    }
  }

  #encoded(queue: FrameQueue): AsyncGenerator<SourcePicture, void> {
    const { framesPerSecond, encoding, pictureSize = {}, jpegs } =
      this.#options;
    const { onWarning, onNotice, onFault, onUnchanged } = this.#options;
    const take = (jpeg: SourceJpeg) => {
      this.stats.frames++;
      jpegs!.take(jpeg);
    };
    return encodePictures(queue, {
      jpegs: jpegs && { take, gif: jpegs.gif },
      size: pictureSize,
      encoding: {
        framesPerSecond,
        ...encoding,
        onWarning,
        onNotice,
        onFault,
        onUnchanged: ({ wasPublished }) => {
          // A JPEG that was handed on is counted.
          if (!wasPublished) onUnchanged?.();
        },
        onDrop: (frames) => this.stats.dropped += frames,
      },
      onError: (name, error) => this.#tally.failed("use", name ?? "", error),
      onLeave: () => queue.close(),
    });
  }

  /** Fills the queue until the signal is aborted and all work has ended. */
  async #work(queue: FrameQueue, signal: AbortSignal): Promise<void> {
    try {
      if (signal.aborted) return;
      const { makesFolder = true } = this.#options;
      if (!makesFolder) await refuseFile(this.#folder);
      else if (await ensureFolder(this.#folder)) this.#tally.made();
      await this.#followFolder(queue, signal);
    } catch (error) {
      queue.fail(explain(this.#folder, error));
    }
  }

  async #followFolder(queue: FrameQueue, outer: AbortSignal): Promise<void> {
    const { giveUpMilliseconds = 5000, maxFrameBytes = 2 ** 25 } =
      this.#options;
    const folder = this.#folder, tally = this.#tally;
    const failed = new AbortController();
    const signal = AbortSignal.any([outer, failed.signal]);
    const sequences = new Sequences(folder);
    const files = new TrackedFiles(
      { folder, maxFrameBytes, sequences },
      this.#options.onBegin,
    );
    const deletion = this.#deletion(sequences);
    const reader = new FolderReader({
      files,
      sequences,
      queue,
      deletion,
      tally,
      giveUpMilliseconds,
      onUnchanged: this.#options.onUnchanged,
    });
    const tick = setInterval(() => {
      try {
        files.tick(giveUpMilliseconds);
      } catch (error) {
        queue.fail(error);
      }
    }, TICK_MILLISECONDS);
    const tasks = [
      this.#follow(files, signal),
      reader.run(signal),
      deletion?.run(signal),
    ];
    try {
      await Promise.all(tasks);
    } finally {
      clearInterval(tick);
      failed.abort();
      await Promise.allSettled(tasks);
    }
  }

  #follow(listener: FolderListener, signal: AbortSignal): Promise<void> {
    const { only, pollMilliseconds } = this.#options;
    const folder = this.#folder, tally = this.#tally;
    const following = { folder, only, listener, tally, signal };
    return pollMilliseconds === undefined
      ? watchFolder(following)
      : pollFolder({ ...following, pollMilliseconds });
  }

  #deletion(sequences: Sequences): FrameDeletion | undefined {
    const { deleteAfterSeconds } = this.#options;
    if (deleteAfterSeconds === undefined) return undefined;
    const folder = this.#folder, tally = this.#tally;
    return new FrameDeletion({ folder, deleteAfterSeconds, sequences, tally });
  }
}

/** Adds to an error with the folder itself what to do about it. */
function explain(folder: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const cure = isForbidden(error)
    ? "; let this user read and write it, and run Deno with " +
      `--allow-read=${folder} --allow-write=${folder}`
    : error instanceof Deno.errors.NotADirectory
    ? "; name a folder"
    : undefined;
  if (cure === undefined) return error;
  return new Error(`Cannot follow folder ${folder}: ${error.message}${cure}`, {
    cause: error,
  });
}
