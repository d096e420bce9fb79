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
