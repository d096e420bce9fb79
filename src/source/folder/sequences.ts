import { GifError } from "../../gif/gif_error.ts";
import { FrameReader, type GifSequence } from "../../gif/read/frame_reader.ts";
import { frameNames, isFileError, lookAt, withFile } from "./folder.ts";
import { isBare } from "./frame_contents.ts";
import { compareNames, seriesOf } from "./frame_order.ts";

interface Known {
  sequence: GifSequence;
  /** Name of the whole GIF that it was read from. */
  name: string;
  /** True: bare frames relied on it. */
  needed: boolean;
}

const MAX_SERIES = 64;
/** Most files that are searched for the whole GIF before a bare frame. */
const MAX_FILES_SEARCHED = 64;
/** Time between two searches, each of which lists the whole folder. */
const SEARCH_MILLISECONDS = 1000;
/** Header, largest color table, and the descriptor that may enlarge it. */
const HEAD_BYTES = 4096;

/**
 * Keeps for each series of files the logical screen and the color table that
 * its bare frames rely on, from the whole GIF before them.
 */
export class Sequences {
  readonly #folder: string;
  readonly #known = new Map<string, Known>();
  readonly #searchedAt = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A whole GIF was read. */
  note(name: string, sequence: GifSequence): void {
    this.#set(seriesOf(name), { sequence, name, needed: false });
  }

  /** True if bare frames rely on this file. */
  needs(name: string): boolean {
    const known = this.#known.get(seriesOf(name));
    return known?.name === name && known.needed;
  }

  /** Keeps the whole GIF that a file relies on, if that is a bare frame. */
  async need(name: string): Promise<void> {
    if (this.#known.has(seriesOf(name))) return;
    const head = await readHead(`${this.#folder}/${name}`);
    if (isBare(head?.[0])) await this.for(name);
  }

  /**
   * The sequence that a bare frame relies on; undefined: there is no whole GIF.
   */
  async for(name: string): Promise<GifSequence | undefined> {
    const series = seriesOf(name);
    const known = this.#known.get(series) ?? await this.#search(name);
    if (known === undefined) return undefined;
    known.needed = true;
    this.#set(series, known);
    return known.sequence;
  }

  #set(series: string, known: Known): void {
    this.#known.delete(series);
    this.#known.set(series, known);
    if (this.#known.size > MAX_SERIES) deleteFirst(this.#known);
  }

  /** Searches the folder: first the series' first file, then backwards. */
  async #search(name: string): Promise<Known | undefined> {
    const series = seriesOf(name), now = performance.now();
    const searchedAt = this.#searchedAt.get(series) ?? -Infinity;
    if (now - searchedAt < SEARCH_MILLISECONDS) return undefined;
    this.#searchedAt.set(series, now);
    if (this.#searchedAt.size > MAX_SERIES) deleteFirst(this.#searchedAt);
    const names = (await frameNames(this.#folder) ?? [])
      .filter((other) =>
        seriesOf(other) === series && compareNames(other, name) < 0
      )
      .sort(compareNames);
    const candidates = [
      ...names.slice(0, 1),
      ...names.slice(1).slice(-MAX_FILES_SEARCHED).reverse(),
    ];
    for (const candidate of candidates) {
      const sequence = await sequenceIn(`${this.#folder}/${candidate}`);
      if (sequence !== undefined) {
        return { sequence, name: candidate, needed: true };
      }
    }
    return undefined;
  }
}

/** The sequence that a whole GIF begins; undefined: it is not a whole GIF. */
async function sequenceIn(path: string): Promise<GifSequence | undefined> {
  const head = await readHead(path);
  if (head === undefined || isBare(head[0])) return undefined;
  try {
    const reader = new FrameReader();
    reader.push(head);
    reader.next();
    return reader.sequence;
  } catch (error) {
    // A broken file is not the fault of the frame that it is read for.
    if (error instanceof GifError) return undefined;
    throw error;
  }
}

/** The first bytes of a file; undefined: it cannot be read. */
async function readHead(path: string): Promise<Uint8Array | undefined> {
  try {
    if ((await lookAt(path))?.isFile !== true) return undefined;
    const head = new Uint8Array(HEAD_BYTES);
    const length = await withFile(path, (file) => file.read(head)) ?? 0;
    return head.subarray(0, length);
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function deleteFirst(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
