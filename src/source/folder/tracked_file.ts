import type { FrameFile } from "./frame_file.ts";
import type { OrderKey } from "./frame_order.ts";

/**
 * State of a file, which decides how the file is read next. Events set it, and
 * reading makes it "read", unless the file is "gone".
 */
export type FileState =
  /**
   * Something changed, but the file's beginning was not seen: it may be old.
   */
  | "noticed"
  /** The file is new or has changed: it is read if its time or size differ. */
  | "changed"
  /** The writer closed the file: it is read whatever its time and size. */
  | "closed"
  /** The file did not grow for too long: it is read for the last time. */
  | "stale"
  /** The file was read, as far as it could be. */
  | "read"
  /** The folder has no such file any more. */
  | "gone";

/** A file, its place in the order, and its state. */
export class TrackedFile {
  readonly file: FrameFile;
  /** Place in the order; undefined: the file's beginning was not seen. */
  key: OrderKey | undefined;
  /** True: its frames come late, and are dropped. */
  late = false;
  /** The number of its last change among those of all files. */
  changedAs = 0;
  /**
   * The time when it was dropped unread, in milliseconds since 1970; undefined
   * if it was not, or has been read since.
   */
  droppedAt: number | undefined;
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

  /** True: the file is known to be there, but was not looked at yet. */
  get awaited(): boolean {
    return this.key?.used === false && this.#state !== "gone" &&
      this.file.identity === undefined;
  }

  /** Something about the file changed, and it was not known before. */
  notice(): void {
    this.#state = "noticed";
  }

  /** The file was begun, or its noticed change is looked at. */
  begin(): void {
    if (this.#state !== "closed" && this.#state !== "stale") {
      this.#state = "changed";
    }
  }

  /** The file has new contents, and its writer may have closed it. */
  change(closed: boolean): void {
    this.begin();
    if (closed && this.#state === "changed") this.#state = "closed";
  }

  /** Finds out whether the file has waited for too long. */
  age(before: number): void {
    const { identity, changedAt } = this.file;
    if (this.#state === "gone") return;
    if (identity !== undefined && changedAt <= before) this.#state = "stale";
    else if (this.#state === "stale") this.#state = "closed";
  }

  /** Begins to read the file; returns the state that tells how. */
  read(): FileState {
    const before = this.#state;
    this.droppedAt = undefined;
    if (before !== "gone") this.#state = "read";
    return before;
  }

  /** The folder has no such file any more. */
  remove(): void {
    this.#state = "gone";
  }
}
