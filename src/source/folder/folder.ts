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

/**
 * Whether an error says that nothing is there: no file, no folder that it
 * could be in, or a link that leads nowhere.
 */
export function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.FilesystemLoop ||
    codeOf(error) === "ENAMETOOLONG";
}

/** Whether an error is the system's, about a path. */
export function isFileError(error: unknown): boolean {
  return isForbidden(error) || codeOf(error) !== undefined;
}

/** The system's name for an error; undefined: it is not the system's. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
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

/**
 * Looks at files of the folder; leaves out what is gone or no file.
 *
 * @param options The folder, and who is told of what cannot be looked at.
 * @param names The files.
 * @param told Names that were told of as unreadable before, which is not done
 * again as long as they are; it is kept up to date.
 */
export async function lookAtFiles(
  { folder, onSignal }: FollowFolderOptions,
  names: string[],
  told: Set<string>,
): Promise<FolderEntry[]> {
  const unreadable = new Map<string, unknown>();
  const look = (name: string) =>
    lookAtListed(folder, name).catch((error) => {
      unreadable.set(name, error);
    });
  const entries: FolderEntry[] = [];
  for (let i = 0; i < names.length; i += STATS_AT_ONCE) {
    const group = names.slice(i, i + STATS_AT_ONCE);
    const infos = await Promise.all(group.map(look));
    infos.forEach((info, j) => {
      if (info?.isFile) entries.push({ name: group[j], info });
    });
  }
  tellOnce(unreadable, told, (name, error) => {
    onSignal({ type: "unreadable", name, error });
  });
  return entries;
}

/**
 * Tells of what is wrong with names, if it was not before.
 *
 * @param faults What is wrong now.
 * @param told Names that something was wrong with before; now it is these.
 */
export function tellOnce(
  faults: ReadonlyMap<string, unknown>,
  told: Set<string>,
  tell: (name: string, error: unknown) => void,
): void {
  for (const [name, error] of faults) if (!told.has(name)) tell(name, error);
  told.clear();
  for (const name of faults.keys()) told.add(name);
}

/** Looks at a file that a listing of the folder names. */
async function lookAtListed(
  folder: string,
  name: string,
): Promise<Deno.FileInfo | undefined> {
  const info = await lookAt(`${folder}/${name}`);
  // Deno puts this in place of bytes that are no UTF-8, and finds no such file.
  if (info === undefined && name.includes("\ufffd")) {
    throw new Error("its name is not UTF-8, rename it");
  }
  return info;
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

/**
 * Makes the folder if there is none; tells whether it did.
 *
 * @throws {Deno.errors.NotADirectory} If something else has its name.
 */
export async function ensureFolder(folder: string): Promise<boolean> {
  if (await statFolder(folder) !== undefined) return false;
  try {
    await Deno.mkdir(folder, { recursive: true });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw noFolder();
    throw error;
  }
}

/** Refuses what has a folder's name, but is none; there may be nothing. */
export async function refuseFile(folder: string): Promise<void> {
  const info = await statIfThere(folder);
  if (info?.isDirectory === false) throw noFolder();
}

/** What a folder is; undefined: there is none, whatever has its name. */
export async function statFolder(
  folder: string,
): Promise<Deno.FileInfo | undefined> {
  const info = await statIfThere(folder);
  return info?.isDirectory ? info : undefined;
}

async function statIfThere(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function noFolder(): Error {
  return new Deno.errors.NotADirectory("it is no folder");
}
