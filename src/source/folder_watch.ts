import {
  type FileIdentity,
  type FollowFolderOptions,
  frameNames,
  identityOf,
  isFrameName,
  lookAtFiles,
  pause,
  sameFile,
  statFolder,
} from "./folder.ts";
import { pollFolder } from "./folder_poll.ts";
import { HeldPipes } from "./held_pipes.ts";

/** How often to look whether the folder came back. */
const RETURN_MILLISECONDS = 200;
/** How often to look whether the folder is well watched. */
const CHECK_MILLISECONDS = 1000;
/** Checks in a row that find changes without events: there are none. */
const MAX_LAPSES = 2;
/** How often to look at a folder that gives no events. */
const POLL_MILLISECONDS = 200;

/**
 * Follows a folder by the file system's events until the signal is aborted.
 * A folder that is removed, moved away or replaced is watched again once
 * there is one in its place: the system goes on watching the old one. A
 * folder that turns out to give no events is polled.
 *
 * @throws {Error} If the folder cannot be read or watched.
 */
export async function watchFolder(options: FollowFolderOptions): Promise<void> {
  const { folder, onSignal, signal } = options;
  let again = false;
  while (!signal.aborted) {
    const watch = await FolderWatch.start(options);
    if (watch !== undefined) {
      await watch.follow(again);
      if (signal.aborted) return;
      again = true;
      onSignal({ type: "lost" });
    }
    while (!signal.aborted && await statFolder(folder) === undefined) {
      await pause(RETURN_MILLISECONDS, signal);
    }
  }
}

/** One watch, from when the folder is there to when it is gone. */
class FolderWatch {
  readonly #options: FollowFolderOptions;
  readonly #watcher: Deno.FsWatcher;
  readonly #watched: FileIdentity;
  readonly #pipes = new HeldPipes();
  /** Resolved when the watch is over, or of no use. */
  readonly #over = Promise.withResolvers<"gone" | "no-events">();
  #events = 0;
  #eventsAtCheck = 0;
  #changeAtCheck: number;
  #changeAtSearch: number;
  #lapses = 0;

  private constructor(
    options: FollowFolderOptions,
    watcher: Deno.FsWatcher,
    watched: FileIdentity,
  ) {
    this.#options = options;
    this.#watcher = watcher;
    this.#watched = watched;
    this.#changeAtCheck = this.#changeAtSearch = watched.modifiedAt;
  }

  /** Undefined: the folder is gone. */
  static async start(
    options: FollowFolderOptions,
  ): Promise<FolderWatch | undefined> {
    const { folder } = options;
    const info = await statFolder(folder);
    if (info === undefined) return undefined;
    try {
      const watcher = Deno.watchFs(folder, { recursive: false });
      return new FolderWatch(options, watcher, identityOf(info));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
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
      await this.#pipes.hold(this.#options.folder);
      this.#watcher.close();
      await relaying;
      this.#pipes.release();
    }
  }

  async #relayAll(again: boolean): Promise<void> {
    try {
      await this.#list(again);
      for await (const event of this.#watcher) {
        this.#events++;
        if (event.flag === "rescan") await this.#list(true);
        else if (this.#relay(event)) await this.#check();
      }
    } catch (error) {
      this.#over.reject(error);
    }
  }

  async #list(again: boolean): Promise<void> {
    const { folder, onSignal } = this.#options;
    const names = await frameNames(folder) ?? [];
    const entries = await lookAtFiles(this.#options, names);
    onSignal({ type: "listing", entries, again });
  }

  /** True: it may have been the folder itself. */
  #relay(event: Deno.FsEvent): boolean {
    const { onSignal } = this.#options;
    // A rename within the folder is told of as `remove`, `rename` with the
    // new path, and then once more with both.
    if (event.paths.length !== 1) return false;
    const name = event.paths[0].split(/[/\\]/).at(-1)!;
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
      await this.#checkEvents(identityOf(info).modifiedAt);
    } catch (error) {
      this.#over.reject(error);
    }
  }

  async #checkEvents(changedAt: number): Promise<void> {
    const idle = this.#events === this.#eventsAtCheck;
    const lapse = idle && changedAt !== this.#changeAtCheck;
    this.#eventsAtCheck = this.#events;
    this.#changeAtCheck = changedAt;
    if (!idle) this.#lapses = 0;
    if (!idle || changedAt === this.#changeAtSearch) return;
    this.#changeAtSearch = changedAt;
    const pipes = await this.#pipes.hold(this.#options.folder);
    if (pipes > 0) this.#lapses = 0;
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
