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

/** How often to look whether the folder came back. */
const RETURN_MILLISECONDS = 200;
/** How often to look whether the folder is still the one that is watched. */
const CHECK_MILLISECONDS = 1000;
/** File times are coarse, and may be a little behind the clock. */
const CLOCK_MARGIN_MILLISECONDS = 1000;

/**
 * Follows a folder by the file system's events until the signal is aborted.
 * A folder that is removed, moved away or replaced is watched again once
 * there is one in its place: the system goes on watching the old one.
 *
 * @throws {Error} If the folder cannot be read or watched.
 */
export async function watchFolder(options: FollowFolderOptions) {
  const { folder, onSignal, signal } = options;
  let since: number | undefined;
  while (!signal.aborted) {
    const watch = await FolderWatch.start(options);
    if (watch !== undefined) {
      since = await watch.follow(since);
      if (signal.aborted) return;
      onSignal({ type: "lost" });
    }
    since ??= Date.now();
    while (!signal.aborted && !await isThere(folder)) {
      await pause(RETURN_MILLISECONDS, signal);
    }
  }
}

async function isThere(folder: string): Promise<boolean> {
  return await statFolder(folder) !== undefined;
}

/** One watch, from when the folder is there to when it is gone. */
class FolderWatch {
  /** The last time that nothing can have been missed. */
  #intactAt = Date.now();

  private constructor(
    readonly options: FollowFolderOptions,
    readonly watcher: Deno.FsWatcher,
    readonly watched: FileIdentity,
  ) {}

  /** Undefined: the folder is gone. */
  static async start(
    options: FollowFolderOptions,
  ): Promise<FolderWatch | undefined> {
    const { folder } = options;
    const watched = await statFolder(folder);
    if (watched === undefined) return undefined;
    try {
      const watcher = Deno.watchFs(folder, { recursive: false });
      return new FolderWatch(options, watcher, identityOf(watched));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** Resolves with the time when the folder was last known to be there. */
  async follow(since: number | undefined): Promise<number> {
    const { signal } = this.options;
    const close = () => this.#close();
    signal.addEventListener("abort", close);
    let failure: unknown;
    const check = () =>
      this.#closeIfReplaced().catch((error) => {
        failure = error;
        close();
      });
    const timer = setInterval(check, CHECK_MILLISECONDS);
    try {
      await this.#list(since);
      if (signal.aborted) close();
      for await (const event of this.watcher) {
        if (event.flag === "rescan") {
          await this.#list(this.#intactAt - CLOCK_MARGIN_MILLISECONDS);
        } else if (this.#relay(event)) await check();
        this.#intactAt = Date.now();
      }
    } finally {
      clearInterval(timer);
      signal.removeEventListener("abort", close);
      close();
    }
    if (failure !== undefined) throw failure;
    return this.#intactAt - CLOCK_MARGIN_MILLISECONDS;
  }

  async #list(since: number | undefined): Promise<void> {
    const { folder, onSignal } = this.options;
    const names = await frameNames(folder) ?? [];
    const entries = await lookAtFiles(folder, names);
    onSignal({ type: "listing", entries, since });
  }

  /** True: it may have been the folder itself. */
  #relay(event: Deno.FsEvent): boolean {
    const { onSignal } = this.options;
    // A rename within the folder is told of as `remove`, `rename` with the
    // new path, and then once more with both.
    if (event.paths.length !== 1) return false;
    const name = event.paths[0].split(/[/\\]/).at(-1)!;
    const ours = isFrameName(name);
    switch (event.kind) {
      case "create":
        if (ours) onSignal({ type: "created", name });
        return false;
      case "rename":
        if (!ours) return false;
        onSignal({ type: "created", name });
        onSignal({ type: "closed", name });
        return false;
      case "modify":
        if (ours) onSignal({ type: "modified", name });
        return false;
      case "access":
        if (ours) onSignal({ type: "closed", name });
        return false;
      case "remove":
        if (ours) onSignal({ type: "removed", name });
        return this.#mayBeFolder(name);
      default:
        return false;
    }
  }

  #mayBeFolder(name: string): boolean {
    const path = this.options.folder.replace(/[/\\]+$/, "");
    return path.endsWith(name) || /(^|[/\\])\.+$/.test(path);
  }

  async #closeIfReplaced(): Promise<void> {
    const now = await statFolder(this.options.folder);
    if (now === undefined || !sameFile(identityOf(now), this.watched)) {
      this.#close();
    }
  }

  #close(): void {
    try {
      this.watcher.close();
    } catch (error) {
      // It is closed already.
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }
}
