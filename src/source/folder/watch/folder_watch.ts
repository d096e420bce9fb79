import { basename } from "@std/path";
import { pause } from "../../../timing/pause.ts";
import {
  type FileIdentity,
  identityOf,
  isFrameName,
  isGone,
  isWatchLimit,
  linkNames,
  sameFile,
  statFolder,
} from "../folder.ts";
import { FolderEvents } from "./folder_events.ts";
import type { FollowFolderOptions } from "./folder_listener.ts";
import { pollFolder } from "./folder_poll.ts";
import { lookAtFiles, namesToFollow } from "./list_folder.ts";

/** Time between two looks for the folder's return. */
const RETURN_MILLISECONDS = 200;
/** Pause before a folder that cannot be read is tried again. */
const RETRY_MILLISECONDS = 1000;
/** Time between two checks of the watch. */
const CHECK_MILLISECONDS = 1000;
/**
 * Checks in a row with changes but no events, after which the folder is polled.
 * Until then, it is listed instead.
 */
const MAX_LAPSES = 3;
/** Events between two checks that may be too many for Deno to keep them all. */
const MANY_EVENTS = 16;
/** Largest share of the time that goes to looking for links. */
const LOOKING_PART = 1 / 20;
/** Time from lost events to a listing: more may be lost meanwhile. */
const SETTLING_MILLISECONDS = 200;
/**
 * The same for each file of the folder, some ten times what looking at one
 * takes. Time that passes is no measure where many programs want the processor.
 */
const SETTLING_MILLISECONDS_A_FILE = 0.05;
/** Time between two looks at a folder that gives no events. */
const POLL_MILLISECONDS = 200;
/** Time for which a folder is polled before it is tried to watch it again. */
const UNWATCHED_MILLISECONDS = 60_000;

/**
 * Follows a folder by the file system's events until the signal is aborted. If
 * the folder is removed, moved away or replaced, the system keeps watching the
 * old one; a new folder in its place is watched instead. A folder that cannot
 * be read for a while is tried again. A folder that turns out to give no events
 * is polled, and one that cannot be watched for want of watches, too.
 *
 * @throws {Error} If the folder cannot be read or watched from the start.
 */
export async function watchFolder(options: FollowFolderOptions): Promise<void> {
  const { folder, listener, tally, signal } = options;
  const following = { ...options, listed: false };
  while (!signal.aborted) {
    try {
      const watch = await FolderWatch.start(following);
      if (watch !== undefined) {
        await watch.follow();
        if (signal.aborted) return;
        listener.lost();
        tally.lost();
      }
      await untilThere(folder, signal);
    } catch (error) {
      if (await isWatchLimit(error, folder)) {
        await pollForNow(following, error);
        continue;
      }
      if (!following.listed) throw error;
      tally.failed("look at", folder, error);
      await pause(RETRY_MILLISECONDS, signal);
    }
  }
}

/** A folder that is followed by one watch after another. */
interface Following extends FollowFolderOptions {
  /** True: the files there were listed. */
  listed: boolean;
  /** True: it was said that the folder cannot be watched. */
  unwatched?: boolean;
}

/** Polls a folder that cannot be watched now. */
async function pollForNow(
  following: Following,
  error: unknown,
): Promise<void> {
  const { tally, listed } = following;
  if (!following.unwatched) tally.unwatched(error, POLL_MILLISECONDS);
  following.unwatched = true;
  following.listed = true;
  const enough = AbortSignal.timeout(UNWATCHED_MILLISECONDS);
  await pollFolder({
    ...following,
    pollMilliseconds: POLL_MILLISECONDS,
    again: listed,
    signal: AbortSignal.any([following.signal, enough]),
  });
}

async function untilThere(folder: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && await statFolder(folder) === undefined) {
    await pause(RETURN_MILLISECONDS, signal);
  }
}

/** One watch, for as long as the folder is there. */
class FolderWatch {
  readonly #options: Following;
  readonly #events: FolderEvents;
  readonly #watched: FileIdentity;
  /** Names that were reported as unreadable. */
  readonly #told = new Set<string>();
  /** Resolved when the watch has ended, or is of no use. */
  readonly #over = Promise.withResolvers<"gone" | "no-events">();
  /** Settled when the files are listed; events wait for that. */
  #listing = Promise.resolve();
  /** Names of links to frames, as far as they are known. */
  #links = new Set<string>();
  /** True: the folder has changed since they were looked for. */
  #areLinksWanted = true;
  /** Earliest time to look for them again, by `performance.now()`. */
  #linksDue = 0;
  /** Listings that are not done: events wait meanwhile. */
  #listings = 0;
  /** The timer of a listing for events that were lost; undefined: there is none. */
  #listingTimer: ReturnType<typeof setTimeout> | undefined;
  /** Files in the last listing. */
  #fileCount = 0;
  #count = 0;
  #countAtCheck = 0;
  #changeAtCheck: number;
  #lapses = 0;
  /** True: there were many events before the last check. */
  #wereMany = false;

  private constructor(
    options: Following,
    events: FolderEvents,
    watched: FileIdentity,
  ) {
    this.#options = options;
    this.#events = events;
    this.#watched = watched;
    this.#changeAtCheck = watched.modifiedAt;
  }

  /** Begins to watch; undefined: the folder is gone. */
  static async start(options: Following): Promise<FolderWatch | undefined> {
    const { folder } = options;
    const info = await statFolder(folder);
    if (info === undefined) return undefined;
    const watched = identityOf(info);
    try {
      const events = await FolderEvents.open(folder, watched.modifiedAt);
      return new FolderWatch(options, events, watched);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** Resolves when the folder is gone or the signal is aborted. */
  async follow(): Promise<void> {
    const { signal } = this.#options;
    const end = () => this.#over.resolve("gone");
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    const timer = setInterval(() => this.#check(), CHECK_MILLISECONDS);
    const relaying = this.#listAndRelay();
    try {
      const reason = await this.#over.promise;
      clearInterval(timer);
      if (reason === "no-events") await this.#poll();
    } finally {
      clearInterval(timer);
      clearTimeout(this.#listingTimer);
      signal.removeEventListener("abort", end);
      await this.#events.close();
      await relaying;
    }
  }

  async #listAndRelay(): Promise<void> {
    try {
      await this.#list();
      await this.#relay();
    } catch (error) {
      this.#over.reject(error);
    }
  }

  /** Reports the events of files, until the watch is closed. */
  async #relay(): Promise<void> {
    const { listener } = this.#options;
    for (let event; (event = await this.#events.next()) !== undefined;) {
      this.#count++;
      await this.#listing;
      if (event === "unknown" || event.flag === "rescan") this.#listSoon();
      else if (this.#mayBeFolder(event)) await this.#check();
      else {
        const { kind } = event, name = this.#fileOf(event);
        if (name === undefined) continue;
        if (kind === "create" || kind === "rename") listener.created(name);
        if (kind === "access" || kind === "rename") {
          listener.changed(name, true);
        }
        if (kind === "modify") listener.modified(name);
        if (kind === "remove") {
          this.#links.delete(name);
          listener.removed(name);
        }
      }
    }
  }

  /** Has the folder listed, since events may have been lost. */
  #listSoon(): void {
    this.#listingTimer ??= setTimeout(async () => {
      this.#listingTimer = undefined;
      try {
        await this.#list();
      } catch (error) {
        this.#over.reject(error);
      }
    }, SETTLING_MILLISECONDS + SETTLING_MILLISECONDS_A_FILE * this.#fileCount);
  }

  #list(): Promise<void> {
    this.#listings++;
    return this.#listing = this.#listing.then(async () => {
      const options = this.#options;
      const names = await namesToFollow(options) ?? [];
      const entries = await lookAtFiles(options, names, this.#told);
      this.#fileCount = names.length;
      const again = options.listed;
      options.listed = true;
      options.listener.listed(entries, again);
    }).finally(() => this.#listings--);
  }

  /** The followed file of an event; undefined: it is about none. */
  #fileOf({ paths }: Deno.FsEvent): string | undefined {
    // A rename within the folder comes as `remove`, as `rename` with the new
    // path, and then once more with both paths.
    if (paths.length !== 1) return undefined;
    const name = basename(paths[0]), { only } = this.#options;
    return isFrameName(name) && (only ?? name) === name ? name : undefined;
  }

  #mayBeFolder({ kind, paths }: Deno.FsEvent): boolean {
    if (kind !== "remove" || paths.length !== 1) return false;
    const path = this.#options.folder.replace(/[/\\]+$/, "");
    return path.endsWith(basename(paths[0])) || /(^|[/\\])\.+$/.test(path);
  }

  /** Ends the watch if it watches another folder, or nothing. */
  async #check(): Promise<void> {
    try {
      const info = await statFolder(this.#options.folder);
      if (info === undefined || !sameFile(identityOf(info), this.#watched)) {
        return this.#over.resolve("gone");
      }
      await this.#checkEvents(identityOf(info).modifiedAt);
    } catch (error) {
      this.#over.reject(error);
    }
  }

  async #checkEvents(changedAt: number): Promise<void> {
    // Events wait for the listing, which finds what has changed.
    if (this.#listings > 0) {
      this.#changeAtCheck = changedAt;
      return;
    }
    const count = this.#count - this.#countAtCheck, idle = count === 0;
    if (idle && this.#wereMany) this.#listSoon();
    this.#wereMany = count >= MANY_EVENTS;
    const changed = changedAt !== this.#changeAtCheck;
    this.#areLinksWanted ||= changed;
    await this.#findLinks();
    // Links change the folder without an event.
    const lapse = idle && changed && this.#links.size === 0;
    this.#countAtCheck = this.#count;
    this.#changeAtCheck = changedAt;
    const pipes = idle ? await this.#events.holdPipes() : 0;
    if (!idle || pipes > 0) this.#lapses = 0;
    else if (lapse) {
      this.#listSoon();
      if (++this.#lapses >= MAX_LAPSES) this.#over.resolve("no-events");
    }
  }

  /** Finds new links, of which Deno tells nothing. */
  async #findLinks(): Promise<void> {
    const { folder, listener, only } = this.#options;
    const begin = performance.now();
    if (!this.#areLinksWanted || begin < this.#linksDue) return;
    this.#areLinksWanted = false;
    const found = await linkNames(folder);
    const added = [...found].filter((name) =>
      !this.#links.has(name) && (only ?? name) === name
    );
    this.#links = found;
    for (const name of added) {
      listener.created(name);
      listener.changed(name, false);
    }
    const end = performance.now();
    this.#linksDue = end + (end - begin) / LOOKING_PART;
  }

  async #poll(): Promise<void> {
    this.#options.tally.polled(POLL_MILLISECONDS);
    await pollFolder({
      ...this.#options,
      pollMilliseconds: POLL_MILLISECONDS,
      again: true,
    });
  }
}
