import { isFormatError } from "../../encoding/file_frame.ts";
import type { SourceEvents, SourceStats } from "../../encoding/frame_source.ts";
import { errorMessage } from "../../system/error_message.ts";
import { withGifAdvice } from "../gif_advice.ts";
import { isForbidden } from "./folder.ts";

/** The cure for a system that watches too many folders. */
export const WATCH_LIMIT_CURE =
  "to watch more folders, raise fs.inotify.max_user_instances and " +
  "fs.inotify.max_user_watches; or watch none, by --poll 500";

/** Counts of a {@linkcode DirectorySource}, which only grow. */
export interface DirectoryStats extends SourceStats {
  /** Frames dropped because a later frame was out before they were complete. */
  late: number;
  /** Half-written files that were given up. */
  abandoned: number;
  /** Files removed. */
  deleted: number;
  /** Errors by kind: `format`, `permission`, `other`. */
  errors: { format: number; permission: number; other: number };
}

/**
 * Counts the fates of a folder's frames, and reports mistakes in words. All
 * parts of the source share one.
 */
export class FolderTally {
  /** The counts. */
  readonly stats: DirectoryStats = {
    frames: 0,
    bytes: 0,
    dropped: 0,
    late: 0,
    abandoned: 0,
    deleted: 0,
    errors: { format: 0, permission: 0, other: 0 },
  };
  readonly #folder: string;
  readonly #events: SourceEvents;

  /**
   * @param folder Path of the folder.
   * @param events Listeners for mistakes and notices, in words.
   */
  constructor(folder: string, events: SourceEvents) {
    this.#folder = folder;
    this.#events = events;
  }

  /** The folder was made. */
  made(): void {
    this.#events.onNotice?.(`Made the folder ${this.#folder}`);
  }

  /** The folder is gone. */
  lost(): void {
    this.#warn(`Folder ${this.#folder} is gone: waiting for it to come back`);
  }

  /** Another program removes the frames, too. */
  shared(): void {
    // Of warnings, one of many is shown.
    this.#events.onNotice?.(
      `Another gifstream removes old frames from ${this.#folder}, too: they ` +
        "may be gone before they are shown; let only one remove them",
    );
  }

  /** The folder is polled from now on. */
  polled(pollMilliseconds: number): void {
    this.#warn(
      `Folder ${this.#folder} changes but the file system gives no events: ` +
        `looking at it every ${pollMilliseconds} ms instead`,
    );
  }

  /** The folder cannot be watched, and is polled. */
  unwatched(error: unknown, pollMilliseconds: number): void {
    this.#warn(
      `Cannot watch folder ${this.#folder}: ${errorMessage(error)}: looking ` +
        `at it every ${pollMilliseconds} ms instead; ${WATCH_LIMIT_CURE}`,
    );
  }

  /** A file is given up. */
  abandoned(name: string, error: Error, giveUpMilliseconds: number): void {
    this.stats.abandoned++;
    const seconds = giveUpMilliseconds / 1000;
    this.#warn(
      `Gave up on ${name}, which did not grow for ${seconds} s: ` +
        error.message,
    );
  }

  /**
   * Something could not be done.
   *
   * @param action The action that failed.
   * @param name The file or folder of the action.
   */
  failed(
    action: "look at" | "use" | "remove",
    name: string,
    error: unknown,
  ): void {
    const { errors } = this.stats;
    if (isFormatError(error)) errors.format++;
    else if (isForbidden(error)) errors.permission++;
    else errors.other++;
    this.#warn(`Cannot ${action} ${name}: ${withGifAdvice(error)}`);
  }

  #warn(message: string): void {
    this.#events.onWarning?.(message);
  }
}
