import { begins, mayBegin, SIGNATURES } from "../gif/signature.ts";
import { isAlone, Marker } from "./jpeg_marker.ts";
import { otherPictures } from "./multi_picture.ts";

/** Options of {@linkcode PictureFiles}. */
export interface PictureFilesOptions {
  /** Called with one line of text about a file of which nothing can be shown. */
  onWarning?: (message: string) => void;
}

const FIRST_BYTES = 64 * 1024;
const { JPEG, PNG } = SIGNATURES;
/** Length, type and check sum of a PNG chunk (PNG, 5.3). */
const CHUNK_FRAME_BYTES = 12;
const MAX_CHUNK_BYTES = 2 ** 31 - 1;
const IMAGE_DATA = "IDAT", IMAGE_END = "IEND";

/** The structure that is being looked for. */
type State = "signature" | "marker" | "scan" | "chunk";

/**
 * Cuts bytes into the JPEG and PNG files that follow each other in them, each
 * given as soon as its last byte is there. Whatever stands between them is
 * skipped. No pixel is decoded.
 *
 * A file without an end ends where the next one begins. Pictures inside
 * another one, as thumbnails or gain maps, are not given.
 */
export class PictureFiles {
  readonly #onWarning: (message: string) => void;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_BYTES);
  #length = 0;
  /** Bytes before those. */
  #before = 0;
  /** The position before which nothing needs a second look. */
  #at = 0;
  #state: State = "signature";
  /** True once the file has the beginning of its pixels. */
  #hasPixels = false;
  /** True if the file belongs to the one before. */
  #isOther = false;
  /** Beginnings of files that belong to the one before. */
  #others: ReadonlySet<number> = new Set();

  constructor(options: PictureFilesOptions = {}) {
    this.#onWarning = options.onWarning ?? (() => {});
  }

  /** Gives the files that end in a chunk. */
  *push(chunk: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
    this.#append(chunk);
    for (;;) {
      const state = this.#state, at = this.#at, before = this.#before;
      const end = this.#step();
      if (end !== undefined) {
        const file = this.#take(end);
        if (file !== undefined) yield file;
      } else if (
        state === this.#state && at === this.#at && before === this.#before
      ) return;
    }
  }

  /**
   * No more bytes come for the file so far: gives it, if it has pixels.
   * Bytes that follow begin another file.
   */
  end(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#state === "signature") {
      this.#drop(this.#length);
      return undefined;
    }
    return this.#take(this.#length);
  }

  /** Goes on as far as is easy; returns the length of a file that has ended. */
  #step(): number | undefined {
    switch (this.#state) {
      case "signature":
        return this.#findSignature();
      case "marker":
        return this.#readMarker();
      case "scan":
        return this.#passScan();
      case "chunk":
        return this.#readChunk();
    }
  }

  #findSignature(): undefined {
    const bytes = this.#view;
    let at = this.#at;
    while (at < bytes.length && !mayBeginFile(bytes, at)) at++;
    this.#drop(at);
    if (begins(this.#view, JPEG)) this.#enter("marker", 2);
    else if (begins(this.#view, PNG)) this.#enter("chunk", 8);
    else return;
    this.#hasPixels = false;
    this.#isOther = this.#others.has(this.#before);
  }

  /** ITU-T T.81, B.1.1.2 and B.1.1.4; stray bytes are skipped. */
  #readMarker(): number | undefined {
    const bytes = this.#view;
    let at = bytes.indexOf(Marker.PREFIX, this.#at);
    if (at < 0) return this.#enter("marker", bytes.length);
    while (bytes[at + 1] === Marker.PREFIX) at++;
    const marker = bytes[at + 1];
    if (marker === undefined) return this.#enter("marker", at);
    const next = at + 2;
    if (marker === Marker.END_OF_IMAGE) return next;
    if (marker === Marker.START_OF_IMAGE) {
      if (next >= bytes.length) return undefined;
      if (bytes[next] === Marker.PREFIX) return at;
    }
    if (isAlone(marker)) return this.#enter("marker", next);
    if (next + 2 > bytes.length) return undefined;
    const end = next + Math.max(2, bytes[next] << 8 | bytes[next + 1]);
    if (end > bytes.length) return undefined;
    if (marker !== Marker.START_OF_SCAN) {
      this.#noteOthers(marker, next + 2, end);
      return this.#enter("marker", end);
    }
    this.#hasPixels = true;
    return this.#enter("scan", end);
  }

  #passScan(): undefined {
    const bytes = this.#view;
    const at = bytes.indexOf(Marker.PREFIX, this.#at);
    if (at < 0) return this.#enter("scan", bytes.length);
    const next = bytes[at + 1];
    if (next === undefined) return this.#enter("scan", at);
    if (next === Marker.PREFIX) return this.#enter("scan", at + 1);
    if (isAlone(next) && next !== Marker.START_OF_IMAGE) {
      return this.#enter("scan", at + 2);
    }
    return this.#enter("marker", at);
  }

  #readChunk(): number | undefined {
    const at = this.#at;
    if (at + 8 > this.#length) return undefined;
    const length = new DataView(this.#bytes.buffer, at, 4).getUint32(0);
    const type = String.fromCharCode(...this.#bytes.subarray(at + 4, at + 8));
    // Where there is no chunk the file ends, as for all who read it.
    if (length > MAX_CHUNK_BYTES || !/^[A-Za-z]{4}$/.test(type)) return at;
    this.#hasPixels ||= type === IMAGE_DATA;
    const end = at + CHUNK_FRAME_BYTES + length;
    if (end > this.#length) return undefined;
    if (type === IMAGE_END) return end;
    return this.#enter("chunk", end);
  }

  /** Notes where a JPEG says that there are more pictures in its file. */
  #noteOthers(marker: number, begin: number, end: number): void {
    if (marker !== Marker.APP2 || this.#isOther) return;
    const others = otherPictures(this.#bytes.subarray(begin, end));
    if (others === undefined) return;
    this.#others = new Set(others.map((at) => this.#before + begin + at));
  }

  #enter(state: State, at: number): undefined {
    this.#state = state;
    this.#at = at;
  }

  get #view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.#view);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
  }

  /** The file that ends here, if it is one that is shown. */
  #take(end: number): Uint8Array<ArrayBuffer> | undefined {
    const file = this.#hasPixels && !this.#isOther
      ? this.#bytes.slice(0, end)
      : undefined;
    if (!this.#hasPixels) {
      this.#onWarning(
        `Cannot read picture: it ended at byte ${end}, before its pixels`,
      );
    }
    this.#drop(end);
    this.#enter("signature", 0);
    return file;
  }

  #drop(end: number): void {
    this.#bytes.copyWithin(0, end, this.#length);
    this.#before += end;
    this.#length -= end;
    this.#at = 0;
  }
}

function mayBeginFile(bytes: Uint8Array, at: number): boolean {
  return mayBegin(bytes, JPEG, at) || mayBegin(bytes, PNG, at);
}
