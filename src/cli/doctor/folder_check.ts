import { resolve } from "@std/path";
import { isWatchLimit } from "../../source/folder/folder.ts";
import { WATCH_LIMIT_CURE } from "../../source/folder/folder_tally.ts";
import { errorMessage } from "../../system/error_message.ts";
import { folderOfFolders } from "../lineup/input.ts";
import type { PlannedInput } from "../lineup/planned_input.ts";
import type { CliOptions } from "../options/options.ts";
import { type Finding, Findings, isGranted, systemFile } from "./finding.ts";

/** File systems that tell nothing of what other machines write. */
const REMOTE =
  /^(nfs\d?|cifs|smb\w*|9p|afs|ceph|glusterfs|lustre|vboxsf|davfs|fuse\.(?!overlayfs)\w+)/;
const POLL = "add --poll 500";

type FolderOptions = Pick<
  CliOptions,
  "deleteAfterSeconds" | "pollMilliseconds"
>;

/** The folder of an input: its rights, its file system, its events. */
export async function folderCheck(
  { input, kind }: PlannedInput,
  options: FolderOptions,
): Promise<Finding[]> {
  if (kind !== "folder" && kind !== "folders") return [];
  const found = new Findings("folder");
  const path = kind === "folders" ? folderOfFolders(input) : input;
  // The permissions are another check.
  if (!isGranted({ name: "read", path })) return [];
  try {
    let count = 0;
    for await (const _ of Deno.readDir(path)) count++;
    found.ok(`${path} can be read; it has ${count} entries`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      found.ok(`${path} is missing, and will be made or waited for`);
    } else {
      found.error(
        `${path} cannot be read: ${errorMessage(error)}`,
        `let this user read it, as by chmod a+rx ${path}`,
      );
    }
    return found.all;
  }
  await lookAtRights(path, options, found);
  await lookAtEvents(path, options, found);
  return found.all;
}

/** Removing a file takes the right to write into its folder. */
async function lookAtRights(
  path: string,
  { deleteAfterSeconds }: FolderOptions,
  found: Findings,
): Promise<void> {
  if (deleteAfterSeconds === undefined) return;
  if (!isGranted({ name: "write", path })) return;
  try {
    const file = await Deno.makeTempFile({ dir: path, prefix: ".gifstream-" });
    await Deno.remove(file);
  } catch (error) {
    found.error(
      `no file of ${path} can be removed: ${errorMessage(error)}`,
      `let this user write into it, or leave out --delete-after`,
    );
  }
}

async function lookAtEvents(
  path: string,
  { pollMilliseconds }: FolderOptions,
  found: Findings,
): Promise<void> {
  if (pollMilliseconds !== undefined) return;
  const type = await fileSystemOf(path);
  if (type !== undefined && REMOTE.test(type)) {
    found.warning(
      `${path} is on a file system of another machine (${type}), which ` +
        "tells nothing of files that are written there",
      POLL,
    );
  }
  try {
    Deno.watchFs(path).close();
    const [instances, watches] = await Promise.all(
      ["instances", "watches"].map((what) =>
        systemFile(`/proc/sys/fs/inotify/max_user_${what}`)
      ),
    );
    if (instances === undefined) return;
    found.ok(
      `${path} can be watched (inotify: at most ${instances.trim()} ` +
        `instances and ${watches?.trim()} watches for this user)`,
    );
  } catch (error) {
    const isLimit = await isWatchLimit(error, path);
    found.warning(
      `${path} cannot be watched: ${errorMessage(error)}`,
      isLimit ? `${WATCH_LIMIT_CURE}` : POLL,
    );
  }
}

/** The kind of file system that a folder is on, by the longest mount point. */
export async function fileSystemOf(path: string): Promise<string | undefined> {
  const mounts = await systemFile("/proc/self/mountinfo");
  if (mounts === undefined) return undefined;
  const real = await Deno.realPath(path).catch(() => resolve(path));
  return fileSystemAt(mounts, real);
}

/** The same from the text of `/proc/self/mountinfo`. */
export function fileSystemAt(mounts: string, path: string): string | undefined {
  let found: string | undefined, longest = -1;
  for (const line of mounts.split("\n")) {
    const [before, after] = line.split(" - ");
    const point = before.split(" ")[4]?.replace(
      /\\(\d{3})/g,
      (_, octal) => String.fromCharCode(parseInt(octal, 8)),
    );
    if (after === undefined || point === undefined) continue;
    const holds = path === point ||
      path.startsWith(`${point.replace(/\/$/, "")}/`);
    // Of several mounts at one point the last one is seen.
    if (!holds || point.length < longest) continue;
    longest = point.length;
    found = after.split(" ")[0];
  }
  return found;
}
