import { FilmWriter } from "../../gif/encoder/film_writer.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { InputKind } from "../source/source_kind.ts";
import type { CliOptions } from "../options/options.ts";
import { UsageError } from "../options/usage_error.ts";
import type { Report } from "../output/report.ts";
import { encodingOf } from "../source/encoding.ts";
import { type FilmInput, filmInput } from "./film_input.ts";
import type { FilmPicture } from "./film_picture.ts";
import { type Attempt, nextQuality } from "./fit_bytes.ts";
import {
  type Destination,
  FileDestination,
  StandardOutput,
} from "./destination.ts";
import { KeptFilm } from "./kept_film.ts";
import { bytesInWords, type Progress, progressLine } from "./progress_line.ts";

/** Quality of a file, if nothing is said. */
const USUAL_QUALITY = 75;
/** Quality that the first pass for `--max-bytes` is tried with. */
const FIRST_QUALITY = 50;
/** Time between two states of the progress. */
const PROGRESS_MILLISECONDS = 200;

/** Takes the progress of a file. */
export type FilmReport = Pick<Report, "info" | "warn" | "error" | "progress">;

/**
 * Encodes an INPUT to a file, as fast as it goes. When the signal is aborted,
 * the file ends there.
 *
 * @returns The exit code.
 * @throws {UsageError} If the input is not of a kind that files are made of.
 */
export async function writeFilm(
  input: string,
  kind: InputKind,
  options: CliOptions,
  report: FilmReport,
  signal: AbortSignal,
): Promise<number> {
  const destination = options.output === "-"
    ? new StandardOutput()
    : new FileDestination(options.output!);
  try {
    let dropped = 0;
    const film = await filmInput(input, kind, options, {
      onWarning: (message) => report.warn(message),
      onNotice: (message) => report.info(message),
      onDrop: (frames) => dropped += frames,
    });
    const run = new FilmRun(film, options, destination, report, signal);
    const { pictures, bytes, quality } = options.maxBytes === undefined
      ? await run.encodeOnce(options.quality ?? usualQuality(options))
      : await run.encodeWithin(options.maxBytes);
    await destination.close();
    const lost = dropped === 0
      ? ""
      : `, ${dropped} pictures dropped: --mode fast is quicker`;
    report.info(
      `Wrote ${destination.name}: ${pictures} pictures, ` +
        `${bytesInWords(bytes)}, quality ${quality}${lost}`,
    );
    return 0;
  } catch (error) {
    await destination.discard();
    if (error instanceof UsageError) throw error;
    report.error(errorMessage(error));
    return 1;
  }
}

function usualQuality({ bitsPerSecond }: CliOptions): number {
  return bitsPerSecond === undefined ? USUAL_QUALITY : 90;
}

/** A file that was encoded, and its pictures. */
interface Encoded extends Attempt {
  pictures: number;
}

/** Encodes one film, once or several times. */
class FilmRun {
  #film: FilmInput;
  readonly #options: CliOptions;
  readonly #destination: Destination;
  readonly #report: FilmReport;
  #signal: AbortSignal;

  constructor(
    film: FilmInput,
    options: CliOptions,
    destination: Destination,
    report: FilmReport,
    signal: AbortSignal,
  ) {
    this.#film = film;
    this.#options = options;
    this.#destination = destination;
    this.#report = report;
    this.#signal = signal;
  }

  /** Writes the file as its pictures come. */
  async encodeOnce(quality: number): Promise<Encoded> {
    const write = (bytes: Uint8Array) => this.#destination.write(bytes);
    return await this.#encode(quality, write);
  }

  /** Encodes until the file is as good as so many bytes can be. */
  async encodeWithin(maxBytes: number): Promise<Encoded> {
    if (this.#film.repeats) return await this.#fit(maxBytes);
    const { output, durationSeconds } = this.#options;
    const end = durationSeconds === undefined
      ? "when it ends, or at Ctrl-C"
      : `after ${durationSeconds} s`;
    this.#report.info(`Recording: it is encoded ${end}, several times`);
    await using kept = await KeptFilm.beside(
      output === "-" ? undefined : output,
    );
    await this.#keep(kept);
    this.#film = {
      ...this.#film,
      allPictures: kept.pictures,
      open: () => kept.open(),
    };
    // What ended the recording is not to end the passes.
    this.#signal = new AbortController().signal;
    return await this.#fit(maxBytes);
  }

  /** Keeps the pictures as they come, so that none waits for the encoder. */
  async #keep(kept: KeptFilm): Promise<void> {
    const { allPictures } = this.#film;
    const progress = this.#progress({ allPictures, pass: "recording" });
    for await (const picture of this.#pictures()) {
      await kept.push(picture);
      progress(kept);
    }
    await kept.finish();
  }

  async #fit(maxBytes: number): Promise<Encoded> {
    const attempts: Encoded[] = [];
    const mostQuality = this.#options.quality ?? 100;
    let best: { encoded: Encoded; pieces: Uint8Array[] } | undefined;
    let quality: number | undefined = Math.min(FIRST_QUALITY, mostQuality);
    while (quality !== undefined && !this.#signal.aborted) {
      const pieces: Uint8Array[] = [];
      const encoded: Encoded = await this.#encode(
        quality,
        (bytes) => pieces.push(bytes),
        { maxBytes, pass: `pass ${attempts.length + 1}` },
      );
      attempts.push(encoded);
      const fits = encoded.bytes <= maxBytes;
      if (fits && encoded.quality >= (best?.encoded.quality ?? 0)) {
        best = { encoded, pieces };
      }
      quality = nextQuality(attempts, maxBytes, mostQuality);
    }
    if (best === undefined) {
      throw new Error(
        `Cannot make ${this.#destination.name}: expected at most ` +
          `${bytesInWords(maxBytes)}, found more even at quality 1; try a ` +
          "smaller --size, --fps or --duration",
      );
    }
    for (const piece of best.pieces) await this.#destination.write(piece);
    return best.encoded;
  }

  async #encode(
    quality: number,
    write: (bytes: Uint8Array) => unknown,
    { maxBytes = Infinity, pass }: { maxBytes?: number; pass?: string } = {},
  ): Promise<Encoded> {
    const { framesPerSecond, allPictures } = this.#film;
    const progress = this.#progress({ allPictures, pass });
    let writer: FilmWriter | undefined;
    let size: { width: number; height: number } | undefined;
    let taken = 0, bytes = 0;
    const take = async (piece: Uint8Array) => {
      bytes += piece.length;
      // What cannot fit is encoded on, to know how far it is from that.
      if (bytes <= maxBytes) await write(piece);
    };
    for await (
      const { pixels, width, height, delayCentiseconds } of this.#pictures()
    ) {
      size ??= { width, height };
      if (width !== size.width || height !== size.height) {
        throw new Error(
          `Cannot go on with ${this.#destination.name}: expected pictures of ` +
            `${size.width}x${size.height}, found ${width}x${height}; ` +
            "--size makes them equal",
        );
      }
      writer ??= this.#writer(quality, size);
      const delay = delayCentiseconds ?? delayOf(taken, framesPerSecond);
      taken++;
      await take(writer.push(pixels, delay));
      progress({ pictures: taken, bytes });
    }
    if (writer === undefined) {
      throw new Error(
        `Cannot make ${this.#destination.name}: no pictures came`,
      );
    }
    await take(writer.finish());
    return { quality, bytes, pictures: writer.pictures };
  }

  async *#pictures(): AsyncGenerator<FilmPicture, void> {
    const signal = this.#signal;
    for await (const picture of this.#film.open(signal)) {
      // What is recorded may come after the signal: the last picture.
      if (signal.aborted && picture.delayCentiseconds === undefined) return;
      yield picture;
    }
  }

  /** Begins a pass; returns what tells how far it is, now and then. */
  #progress(
    pass: Pick<Progress, "allPictures" | "pass">,
  ): (state: Pick<Progress, "pictures" | "bytes">) => void {
    const startedAt = performance.now();
    let shownAt = 0;
    return ({ pictures, bytes }) => {
      const now = performance.now();
      if (now - shownAt < PROGRESS_MILLISECONDS) return;
      shownAt = now;
      const seconds = (now - startedAt) / 1000;
      const line = progressLine({ ...pass, pictures, bytes, seconds });
      this.#report.progress(line);
    };
  }

  #writer(
    quality: number,
    size: { width: number; height: number },
  ): FilmWriter {
    const { framesPerSecond } = this.#film;
    const { plays } = this.#options;
    const encoding = encodingOf(this.#options);
    return new FilmWriter({
      ...encoding,
      ...size,
      quality,
      framesPerSecond,
      plays,
    });
  }
}

/** The time of a picture, so that rounding does not add up. */
function delayOf(index: number, framesPerSecond: number): number {
  const at = (picture: number) => Math.round(picture * 100 / framesPerSecond);
  return at(index + 1) - at(index);
}
