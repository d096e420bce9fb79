/**
 * A screen that nobody sees, and what is on it.
 *
 * @module
 */

import { join } from "@std/path";
import type { Rectangle } from "../browser/browser.ts";
import type { Pixels } from "../browser/pixels.ts";
import { RunningProgram } from "../browser/programs.ts";
import { until } from "../browser/until.ts";
import { requireTool } from "../require.ts";

const WIDTH = 1024;
const HEIGHT = 768;

/** An XWD file has big-endian numbers of four bytes at its beginning. */
const XWD = {
  headerSize: 0,
  width: 16,
  height: 20,
  bitsPerPixel: 44,
  bytesPerLine: 48,
  colors: 76,
} as const;
const XWD_HEADER_BYTES = 100;
const XWD_COLOR_BYTES = 12;
const BYTES_PER_PIXEL = 4;

/** Whether the X server that has no display is installed. */
export function requireScreen(): boolean {
  return requireTool("Xvfb");
}

/**
 * An X server in memory. It keeps what it shows in a file that is mapped into
 * its memory, and reading that file takes microseconds, where a screenshot by
 * the X protocol takes 50 ms and one by WebDriver waits for the page.
 */
export class VirtualScreen extends RunningProgram {
  /** Its name, as in the variable `DISPLAY`. */
  readonly display: string;
  readonly #folder: string;
  readonly #image: XwdFile;

  /** Use {@linkcode startScreen}. */
  constructor(
    child: Deno.ChildProcess,
    display: string,
    folder: string,
    image: XwdFile,
  ) {
    super(child);
    this.display = display;
    this.#folder = folder;
    this.#image = image;
  }

  /** All of it. */
  get rectangle(): Rectangle {
    const { width, height } = this.#image;
    return { x: 0, y: 0, width, height };
  }

  /** What a rectangle shows at this moment. */
  look(rectangle = this.rectangle): Pixels {
    return this.#image.read(rectangle);
  }

  /** Red, green and blue of one pixel at this moment. */
  pixel(x: number, y: number): [number, number, number] {
    const { rgb } = this.look({ x, y, width: 1, height: 1 });
    return [rgb[0], rgb[1], rgb[2]];
  }

  override async end(signal: Deno.Signal): Promise<void> {
    await super.end(signal);
    this.#image.close();
    await Deno.remove(this.#folder, { recursive: true });
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.end("SIGTERM");
  }
}

/** Starts a screen of 1024x768 on a display that is free. */
export async function startScreen(): Promise<VirtualScreen> {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-screen-" });
  const child = new Deno.Command("Xvfb", {
    args: [
      ...["-displayfd", "1"],
      ...["-screen", "0", `${WIDTH}x${HEIGHT}x24`],
      ...["-fbdir", folder],
      ...["-nolisten", "tcp"],
      "-nocursor",
      "-noreset",
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const number = await readLine(child.stdout);
  if (number === "") {
    await child.status;
    throw new Error("Cannot start Xvfb: expected the number of a display");
  }
  const path = join(folder, "Xvfb_screen0");
  const image = await until("the screen", () => XwdFile.open(path));
  return new VirtualScreen(child, `:${number}`, folder, image);
}

async function readLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes("\n")) break;
  }
  return text.trim();
}

/** A picture in a file that changes. */
class XwdFile {
  readonly #file: Deno.FsFile;
  readonly #begin: number;
  readonly #stride: number;

  private constructor(
    file: Deno.FsFile,
    header: DataView,
    readonly width: number,
    readonly height: number,
  ) {
    this.#file = file;
    this.#stride = header.getUint32(XWD.bytesPerLine);
    this.#begin = header.getUint32(XWD.headerSize) +
      XWD_COLOR_BYTES * header.getUint32(XWD.colors);
  }

  /** Opens it; `undefined` until the server has written its beginning. */
  static open(path: string): XwdFile | undefined {
    const file = openFile(path);
    if (file === undefined) return undefined;
    const bytes = new Uint8Array(XWD_HEADER_BYTES);
    const read = file.readSync(bytes);
    const header = new DataView(bytes.buffer);
    const width = header.getUint32(XWD.width);
    if (read !== bytes.length || width === 0) {
      file.close();
      return undefined;
    }
    const bits = header.getUint32(XWD.bitsPerPixel);
    if (bits !== 8 * BYTES_PER_PIXEL) {
      file.close();
      throw new Error(`Cannot read the screen: expected 32 bits, got ${bits}`);
    }
    return new XwdFile(file, header, width, header.getUint32(XWD.height));
  }

  read({ x, y, width, height }: Rectangle): Pixels {
    const rgb = new Uint8Array(3 * width * height);
    const row = new Uint8Array(BYTES_PER_PIXEL * width);
    for (let line = 0; line < height; line++) {
      const at = this.#begin + (y + line) * this.#stride + BYTES_PER_PIXEL * x;
      this.#file.seekSync(at, Deno.SeekMode.Start);
      const read = this.#file.readSync(row);
      if (read !== row.length) {
        throw new Error(`Cannot read the screen: ${x},${y} is outside of it`);
      }
      for (let i = 0; i < width; i++) {
        // Blue comes first.
        rgb[3 * (line * width + i)] = row[BYTES_PER_PIXEL * i + 2];
        rgb[3 * (line * width + i) + 1] = row[BYTES_PER_PIXEL * i + 1];
        rgb[3 * (line * width + i) + 2] = row[BYTES_PER_PIXEL * i];
      }
    }
    return { width, height, rgb };
  }

  close(): void {
    this.#file.close();
  }
}

function openFile(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
