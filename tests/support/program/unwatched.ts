/**
 * A machine on which no folder can be watched: its limit of inotify is used up.
 *
 * @module
 */

import { requireTool } from "../require.ts";

/** A command that runs what follows there. */
export const UNWATCHED: readonly string[] = [
  ...["unshare", "--user", "--map-root-user", "sh", "-c"],
  'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"',
  "sh",
];

/** True if this user may have rules of their own for that. */
export async function canBeUnwatched(): Promise<boolean> {
  if (!requireTool("unshare")) return false;
  const [command, ...args] = [...UNWATCHED, "true"];
  const { success } = await new Deno.Command(command, { args, stderr: "null" })
    .output();
  return success;
}
