import { errorMessage } from "../../system/error_message.ts";

/** The place that a file is written to. */
export interface Destination {
  /** For messages. */
  readonly name: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Ends a file that is whole. */
  close(): Promise<void>;
  /** Ends a file that is not. */
  discard(): Promise<void>;
}

/**
 * A file, which has its name only once it is whole: until then another one of
 * that name stays.
 */
export class FileDestination implements Destination {
  /** The path. */
  readonly name: string;
  readonly #partPath: string;
  #file: Deno.FsFile | undefined;

  /** Opens nothing before bytes come. */
  constructor(path: string) {
    this.name = path;
    this.#partPath = `${path}.part`;
  }

  /** @throws {Error} If it cannot be written. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      this.#file ??= await Deno.create(this.#partPath);
      for (let at = 0; at < bytes.length;) {
        at += await this.#file.write(bytes.subarray(at));
      }
    } catch (error) {
      throw new Error(`Cannot write ${this.name}: ${errorMessage(error)}`, {
        cause: error,
      });
    }
  }

  /** Gives the file its name. */
  async close(): Promise<void> {
    this.#file?.close();
    this.#file = undefined;
    await Deno.rename(this.#partPath, this.name);
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    if (this.#file === undefined) return;
    this.#file.close();
    this.#file = undefined;
    await Deno.remove(this.#partPath);
  }
}

/** Standard output. */
export class StandardOutput implements Destination {
  /** The name of it. */
  readonly name = "standard output";

  /** Waits for the reader. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await Deno.stdout.write(bytes.subarray(at));
    }
  }

  /** Nothing is to be done. */
  async close(): Promise<void> {}

  /** Bytes that were written stay. */
  async discard(): Promise<void> {}
}
