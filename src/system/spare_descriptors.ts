import { nodeFs } from "./node_fs.ts";

/** A way to take a file descriptor, and to give it back. */
export interface SpareDescriptors {
  /**
   * Takes one.
   *
   * @returns Gives it back.
   * @throws {Error} `EMFILE` or `ENFILE` if there are none left.
   */
  take(): () => void;
  /** Whether they may be held for long: nobody is to notice. */
  readonly lasting: boolean;
  /** How many the program has; undefined where that cannot be known. */
  inUse(): number | undefined;
}

/** A file that is on every system but Windows, which has no such limit. */
const EMPTY_FILE = "/dev/null";
const LOOPBACK = "127.0.0.1";

const fs = nodeFs();

/** Its size is their number, since Linux 6.2. */
const OWN_DESCRIPTORS = "/proc/self/fd";

/** What file descriptors can be taken with; undefined if nothing may be. */
export function spareDescriptors(): SpareDescriptors | undefined {
  const inUse = descriptorsInUse;
  const files = { take: takeFile, lasting: true, inUse };
  const sockets = { take: takeSocket, lasting: false, inUse };
  if (fs !== undefined && mayOpenFile() && works(files)) return files;
  return mayListen() && works(sockets) ? sockets : undefined;
}

/** Whether so many file descriptors are left, as far as that can be seen. */
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
 * Throws if there are not so many file descriptors: for what Deno does not
 * survive without them.
 *
 * @param task What cannot be done then, as in "start a thread".
 * @throws {Error} Its `code` is `EMFILE`.
 */
export function needDescriptors(count: number, task: string): void {
  if (areSpare(count)) return;
  const message = `Cannot ${task}: no file descriptors are left`;
  throw Object.assign(new Error(message), { code: "EMFILE" });
}

/** Only some systems tell, and only programs with all permissions. */
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

/** Whether an error says that there are no file descriptors left. */
export function isOutOfDescriptors(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  // Deno hands on some of the system's errors by their text alone.
  return code === "EMFILE" || code === "ENFILE" ||
    /Too many open files/.test(String(error));
}

function takeFile(): () => void {
  const file = fs!.openSync(EMPTY_FILE, "r");
  return () => fs!.closeSync(file);
}

/** Nobody knows its port. */
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

/** Where there is no Deno nobody has to be asked. */
function mayOpenFile(): boolean {
  return isGranted({ name: "read", path: EMPTY_FILE }) ?? true;
}

function mayListen(): boolean {
  return isGranted({ name: "net", host: `${LOOPBACK}:0` }) ?? false;
}

/** To be asked before, since otherwise Deno would ask the user. */
function isGranted(permission: Deno.PermissionDescriptor): boolean | undefined {
  const { Deno } = globalThis as {
    Deno?: { permissions?: typeof globalThis.Deno.permissions };
  };
  const { state } = Deno?.permissions?.querySync(permission) ?? {};
  return state && state === "granted";
}
