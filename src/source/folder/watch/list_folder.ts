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
 * Looks at files of the folder; drops what is gone or no file.
 *
 * @param options The folder, and who is told of what cannot be looked at.
 * @param names The files.
 * @param told Names that were told of as unreadable before, which is not done
 * again as long as they are; it is kept up to date.
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
  // Deno puts this in place of bytes that are no UTF-8, and finds no such file.
  if (info === undefined && name.includes("\ufffd")) {
    throw new Error("its name is not UTF-8, rename it");
  }
  return info;
}
