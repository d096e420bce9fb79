import { chmodSync, chownSync, unlinkSync } from "node:fs";

/** Options of who may connect to a Unix socket. */
export interface SocketAccess {
  /**
   * The file mode of the Unix socket, as 0o660: who may write to it may
   * connect.
   *
   * @default {undefined} as the umask of the process says, 0o755 as a rule
   */
  socketMode?: number;
  /**
   * The number of the group that the Unix socket belongs to. The user of the
   * process must be in it, unless that is root.
   *
   * @default {undefined} the group of the process
   */
  socketGroup?: number;
}

/** The owner stays as it is. */
const SAME_OWNER = -1;

/**
 * Lets the users connect to a Unix socket who should. Before, only the owner
 * may, as with any usual umask.
 */
export function openSocketFile(path: string, access: SocketAccess): void {
  const { socketMode, socketGroup } = access;
  // First: a change of the group takes bits from the mode.
  if (socketGroup !== undefined) chownSync(path, SAME_OWNER, socketGroup);
  if (socketMode !== undefined) chmodSync(path, socketMode);
}

/**
 * Removes the file of a Unix socket on which nobody listens any more, so that
 * somebody else can.
 */
export function removeSocketFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
  }
}
