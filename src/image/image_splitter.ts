import { begins, mayBegin, SIGNATURES } from "../gif/signature.ts";
import { PictureError } from "./image_file.ts";
import { isAlone } from "./jpeg_structure.ts";

/** Options of {@linkcode PictureFiles}. */
export interface PictureFilesOptions {
  /** Called with one line of text about a file that is not all there. */
  onWarning?: (message: string) => void;
}

const FIRST_BYTES = 64 * 1024;
const { JPEG, PNG } = SIGNATURES;
const MARKER = 0xff;
/** Length, type and check sum of a PNG chunk (PNG, 5.3). */
const CHUNK_FRAME_BYTES = 12;
const IMAGE_END = 0x49454e44;

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;

/** The structure that is being looked for. */
type State = "signature" | "marker" | "scan" | "chunk";

/**
 * Cuts bytes into the JPEG and PNG files that follow each other in them, each
 * given as soon as its last byte is there. Whatever stands between them is
 * skipped, such as the headers of a multipart body. No pixel is decoded.
 */
export class PictureFiles {
  readonly #onWarning: (message: string) => void;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_BYTES);
  #length = 0;
  /** The position before which nothing needs a second look. */
  #at = 0;
  #state: State = "signature";

  constructor(options: PictureFilesOptions = {}) {
    this.#onWarning = options.onWarning ?? (() => {});
  }

  /** Gives the files that end in a chunk. */
  *push(chunk: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
    this.#append(chunk);
    for (;;) {
      const state = this.#state, at = this.#at;
      const end = this.#step();
      if (end !== undefined) yield this.#take(end);
      else if (state === this.#state && at === this.#at) return;
    }
  }

  /** No more bytes come: warns of a file that has no end. */
  end(): void {
    if (this.#state === "signature") return;
    this.#onWarning(`Cannot read picture: it ended at byte ${this.#length}`);
    this.#state = "signature";
  }

  /** Goes on as far as is easy; returns the length of a whole file. */
  #step(): number | undefined {
    try {
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
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      this.#onWarning(error.message);
      this.#state = "signature";
      return undefined;
    }
  }

  #findSignature(): undefined {
    const bytes = this.#bytes.subarray(0, this.#length);
    let at = this.#at;
    while (at < bytes.length && !mayBeginFile(bytes, at)) at++;
    this.#drop(at);
    if (begins(this.#view, JPEG)) this.#enter("marker", 2);
    else if (begins(this.#view, PNG)) this.#enter("chunk", 8);
  }

  /** ITU-T T.81, B.1.1.2 and B.1.1.4. */
  #readMarker(): number | undefined {
    const bytes = this.#view;
    let at = this.#at;
    if (at >= bytes.length) return undefined;
    if (bytes[at] !== MARKER) {
      throw new PictureError(
        `Cannot read JPEG: expected a marker at byte ${at}, found ${bytes[at]}`,
      );
    }
    while (bytes[at] === MARKER) at++;
    const marker = bytes[at++];
    if (marker === undefined) return undefined;
    if (marker === END_OF_IMAGE) return at;
    if (marker === START_OF_IMAGE) return this.#beginAnew(at - 2);
    if (isAlone(marker)) return this.#enter("marker", at);
    if (at + 2 > bytes.length) return undefined;
    const next = at + (bytes[at] << 8 | bytes[at + 1]);
    if (next > bytes.length) return undefined;
    return this.#enter(marker === START_OF_SCAN ? "scan" : "marker", next);
  }

  #passScan(): undefined {
    const bytes = this.#view;
    const at = bytes.indexOf(MARKER, this.#at);
    if (at < 0) return this.#enter("scan", bytes.length);
    const next = bytes[at + 1];
    if (next === undefined) return this.#enter("scan", at);
    if (next === MARKER) return this.#enter("scan", at + 1);
    if (next === 0 || isAlone(next)) return this.#enter("scan", at + 2);
    return this.#enter("marker", at);
  }

  #readChunk(): number | undefined {
    const { buffer } = this.#bytes;
    const at = this.#at;
    if (at + 8 > this.#length) return undefined;
    const view = new DataView(buffer, at, 8);
    const end = at + CHUNK_FRAME_BYTES + view.getUint32(0);
    if (end > this.#length) return undefined;
    if (view.getUint32(4) === IMAGE_END) return end;
    return this.#enter("chunk", end);
  }

  /** A file begins where the one before should have gone on. */
  #beginAnew(at: number): undefined {
    this.#onWarning(
      `Cannot read JPEG: it ended at byte ${at}; the next one begins`,
    );
    this.#drop(at);
    this.#enter("signature", 0);
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

  #take(end: number): Uint8Array<ArrayBuffer> {
    const file = this.#bytes.slice(0, end);
    this.#drop(end);
    this.#enter("signature", 0);
    return file;
  }

  #drop(end: number): void {
    this.#bytes.copyWithin(0, end, this.#length);
    this.#length -= end;
    this.#at = 0;
  }
}

function mayBeginFile(bytes: Uint8Array, at: number): boolean {
  return mayBegin(bytes, JPEG, at) || mayBegin(bytes, PNG, at);
}
