import { basename } from "@std/path";
import { pause } from "../../../timing/pause.ts";
import {
  type FileIdentity,
  type FolderSignal,
  type FollowFolderOptions,
  frameNames,
  identityOf,
  isFrameName,
  isGone,
  lookAtFiles,
  sameFile,
  statFolder,
} from "../folder.ts";
import { FolderEvents } from "./folder_events.ts";
import { pollFolder } from "./folder_poll.ts";

/** How often to look whether the folder came back. */
const RETURN_MILLISECONDS = 200;
/** How long to leave a folder alone that cannot be read. */
const RETRY_MILLISECONDS = 1000;
/** How often to look whether the folder is well watched. */
const CHECK_MILLISECONDS = 1000;
/** Checks in a row that find changes without events: there are none. */
const MAX_LAPSES = 2;
/** At most this part of the time goes to listing a folder again. */
const LISTING_PART = 1 / 20;
/** How often to look at a folder that gives no events. */
const POLL_MILLISECONDS = 200;

/**
 * Follows a folder by the file system's events until the signal is aborted.
 * A folder that is removed, moved away or replaced is watched again once
 * there is one in its place: the system goes on watching the old one. One
 * that cannot be read for a while is tried again. A folder that turns out to
 * give no events is polled.
 *
 * @throws {Error} If the folder cannot be read or watched from the start.
 */
export async function watchFolder(options: FollowFolderOptions): Promise<void> {
  const { folder, signal } = options;
  let again = false;
  const onSignal = (event: FolderSignal) => {
    if (event.type === "listing") again = true;
    options.onSignal(event);
  };
  while (!signal.aborted) {
    try {
      const watch = await FolderWatch.start({ ...options, onSignal });
      if (watch !== undefined) {
        await watch.follow(again);
        if (signal.aborted) return;
        onSignal({ type: "lost" });
      }
      await untilThere(folder, signal);
    } catch (error) {
      if (!again) throw error;
      onSignal({ type: "unreadable", error });
      await pause(RETRY_MILLISECONDS, signal);
    }
  }
}

async function untilThere(folder: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && await statFolder(folder) === undefined) {
    await pause(RETURN_MILLISECONDS, signal);
  }
}

/** One watch, from when the folder is there to when it is gone. */
class FolderWatch {
  readonly #options: FollowFolderOptions;
  readonly #events: FolderEvents;
  readonly #watched: FileIdentity;
  /** Names that were told of as unreadable. */
  readonly #told = new Set<string>();
  /** Resolved when the watch is over, or of no use. */
  readonly #over = Promise.withResolvers<"gone" | "no-events">();
  /** Settled when the files have been listed; events wait for that. */
  #listing = Promise.resolve();
  /** Whether there were events of which it is not known what they are about. */
  #isListingWanted = false;
  /** When it may be listed for these, by `performance.now()`. */
  #listingDue = 0;
  #count = 0;
  #countAtCheck = 0;
  #changeAtCheck: number;
  #lapses = 0;

  private constructor(
    options: FollowFolderOptions,
    events: FolderEvents,
    watched: FileIdentity,
  ) {
    this.#options = options;
    this.#events = events;
    this.#watched = watched;
    this.#changeAtCheck = watched.modifiedAt;
  }

  /** Undefined: the folder is gone. */
  static async start(
    options: FollowFolderOptions,
  ): Promise<FolderWatch | undefined> {
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

  /** Resolves when the folder is gone. */
  async follow(again: boolean): Promise<void> {
    const { signal } = this.#options;
    const end = () => this.#over.resolve("gone");
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    const timer = setInterval(() => this.#check(), CHECK_MILLISECONDS);
    const relaying = this.#relayAll(again);
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

  async #relayAll(again: boolean): Promise<void> {
    try {
      await this.#list(again);
      for (let event; (event = await this.#events.next()) !== undefined;) {
        this.#count++;
        await this.#listing;
        if (event === "unknown") this.#isListingWanted = true;
        else if (event.flag === "rescan") await this.#list(true);
        else if (this.#relay(event)) await this.#check();
      }
    } catch (error) {
      this.#over.reject(error);
    }
  }

  #list(again: boolean): Promise<void> {
    return this.#listing = this.#listing.then(async () => {
      const { folder, onSignal } = this.#options;
      const begin = performance.now();
      const names = await frameNames(folder) ?? [];
      const entries = await lookAtFiles(this.#options, names, this.#told);
      const end = performance.now();
      this.#listingDue = end + (end - begin) / LISTING_PART;
      onSignal({ type: "listing", entries, again });
    });
  }

  /** True: it may have been the folder itself. */
  #relay(event: Deno.FsEvent): boolean {
    const { onSignal } = this.#options;
    // A rename within the folder is told of as `remove`, `rename` with the
    // new path, and then once more with both.
    if (event.paths.length !== 1) return false;
    const name = basename(event.paths[0]);
    if (event.kind === "remove" && this.#mayBeFolder(name)) return true;
    if (!isFrameName(name)) return false;
    switch (event.kind) {
      case "create":
        onSignal({ type: "created", name });
        break;
      case "rename":
        onSignal({ type: "created", name });
        onSignal({ type: "closed", name });
        break;
      case "modify":
        onSignal({ type: "modified", name });
        break;
      case "access":
        onSignal({ type: "closed", name });
        break;
      case "remove":
        onSignal({ type: "removed", name });
        break;
    }
    return false;
  }

  #mayBeFolder(name: string): boolean {
    const path = this.#options.folder.replace(/[/\\]+$/, "");
    return path.endsWith(name) || /(^|[/\\])\.+$/.test(path);
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
        await this.#list(true);
      }
      await this.#checkEvents(identityOf(info).modifiedAt);
    } catch (error) {
      this.#over.reject(error);
    }
  }

  async #checkEvents(changedAt: number): Promise<void> {
    const idle = this.#count === this.#countAtCheck;
    const lapse = idle && changedAt !== this.#changeAtCheck;
    this.#countAtCheck = this.#count;
    this.#changeAtCheck = changedAt;
    const pipes = idle ? await this.#events.holdPipes() : 0;
    if (!idle || pipes > 0) this.#lapses = 0;
    else if (lapse && ++this.#lapses >= MAX_LAPSES) {
      this.#over.resolve("no-events");
    }
  }

  async #poll(): Promise<void> {
    const { onSignal } = this.#options;
    onSignal({ type: "no-events", pollMilliseconds: POLL_MILLISECONDS });
    await pollFolder({
      ...this.#options,
      pollMilliseconds: POLL_MILLISECONDS,
      again: true,
    });
  }
}
