import { compareNames } from "./frame_order.ts";

/** What tells the contents of a file from other contents. */
export interface FileIdentity {
  dev: number;
  ino: number | null;
  /** Milliseconds since 1970; 0 where the file system does not tell. */
  bornAt: number;
  size: number;
  /** Milliseconds since 1970. */
  modifiedAt: number;
}

/** A frame file and what the file system says of it. */
export interface FolderEntry {
  name: string;
  info: Deno.FileInfo;
}

/** What happens in a folder. Names are those of frame files. */
export type FolderSignal =
  /** The files there at the start, or again when some may have been missed. */
  | { type: "listing"; entries: FolderEntry[]; again: boolean }
  /** A file appeared, or another one took its place. */
  | { type: "created"; name: string }
  | { type: "modified"; name: string }
  /** Whoever wrote the file let go of it. */
  | { type: "closed"; name: string }
  /** The file is new or not what it was; whether it is closed is not known. */
  | { type: "changed"; name: string }
  | { type: "removed"; name: string }
  /** A file, or for this time the folder, could not be looked at. */
  | { type: "unreadable"; name?: string; error: unknown }
  /** The folder itself is gone. */
  | { type: "lost" }
  /** The folder gives no events: it is polled from now on. */
  | { type: "no-events"; pollMilliseconds: number };

/** How the folder is followed. */
export interface FollowFolderOptions {
  /** Path of the folder. */
  folder: string;
  /** Called for everything that happens, in order. */
  onSignal: (signal: FolderSignal) => void;
  /** Ends the following. */
  signal: AbortSignal;
}

const STATS_AT_ONCE = 32;

/** Whether a file of this name may be a frame, and is not hidden. */
export function isFrameName(name: string): boolean {
  return !name.startsWith(".") && /\.(gif|jpe?g|png)$/i.test(name);
}

/** The identity that a file's status shows. */
export function identityOf(info: Deno.FileInfo): FileIdentity {
  const { dev, ino, size } = info;
  const bornAt = info.birthtime?.getTime() ?? 0;
  return { dev, ino, bornAt, size, modifiedAt: info.mtime?.getTime() ?? 0 };
}

/** Whether both are the same file with the same contents. */
export function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return sameFile(a, b) && a.size === b.size && a.modifiedAt === b.modifiedAt;
}

/**
 * Whether both are the same file, whatever is in it. Inode numbers are used
 * again at once, so that the time of birth counts too.
 */
export function sameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.bornAt === b.bornAt;
}

/** Looks at a path without following a link; undefined: nothing there. */
export async function lookAt(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Whether an error says that a file, or the folder it is in, is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory;
}

/** Whether an error says that rights are missing. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable;
}

/** Names in the folder that may be frames; undefined: the folder is gone. */
export async function frameNames(
  folder: string,
): Promise<string[] | undefined> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (isFrameName(name)) names.push(name);
    }
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
  return names;
}

/** Looks at files of the folder; leaves out what is gone or no file. */
export async function lookAtFiles(
  { folder, onSignal }: FollowFolderOptions,
  names: string[],
): Promise<FolderEntry[]> {
  const look = (name: string) =>
    lookAt(`${folder}/${name}`).catch((error) => {
      onSignal({ type: "unreadable", name, error });
    });
  const entries: FolderEntry[] = [];
  for (let i = 0; i < names.length; i += STATS_AT_ONCE) {
    const group = names.slice(i, i + STATS_AT_ONCE);
    const infos = await Promise.all(group.map(look));
    infos.forEach((info, j) => {
      if (info?.isFile) entries.push({ name: group[j], info });
    });
  }
  return entries;
}

/**
 * The signals that a watcher would have given for new or changed files, in
 * the order that their times tell.
 */
export function signalsFor(
  entries: { name: string; info: Deno.FileInfo; created: boolean }[],
): FolderSignal[] {
  const events = entries.flatMap(({ name, info, created }) => {
    const changedAt = info.mtime?.getTime() ?? 0;
    const bornAt = info.birthtime?.getTime() ?? changedAt;
    const changed = { at: changedAt, name, type: "changed" as const };
    if (!created) return [changed];
    const at = Math.min(bornAt, changedAt);
    return [{ at, name, type: "created" as const }, changed];
  });
  return events.sort((a, b) =>
    a.at - b.at || rankOf(a.type) - rankOf(b.type) ||
    compareNames(a.name, b.name)
  ).map(({ name, type }) => ({ name, type }));
}

/** Files made at the same time overlapped. */
function rankOf(type: "created" | "changed"): number {
  return type === "created" ? 0 : 1;
}

/** Makes the folder if there is none; tells whether it did. */
export async function ensureFolder(folder: string): Promise<boolean> {
  const info = await statFolder(folder);
  if (info !== undefined) return false;
  await Deno.mkdir(folder, { recursive: true });
  return true;
}

/** What a folder is; undefined: nothing there. */
export async function statFolder(
  folder: string,
): Promise<Deno.FileInfo | undefined> {
  try {
    const info = await Deno.stat(folder);
    if (info.isDirectory) return info;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
  throw new Deno.errors.NotADirectory("it is no folder");
}

/** Resolves after so long, or when the signal is aborted. */
export function pause(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(end, milliseconds);
  function end() {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    resolve();
  }
  signal.addEventListener("abort", end);
  return promise;
}
