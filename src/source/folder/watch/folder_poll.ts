import { pause } from "../../../timing/pause.ts";
import {
  type FileIdentity,
  type FolderEntry,
  sameFile,
  sameIdentity,
} from "../folder.ts";
import {
  type ChangedEntry,
  type FollowFolderOptions,
  tellChanges,
} from "./folder_listener.ts";
import { lookAtFiles, namesToFollow } from "./list_folder.ts";

/** Options of {@linkcode pollFolder}. */
export interface PollFolderOptions extends FollowFolderOptions {
  /** Time between two looks at the folder. */
  pollMilliseconds: number;
  /** True: the files there were listed before. */
  again?: boolean;
}

/**
 * Files of each kind looked at in a round: those changed last, and older ones.
 */
const FILES_A_ROUND = 1024;
/**
 * Least pause after a round for each file that is there, some ten times what it
 * takes to list one: in a folder of 100,000 files, 2 s.
 */
const PAUSE_MILLISECONDS_A_FILE = 0.02;

/**
 * Follows a folder by looking at it again and again, until the signal is
 * aborted. For file systems that give no events.
 *
 * @throws {Error} If the folder cannot be read from the start.
 */
export async function pollFolder(options: PollFolderOptions): Promise<void> {
  const { folder, pollMilliseconds, tally, signal, again = false } = options;
  const poll = new FolderPoll(options);
  while (!signal.aborted) {
    try {
      await poll.round();
    } catch (error) {
      if (!poll.started && !again) throw error;
      // Network file systems fail for a while, and then work again.
      tally.failed("look at", folder, error);
    }
    const rest = PAUSE_MILLISECONDS_A_FILE * poll.fileCount;
    await pause(Math.max(pollMilliseconds, rest), signal);
  }
}

class FolderPoll {
  /** The files in the folder, the last changed at the end. */
  readonly #known = new Map<string, FileIdentity>();
  /** Names that were reported as unreadable. */
  readonly #told = new Set<string>();
  /** True: the files there at the start were listed. */
  started = false;
  #lost = false;
  /** Place at which the sweep over old files continues. */
  #sweepAt = 0;

  constructor(readonly options: PollFolderOptions) {}

  /** Number of files in the folder. */
  get fileCount(): number {
    return this.#known.size;
  }

  /** Looks once, and reports changes. */
  async round(): Promise<void> {
    if (this.started) return await this.#compare();
    await this.#start();
    this.started = true;
  }

  async #start(): Promise<void> {
    const { listener, again = false } = this.options;
    const names = await namesToFollow(this.options) ?? [];
    const entries = await lookAtFiles(this.options, names, this.#told);
    const byTime = entries.toSorted((a, b) =>
      a.identity.modifiedAt - b.identity.modifiedAt
    );
    for (const { name, identity } of byTime) this.#known.set(name, identity);
    listener.listed(entries, again);
  }

  async #compare(): Promise<void> {
    const { listener } = this.options;
    const names = await namesToFollow(this.options);
    if (names === undefined) return this.#lose();
    this.#lost = false;
    const there = new Set(names);
    for (const name of this.#known.keys()) {
      if (there.has(name)) continue;
      this.#known.delete(name);
      listener.removed(name);
    }
    const selection = this.#selection(names);
    const entries = await lookAtFiles(this.options, selection, this.#told);
    const changed = entries.flatMap((entry) => this.#note(entry) ?? []);
    tellChanges(changed, listener);
  }

  #lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.options.listener.lost();
    this.options.tally.lost();
  }

  /**
   * The files to look at: new files, the last changed, and in turn some of the
   * others. Very many files would take longer than a round.
   */
  #selection(names: string[]): string[] {
    const known = [...this.#known.keys()];
    if (known.length <= 2 * FILES_A_ROUND) return names;
    const old = known.length - FILES_A_ROUND;
    const from = this.#sweepAt < old ? this.#sweepAt : 0;
    this.#sweepAt = from + FILES_A_ROUND;
    return [
      ...names.filter((name) => !this.#known.has(name)),
      ...known.slice(from, Math.min(old, this.#sweepAt)),
      ...known.slice(old),
    ];
  }

  /** Takes note of a file; undefined: it did not change. */
  #note(entry: FolderEntry): ChangedEntry | undefined {
    const before = this.#known.get(entry.name);
    const now = entry.identity;
    if (before !== undefined && sameIdentity(before, now)) return undefined;
    this.#known.delete(entry.name);
    this.#known.set(entry.name, now);
    const created = before === undefined || !sameFile(before, now);
    return { ...entry, created };
  }
}
