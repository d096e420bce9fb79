/** A file of some moment that was answered. */
export interface AnsweredFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Its type, and what else is to be said of it. */
  headers: Record<string, string>;
  /** Its entity tag. */
  etag: string;
  /** A word that no other file has. */
  id: string;
}

interface KeptFile extends AnsweredFile {
  address: string;
  /** Until then others who ask for the address get it, too. */
  sharedUntil: number;
  /** Until then it is kept for those who read it in pieces. */
  keptUntil: number;
}

/** Options of {@linkcode KeptFiles}. */
export interface KeptFilesOptions {
  /**
   * Most bytes of all files; the newest one is always kept.
   *
   * @default {67108864} 64 MiB
   */
  maxBytes?: number;
  /**
   * Time for which a file is kept after it was last asked for.
   *
   * @default {300000} 5 minutes
   */
  keepMilliseconds?: number;
}

/**
 * The files that were answered lately. What is at their addresses is another
 * one at each moment, and programs that read by `Range` need the very same.
 */
export class KeptFiles {
  readonly #maxBytes: number;
  readonly #keepMilliseconds: number;
  /** Those that were asked for last are last. */
  readonly #files = new Set<KeptFile>();
  readonly #making = new Map<string, Promise<AnsweredFile>>();
  #bytes = 0;

  /** Keeps none yet. */
  constructor(options: KeptFilesOptions = {}) {
    const { maxBytes = 2 ** 26, keepMilliseconds = 300_000 } = options;
    this.#maxBytes = maxBytes;
    this.#keepMilliseconds = keepMilliseconds;
  }

  /** Bytes of all files that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Keeps a file.
   *
   * @param address The address that it was answered at.
   * @param file The file.
   * @param sharedMilliseconds For how long it is still new.
   */
  keep(
    address: string,
    file: AnsweredFile,
    sharedMilliseconds: number = 0,
  ): void {
    const sharedUntil = performance.now() + sharedMilliseconds;
    const kept = { ...file, address, sharedUntil, keptUntil: 0 };
    this.#bytes += file.bytes.length;
    this.#use(kept);
    for (const old of this.#files) {
      if (old === kept || this.#bytes <= this.#maxBytes) break;
      this.#drop(old);
    }
  }

  /** The newest file of an address that is still new. */
  shared(address: string): AnsweredFile | undefined {
    const now = performance.now();
    return this.#find((file) =>
      file.address === address && file.sharedUntil > now
    );
  }

  /** The file of an address that a client has part of, by its tag. */
  tagged(address: string, etag: string): AnsweredFile | undefined {
    return this.#find((file) => file.address === address && file.etag === etag);
  }

  /** The file with an id, if it is one of the address. */
  withId(address: string, id: string): AnsweredFile | undefined {
    return this.#find((file) => file.address === address && file.id === id);
  }

  /** The newest file of an address. */
  newest(address: string): AnsweredFile | undefined {
    return this.#find((file) => file.address === address);
  }

  /**
   * Makes a file, once for all who ask for its address meanwhile.
   *
   * @param address The address.
   * @param make Makes the file.
   */
  async makeOnce(
    address: string,
    make: () => Promise<AnsweredFile>,
  ): Promise<AnsweredFile> {
    const making = this.#making.get(address) ?? make();
    this.#making.set(address, making);
    try {
      return await making;
    } finally {
      this.#making.delete(address);
    }
  }

  #find(isIt: (file: KeptFile) => boolean): AnsweredFile | undefined {
    this.#dropOld();
    const found = [...this.#files].findLast(isIt);
    if (found !== undefined) this.#use(found);
    return found;
  }

  #use(file: KeptFile): void {
    file.keptUntil = performance.now() + this.#keepMilliseconds;
    this.#files.delete(file);
    this.#files.add(file);
  }

  #dropOld(): void {
    const now = performance.now();
    for (const file of this.#files) {
      if (file.keptUntil >= now) return;
      this.#drop(file);
    }
  }

  #drop(file: KeptFile): void {
    this.#files.delete(file);
    this.#bytes -= file.bytes.length;
  }
}
