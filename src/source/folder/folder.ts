/** Marks that tell a file and its contents from others. */
export interface FileIdentity {
  dev: number;
  ino: number | null;
  /**
   * Time of birth in milliseconds since 1970; 0 where the file system has none.
   */
  bornAt: number;
  size: number;
  /** Time of the last change in milliseconds since 1970. */
  modifiedAt: number;
}

/** Errors of inotify, which has its own limits. */
const WATCH_LIMIT = /os error (24|28)\b|watch limit|inotify/i;

/** A frame file, as it was when somebody looked. */
export interface FolderEntry {
  name: string;
  identity: FileIdentity;
  /**
   * Time when its name or rights changed, in milliseconds since 1970: moving an
   * old file changes no other time. -Infinity where the file system has none.
   */
  movedAt: number;
}

/** True if a file of this name may be a frame, and is not hidden. */
export function isFrameName(name: string): boolean {
  return !name.startsWith(".") && /\.(gif|jpe?g|png)$/i.test(name);
}

/** True if a file of this name is whole by itself: a GIF may not be. */
export function isPictureName(name: string): boolean {
  return /\.(jpe?g|png)$/i.test(name);
}

/** The identity in a file's status. */
export function identityOf(info: Deno.FileInfo): FileIdentity {
  const { dev, ino, size } = info;
  const bornAt = info.birthtime?.getTime() ?? 0;
  return { dev, ino, bornAt, size, modifiedAt: info.mtime?.getTime() ?? 0 };
}

/** The entry of a file with this status. */
export function entryOf(name: string, info: Deno.FileInfo): FolderEntry {
  const movedAt = info.ctime?.getTime() ?? -Infinity;
  return { name, identity: identityOf(info), movedAt };
}

/** True if both are the same file with the same contents. */
export function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return sameFile(a, b) && a.size === b.size && a.modifiedAt === b.modifiedAt;
}

/**
 * True if both are the same file, whatever its contents. Inode numbers are
 * reused at once, so the time of birth counts too.
 */
export function sameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.bornAt === b.bornAt;
}

/**
 * The status of a path; undefined: nothing is there. Of a link to a file it is
 * the file's, with `isSymlink`; other links are as they are.
 */
export async function lookAt(path: string): Promise<Deno.FileInfo | undefined> {
  const info = await lookAtEntry(path);
  if (!info?.isSymlink) return info;
  const target = await statIfThere(path);
  if (!target?.isFile) return info;
  return Object.assign(target, { isSymlink: true });
}

/** The same without following links. */
export async function lookAtEntry(
  path: string,
): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * True if an error says that nothing is there: no file, no folder for it, or a
 * link that leads nowhere.
 */
export function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory ||
    error instanceof Deno.errors.FilesystemLoop ||
    codeOf(error) === "ENAMETOOLONG";
}

/** True if an error comes from the system and is about a path. */
export function isFileError(error: unknown): boolean {
  return isForbidden(error) || codeOf(error) !== undefined;
}

/** The system's code of an error; undefined: the error is not the system's. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** True if an error says that rights are missing. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable;
}

/**
 * True if an error says that the system watches too many folders, and the
 * folder can be opened: the program itself has descriptors left.
 */
export async function isWatchLimit(
  error: unknown,
  folder: string,
): Promise<boolean> {
  if (!(error instanceof Error) || !WATCH_LIMIT.test(error.message)) {
    return false;
  }
  return await withFile(folder, () => Promise.resolve(true)).catch(() => false);
}

/** Names of possible frames in the folder; undefined: the folder is gone. */
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

/** Names of links in the folder that may be frames; none if it is gone. */
export async function linkNames(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  try {
    for await (const { name, isSymlink } of Deno.readDir(folder)) {
      if (isSymlink && isFrameName(name)) names.add(name);
    }
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return names;
}

/**
 * Reports faults of names that had none before.
 *
 * @param faults The present faults, by name.
 * @param told Names with faults before; updated to the present ones.
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

/**
 * Makes the folder if it is missing; true if it was.
 *
 * @throws {Deno.errors.NotADirectory} If something else has the folder's name.
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

/**
 * Throws if something other than a folder has this path. A missing folder is
 * fine.
 */
export async function refuseFile(folder: string): Promise<void> {
  const info = await statIfThere(folder);
  if (info?.isDirectory === false) throw noFolder();
}

/** A folder's status; undefined: there is no folder at this path. */
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

/**
 * Opens a file to read it, and closes it in any case. It avoids `using`, with
 * which a bundle does not load in Node 22.
 */
export async function withFile<T>(
  path: string,
  read: (file: Deno.FsFile) => Promise<T>,
): Promise<T> {
  const file = await Deno.open(path, { read: true });
  try {
    return await read(file);
  } finally {
    file.close();
  }
}
