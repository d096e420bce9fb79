import { unlinkSync } from "node:fs";

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
