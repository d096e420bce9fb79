/** One thing that a check has found. */
export interface Finding {
  /** The part that was looked at, as in "Redis". */
  check: string;
  /** `error`: gifstream will not do what it is asked to. */
  state: "ok" | "warning" | "error";
  /** The state of things, in words. */
  message: string;
  /** Advice on it; undefined: nothing is to be done. */
  cure?: string;
}

/** Finds out about one part of what gifstream needs. */
export type Check = () => Promise<Finding[]> | Finding[];

/** Findings of one check. */
export class Findings {
  readonly all: Finding[] = [];
  readonly #check: string;

  constructor(check: string) {
    this.#check = check;
  }

  ok(message: string): void {
    this.all.push({ check: this.#check, state: "ok", message });
  }

  warning(message: string, cure: string): void {
    this.all.push({ check: this.#check, state: "warning", message, cure });
  }

  error(message: string, cure: string): void {
    this.all.push({ check: this.#check, state: "error", message, cure });
  }
}

/** True if Deno allows it without asking. */
export function isGranted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}

/** The text of a file of the system; undefined if it may not be read. */
export async function systemFile(path: string): Promise<string | undefined> {
  // Deno gives such files to programs with all permissions only.
  if (!isGranted({ name: "read", path })) return undefined;
  try {
    return await Deno.readTextFile(path);
  } catch {
    return undefined;
  }
}
