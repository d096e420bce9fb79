import { FilmWriter } from "../../gif/encoder/film_writer.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { InputKind } from "../source/source_kind.ts";
import type { CliOptions } from "../options/options.ts";
import { UsageError } from "../options/usage_error.ts";
import type { Report } from "../output/report.ts";
import { encodingOf } from "../source/encoding.ts";
import { type FilmInput, filmInput } from "./film_input.ts";
import { type Attempt, nextQuality } from "./fit_bytes.ts";
import {
  type Destination,
  FileDestination,
  StandardOutput,
} from "./destination.ts";
import { bytesInWords, progressLine } from "./progress_line.ts";

/** Quality of a file, if nothing is said. */
const USUAL_QUALITY = 75;
/** Quality that the first pass for `--max-bytes` is tried with. */
const FIRST_QUALITY = 50;
/** Time between two states of the progress. */
const PROGRESS_MILLISECONDS = 200;

/** What takes the progress of a file. */
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
  readonly #film: FilmInput;
  readonly #options: CliOptions;
  readonly #destination: Destination;
  readonly #report: FilmReport;
  readonly #signal: AbortSignal;

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
    if (!this.#film.repeats) {
      throw new UsageError(
        "Option --max-bytes needs an input that ends by itself, as it is " +
          "encoded several times; take --bitrate and --duration instead",
      );
    }
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
    const startedAt = performance.now();
    let writer: FilmWriter | undefined;
    let size: { width: number; height: number } | undefined;
    let taken = 0, bytes = 0, shownAt = 0;
    const take = async (piece: Uint8Array) => {
      bytes += piece.length;
      // What cannot fit is encoded on, to know how far it is from that.
      if (bytes <= maxBytes) await write(piece);
    };
    for await (
      const { pixels, width, height, delayCentiseconds } of this.#film.open(
        this.#signal,
      )
    ) {
      // What is recorded may come after the signal: the last picture.
      if (this.#signal.aborted && delayCentiseconds === undefined) break;
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
      const now = performance.now();
      if (now - shownAt < PROGRESS_MILLISECONDS) continue;
      shownAt = now;
      const seconds = (now - startedAt) / 1000;
      this.#report.progress(
        progressLine({ pictures: taken, allPictures, bytes, seconds, pass }),
      );
    }
    if (writer === undefined) {
      throw new Error(
        `Cannot make ${this.#destination.name}: no pictures came`,
      );
    }
    await take(writer.finish());
    return { quality, bytes, pictures: writer.pictures };
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
