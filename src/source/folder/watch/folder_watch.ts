import { basename } from "@std/path";
import { pause } from "../../../timing/pause.ts";
import {
  type FileIdentity,
  identityOf,
  isFrameName,
  isGone,
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
 */
const MAX_LAPSES = 2;
/** Largest share of the time that goes to listing a folder again. */
const LISTING_PART = 1 / 20;
/** Time between two looks at a folder that gives no events. */
const POLL_MILLISECONDS = 200;

/**
 * Follows a folder by the file system's events until the signal is aborted. If
 * the folder is removed, moved away or replaced, the system keeps watching the
 * old one; a new folder in its place is watched instead. A folder that cannot
 * be read for a while is tried again. A folder that turns out to give no events
 * is polled.
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
  /** True: there were events of unknown files. */
  #isListingWanted = false;
  /** Earliest time of a listing for these events, by `performance.now()`. */
  #listingDue = 0;
  #count = 0;
  #countAtCheck = 0;
  #changeAtCheck: number;
  #lapses = 0;

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
      if (event === "unknown") this.#isListingWanted = true;
      else if (event.flag === "rescan") await this.#list();
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

  #list(): Promise<void> {
    this.#listings++;
    return this.#listing = this.#listing.then(async () => {
      const options = this.#options;
      const begin = performance.now();
      const names = await namesToFollow(options) ?? [];
      const entries = await lookAtFiles(options, names, this.#told);
      const end = performance.now();
      this.#listingDue = end + (end - begin) / LISTING_PART;
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
      if (this.#isListingWanted && performance.now() >= this.#listingDue) {
        this.#isListingWanted = false;
        await this.#list();
      }
      await this.#checkEvents(identityOf(info).modifiedAt);
    } catch (error) {
      this.#over.reject(error);
    }
  }

  async #checkEvents(changedAt: number): Promise<void> {
    if (this.#listings > 0) {
      this.#lapses = 0;
      this.#changeAtCheck = changedAt;
      return;
    }
    const idle = this.#count === this.#countAtCheck;
    const changed = changedAt !== this.#changeAtCheck;
    this.#areLinksWanted ||= changed;
    const links = await this.#findLinks();
    const lapse = idle && changed && links === 0;
    this.#countAtCheck = this.#count;
    this.#changeAtCheck = changedAt;
    const pipes = idle ? await this.#events.holdPipes() : 0;
    if (!idle || pipes > 0) this.#lapses = 0;
    else if (lapse && ++this.#lapses >= MAX_LAPSES) {
      this.#over.resolve("no-events");
    }
  }

  /** Finds new links, of which Deno tells nothing; returns their number. */
  async #findLinks(): Promise<number> {
    const { folder, listener, only } = this.#options;
    const begin = performance.now();
    if (!this.#areLinksWanted || begin < this.#linksDue) return 0;
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
    this.#linksDue = end + (end - begin) / LISTING_PART;
    return added.length;
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
