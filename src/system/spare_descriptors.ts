import { isGranted } from "./is_granted.ts";
import { nodeFs } from "./node_builtins.ts";

/** A way to take a file descriptor, and to give it back. */
export interface SpareDescriptors {
  /**
   * Takes one.
   *
   * @returns Gives it back.
   * @throws {Error} `EMFILE` or `ENFILE` if there are none left.
   */
  take(): () => void;
  /** True if descriptors may be held for long without anybody noticing. */
  readonly lasting: boolean;
  /** Number of descriptors of the program; undefined where it is not known. */
  inUse(): number | undefined;
}

/** A file of every system but Windows, which has no such limit. */
const EMPTY_FILE = "/dev/null";
const LOOPBACK = "127.0.0.1";

const fs = nodeFs();

/** Its size is the number of descriptors, since Linux 6.2. */
const OWN_DESCRIPTORS = "/proc/self/fd";

/** A way to take descriptors; undefined if the program may use none. */
export function spareDescriptors(): SpareDescriptors | undefined {
  const inUse = descriptorsInUse;
  const files = { take: takeFile, lasting: true, inUse };
  const sockets = { take: takeSocket, lasting: false, inUse };
  if (fs !== undefined && mayOpenFile() && works(files)) return files;
  return mayListen() && works(sockets) ? sockets : undefined;
}

/** True if so many descriptors are left, as far as the program can see. */
export function areSpare(count: number): boolean {
  const spare = spareDescriptors();
  const taken: (() => void)[] = [];
  try {
    while (spare !== undefined && taken.length < count) {
      taken.push(spare.take());
    }
    return true;
  } catch (error) {
    // Any other error tells nothing about how many there are.
    return !isOutOfDescriptors(error);
  } finally {
    for (const giveBack of taken) giveBack();
  }
}

/**
 * Throws if fewer descriptors are left: some actions without them end Deno.
 *
 * @param task The action that needs them, as in "start a thread".
 * @throws {Error} Its `code` is `EMFILE`.
 */
export function needDescriptors(count: number, task: string): void {
  if (areSpare(count)) return;
  const message = `Cannot ${task}: no file descriptors are left`;
  throw Object.assign(new Error(message), { code: "EMFILE" });
}

/** Known on some systems only, to programs with all permissions. */
function descriptorsInUse(): number | undefined {
  if (isGranted({ name: "read", path: OWN_DESCRIPTORS }) === false) {
    return undefined;
  }
  try {
    return fs?.statSync(OWN_DESCRIPTORS).size || undefined;
  } catch {
    return undefined;
  }
}

/** True if an error says that no file descriptors are left. */
export function isOutOfDescriptors(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  // Deno passes some errors of the system on as text only.
  return code === "EMFILE" || code === "ENFILE" ||
    /Too many open files/.test(String(error));
}

function takeFile(): () => void {
  const file = fs!.openSync(EMPTY_FILE, "r");
  return () => fs!.closeSync(file);
}

/** A socket whose port nobody knows. */
function takeSocket(): () => void {
  const listener = Deno.listen({ hostname: LOOPBACK, port: 0 });
  return () => listener.close();
}

function works({ take }: SpareDescriptors): boolean {
  try {
    take()();
    return true;
  } catch (error) {
    return isOutOfDescriptors(error);
  }
}

/** Other runtimes than Deno need no permission. */
function mayOpenFile(): boolean {
  return isGranted({ name: "read", path: EMPTY_FILE }) ?? true;
}

function mayListen(): boolean {
  return isGranted({ name: "net", host: `${LOOPBACK}:0` }) ?? false;
}
