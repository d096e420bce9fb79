import { type FolderEntry, frameNames, lookAt, tellOnce } from "../folder.ts";
import type { FollowFolderOptions } from "./folder_listener.ts";

const STATS_AT_ONCE = 32;

/** Names of the files to follow; undefined: the folder is gone. */
export async function namesToFollow(
  { folder, only }: FollowFolderOptions,
): Promise<string[] | undefined> {
  const names = await frameNames(folder);
  return only === undefined ? names : names?.filter((name) => name === only);
}

/**
 * The status of files of the folder, without those that are gone or no regular
 * files.
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
    tally.failed("look at", name, error);
  });
  return entries;
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
