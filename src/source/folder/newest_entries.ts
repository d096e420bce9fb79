import type { FolderEntry } from "./folder.ts";
import { compareNames } from "./frame_order.ts";

/**
 * The newest files, the newest first: by the time of their last change, and by
 * their names where that is the same.
 *
 * @param entries The files, in any order.
 * @param count The most files to return.
 */
export function newestEntries(
  entries: readonly FolderEntry[],
  count: number,
): FolderEntry[] {
  const newest: FolderEntry[] = [];
  for (const entry of entries) {
    // Of very many files, hardly any takes more than this.
    if (newest.length === count && !isNewer(entry, newest[count - 1])) continue;
    const at = newest.findIndex((other) => isNewer(entry, other));
    newest.splice(at < 0 ? newest.length : at, 0, entry);
    if (newest.length > count) newest.pop();
  }
  return newest;
}

/** True if a file comes after another by its time, or else by its name. */
export function isNewer(a: FolderEntry, b: FolderEntry): boolean {
  const after = a.identity.modifiedAt - b.identity.modifiedAt;
  return after > 0 || after === 0 && compareNames(a.name, b.name) > 0;
}
