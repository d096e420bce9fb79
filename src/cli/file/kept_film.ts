import { dirname } from "@std/path";
import { errorMessage } from "../../system/error_message.ts";
import type { FilmPicture } from "./film_picture.ts";

/** Width, height, delay and bytes of a picture, 32 bits each. */
const HEADER_BYTES = 16;
/** Stands for a delay that is not given. */
const NO_DELAY = 2 ** 32 - 1;

/**
 * Pictures that come only once, kept in a file of their own until they have
 * been encoded: compressed without loss, each as what it changes, so that what
 * stands still takes little.
 */
export class KeptFilm implements AsyncDisposable {
  /** Pictures so far. */
  pictures = 0;
  readonly #file: Deno.FsFile;
  /** Undefined where the file has no name any more. */
  readonly #path: string | undefined;
  #bytes = 0;
  #before: Uint8Array<ArrayBuffer> = new Uint8Array();
  readonly #writer: WritableStreamDefaultWriter<BufferSource>;
  readonly #written: Promise<void>;

  private constructor(file: Deno.FsFile, path: string | undefined) {
    this.#file = file;
    this.#path = path;
    const { writable, readable } = new CompressionStream("deflate-raw");
    this.#writer = writable.getWriter();
    this.#written = this.#save(readable);
    // It is awaited at the end; a write fails before that.
    this.#written.catch(() => {});
  }

  /**
   * Makes room beside the file that the pictures are for; undefined: among the
   * temporary files of the system.
   *
   * @throws {Error} If there cannot be any.
   */
  static async beside(output: string | undefined): Promise<KeptFilm> {
    const dir = output === undefined ? undefined : dirname(output);
    try {
      const path = await Deno.makeTempFile({ dir, prefix: ".gifstream-" });
      const file = await Deno.open(path, { read: true, write: true });
      // Nothing is left then, however this program ends.
      if (Deno.build.os === "windows") return new KeptFilm(file, path);
      await Deno.remove(path);
      return new KeptFilm(file, undefined);
    } catch (error) {
      throw new Error(`Cannot keep pictures: ${errorMessage(error)}`, {
        cause: error,
      });
    }
  }

  /** Bytes that the file has. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Keeps the next picture.
   *
   * @throws {Error} If there is no room for it.
   */
  async push(picture: FilmPicture): Promise<void> {
    const { pixels, width, height, delayCentiseconds = NO_DELAY } = picture;
    const bytes = new Uint8Array(HEADER_BYTES + pixels.length);
    const header = [width, height, delayCentiseconds, pixels.length];
    new Uint32Array(bytes.buffer, 0, header.length).set(header);
    const before = this.#before;
    for (let i = 0, to = HEADER_BYTES; i < pixels.length; i++, to++) {
      bytes[to] = i < before.length ? pixels[i] - before[i] : pixels[i];
    }
    this.#before = Uint8Array.from(pixels);
    this.pictures++;
    await Promise.race([this.#writer.write(bytes), this.#written]);
  }

  /** Ends the pictures: from here on they may be had. */
  async finish(): Promise<void> {
    await Promise.race([this.#writer.close(), this.#written]);
    await this.#written;
  }

  /** The pictures, from the beginning: one reader at a time. */
  async *open(): AsyncGenerator<FilmPicture, void> {
    await this.#file.seek(0, Deno.SeekMode.Start);
    const reader = this.#chunks()
      .pipeThrough(new DecompressionStream("deflate-raw"))
      .getReader();
    const source = new Chunks(reader);
    let pixels = new Uint8Array(), read = new Uint8Array();
    const header = new Uint32Array(HEADER_BYTES / 4);
    try {
      for (let picture = 0; picture < this.pictures; picture++) {
        await source.fill(new Uint8Array(header.buffer));
        const [width, height, delay, length] = header;
        const delayCentiseconds = delay === NO_DELAY ? undefined : delay;
        if (read.length !== length) {
          const before = pixels.subarray(0, length);
          read = new Uint8Array(length);
          pixels = new Uint8Array(length);
          pixels.set(before);
        }
        await source.fill(read);
        for (let i = 0; i < length; i++) pixels[i] += read[i];
        yield { pixels, width, height, delayCentiseconds };
      }
    } finally {
      await reader.cancel();
    }
  }

  /** Removes what was kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.abort().catch(() => {});
    await this.#written.catch(() => {});
    this.#file.close();
    if (this.#path !== undefined) await Deno.remove(this.#path);
  }

  async #save(readable: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of readable) {
        for (let at = 0; at < chunk.length;) {
          at += await this.#file.write(chunk.subarray(at));
        }
        this.#bytes += chunk.length;
      }
    } catch (error) {
      throw new Error(`Cannot keep pictures: ${errorMessage(error)}`, {
        cause: error,
      });
    }
  }

  /** The bytes of the file, which stays open. */
  #chunks(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream({
      pull: async (controller) => {
        const chunk = new Uint8Array(1 << 16);
        const read = await this.#file.read(chunk);
        if (read === null) controller.close();
        else controller.enqueue(chunk.subarray(0, read));
      },
    });
  }
}

/** Bytes that come in chunks, taken in pieces of any length. */
class Chunks {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  /** Takes as many bytes as there is room for. */
  async fill(into: Uint8Array): Promise<void> {
    for (let filled = 0; filled < into.length;) {
      if (this.#chunk.length === 0) {
        const { value } = await this.#reader.read();
        if (value === undefined) throw new Error("Kept pictures end early");
        this.#chunk = value;
      }
      const piece = this.#chunk.subarray(0, into.length - filled);
      into.set(piece, filled);
      this.#chunk = this.#chunk.subarray(piece.length);
      filled += piece.length;
    }
  }
}
