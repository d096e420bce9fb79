import type { FrameFile } from "./frame_file.ts";
import type { OrderKey } from "./frame_order.ts";

/**
 * The state of a file, which decides how it is read next. Events lead to it,
 * and reading makes it "read", unless the file is "gone".
 */
export type FileState =
  /** Something about it changed, but nobody saw it begin: it may be old. */
  | "noticed"
  /** It is new, or has changed: it is read if its time or size tell so. */
  | "changed"
  /** Its writer let go of it: it is read whatever its time and size. */
  | "closed"
  /** It did not grow for too long: it is read for the last time, as it is. */
  | "stale"
  /** It was read, as far as it could be. */
  | "read"
  /** The folder has no such file any more. */
  | "gone";

/** A file, its place in the order, and its state. */
export class TrackedFile {
  readonly file: FrameFile;
  /** Its place in the order; undefined: nobody saw it begin. */
  key: OrderKey | undefined;
  /** True: the frames of its contents come late, and are dropped. */
  late = false;
  #state: FileState = "changed";

  constructor(file: FrameFile) {
    this.file = file;
  }

  get name(): string {
    return this.file.name;
  }

  get state(): FileState {
    return this.#state;
  }

  /** True: it is known to be there, and was not looked at yet. */
  get awaited(): boolean {
    return this.key?.used === false && this.#state !== "gone" &&
      this.file.identity === undefined;
  }

  /** Something about it changed, and it was not known before. */
  notice(): void {
    this.#state = "noticed";
  }

  /** It was begun, or what was noticed is looked at. */
  begin(): void {
    if (this.#state !== "closed" && this.#state !== "stale") {
      this.#state = "changed";
    }
  }

  /** It has new contents, and its writer may have let go of it. */
  change(closed: boolean): void {
    this.begin();
    if (closed && this.#state === "changed") this.#state = "closed";
  }

  /** Looks whether it has waited for too long. */
  age(before: number): void {
    const { identity, changedAt } = this.file;
    if (this.#state === "gone") return;
    if (identity !== undefined && changedAt <= before) this.#state = "stale";
    else if (this.#state === "stale") this.#state = "closed";
  }

  /** Begins to read it; answers the state that tells how. */
  read(): FileState {
    const before = this.#state;
    if (before !== "gone") this.#state = "read";
    return before;
  }

  /** The folder has no such file any more. */
  remove(): void {
    this.#state = "gone";
  }
}
