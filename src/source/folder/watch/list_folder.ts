import { pause } from "../../../timing/pause.ts";
import {
  entryOf,
  type FolderEntry,
  frameNames,
  lookAt,
  tellOnce,
} from "../folder.ts";
import type { FollowFolderOptions } from "./folder_listener.ts";

/** Files that are looked at together. */
const FILES_AT_ONCE = 32;
/**
 * Longest time that so many files may take if the thread waits for each, which
 * is quick where the file system answers from memory: promises take four times
 * as long, or much more while other programs want the processor.
 */
const QUICK_MILLISECONDS = 16;
/**
 * Times in a row that it takes longer before promises are tried: now and then,
 * another program has the processor.
 */
const MAX_SLOW_GROUPS = 4;
/** Files that are looked at with promises then. */
const SLOW_FILES = 16 * FILES_AT_ONCE;
/** Files between two rests, in which the thread does other things. */
const FILES_BETWEEN_RESTS = 64 * FILES_AT_ONCE;

/** Names of the files to follow; undefined: the folder is gone. */
export async function namesToFollow(
  { folder, only }: FollowFolderOptions,
): Promise<string[] | undefined> {
  const names = await frameNames(folder);
  return only === undefined ? names : names?.filter((name) => name === only);
}

/**
 * The files of the folder, without those that are gone or no regular files, in
 * any order.
 *
 * @param options The folder, and the tally that reports unreadable files.
 * @param names The files.
 * @param told Names that were reported as unreadable before, and are not
 * reported again while they stay so; kept up to date.
 */
export async function lookAtFiles(
  { folder, tally }: FollowFolderOptions,
  names: string[],
  told: Set<string>,
): Promise<FolderEntry[]> {
  const { entries, unreadable } = await readableFiles(folder, names);
  tellOnce(unreadable, told, (name, error) => {
    tally.failed("look at", name, error);
  });
  return entries;
}

/** The same, and the errors of files that cannot be looked at. */
export async function readableFiles(
  folder: string,
  names: string[],
): Promise<{ entries: FolderEntry[]; unreadable: Map<string, unknown> }> {
  const unreadable = new Map<string, unknown>();
  const entries: FolderEntry[] = [];
  const add = (name: string, info: Deno.FileInfo | undefined) => {
    if (info?.isFile) entries.push(entryOf(name, info));
  };
  const look = async (name: string) => {
    try {
      add(name, await lookAtListed(folder, name));
    } catch (error) {
      unreadable.set(name, error);
    }
  };
  const lookQuickly = (name: string) => {
    const info = statusAtOnce(`${folder}/${name}`);
    return info?.isFile ? add(name, info) : look(name);
  };
  let quickFrom = 0, slowGroups = 0;
  for (let i = 0; i < names.length; i += FILES_AT_ONCE) {
    const group = names.slice(i, i + FILES_AT_ONCE);
    const isQuick = i >= quickFrom, begin = performance.now();
    await Promise.all(group.map(isQuick ? lookQuickly : look));
    const isSlow = performance.now() - begin > QUICK_MILLISECONDS;
    if (isQuick) slowGroups = isSlow ? slowGroups + 1 : 0;
    if (isQuick && slowGroups >= MAX_SLOW_GROUPS) quickFrom = i + SLOW_FILES;
    if (i % FILES_BETWEEN_RESTS === 0) await pause(0);
  }
  return { entries, unreadable };
}

/** The status of a path; undefined: it takes a second look to tell. */
function statusAtOnce(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch {
    // The second look runs into the same error, and reports it.
    return undefined;
  }
}

/** Looks at a file that a listing of the folder names. */
async function lookAtListed(
  folder: string,
  name: string,
): Promise<Deno.FileInfo | undefined> {
  const info = await lookAt(`${folder}/${name}`);
  // Deno replaces bytes that are not UTF-8 by this, and finds no such file.
  if (info === undefined && name.includes("\ufffd")) {
    throw new Error("its name is not UTF-8, rename it");
  }
  return info;
}
