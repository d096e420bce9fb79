/**
 * A folder of GIF frames that tests write, and what a source makes of it.
 *
 * @module
 */

import { deadline } from "@std/async/deadline";
import { delay } from "@std/async/delay";
import type { SourcePicture } from "../../../src/encoding/frame_source.ts";
import type { LogicalScreen } from "../../../src/gif/block.ts";
import type { GifFrame } from "../../../src/gif/read/frame_reader.ts";
import { framePart, type Part } from "../../../src/gif/write/frame_part.ts";
import {
  DirectorySource,
  type DirectorySourceOptions,
} from "../../../src/source/folder/directory_source.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../gif/gif_bytes.ts";

/** Much more than anything takes; a test that gets here has failed. */
const DEADLINE_MILLISECONDS = 20_000;

/** Waits until the condition holds; the message says what for. */
export async function until(
  condition: () => boolean,
  message: () => string,
): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > DEADLINE_MILLISECONDS) {
      throw new Error(`Waited in vain: ${message()}`);
    }
    await delay(5);
  }
}

/** A picture whose delay is its number, by which tests know it again. */
export function numberedImage(
  number: number,
  { transparent = false, width = 4 } = {},
): Uint8Array {
  return bytes(
    graphicControl({
      delayCentiseconds: number,
      transparentIndex: transparent ? 1 : undefined,
    }),
    image({ width, height: 2 }),
  );
}

/** A whole GIF of pictures with these numbers. */
export function numberedGif(...numbers: number[]): Uint8Array {
  return bytes(
    header(4, 2),
    ...numbers.map((number) => numberedImage(number)),
    TRAILER,
  );
}

/** What the frame's number was. */
export function numberOf(given: SourcePicture): number {
  if ("part" in given) return -1;
  return given.frame.graphicControl?.delayCentiseconds ?? -1;
}

/** The frame of a GIF, which it must be. */
export function frameOf(given: SourcePicture): GifFrame {
  if ("frame" in given) return given.frame;
  throw new TypeError(`Not a frame of a GIF: ${given.name}`);
}

/** What viewers get of it. */
export function partOf(given: SourcePicture): Part {
  return "part" in given ? given.part : framePart(given.frame);
}

/** The logical screen that it is for. */
export function screenOf(given: SourcePicture): LogicalScreen {
  return "part" in given ? given.screen : given.frame.screen;
}

/** A source at work on a folder of its own. */
export class FolderFixture implements AsyncDisposable {
  readonly frames: SourcePicture[] = [];
  readonly warnings: string[] = [];
  readonly notices: string[] = [];
  #stop = new AbortController();
  #running: Promise<void> | undefined;
  #source: DirectorySource | undefined;

  private constructor(readonly parent: string, readonly folder: string) {}

  /** An empty folder, with no source yet. */
  static async create(): Promise<FolderFixture> {
    const parent = await Deno.makeTempDir({ prefix: "gifstream-" });
    const folder = `${parent}/input`;
    await Deno.mkdir(folder);
    return new FolderFixture(parent, folder);
  }

  /** An empty folder that a source follows already. */
  static async watched(
    options: DirectorySourceOptions = {},
  ): Promise<FolderFixture> {
    const fixture = await FolderFixture.create();
    await fixture.start(options);
    return fixture;
  }

  /** Starts a source, and waits until it takes what comes. */
  async start(options: DirectorySourceOptions = {}): Promise<void> {
    this.begin(options);
    // Told of like any frame, so that it shows that the watch is on.
    await Deno.writeFile(`${this.folder}/not_a_gif.gif`, bytes("ready?"));
    await until(
      () => this.warnings.some((text) => text.includes("not_a_gif.gif")),
      () => "the source to start",
    );
    this.warnings.length = 0;
    await Deno.remove(`${this.folder}/not_a_gif.gif`);
  }

  /** Starts a source. */
  begin(options: DirectorySourceOptions = {}): void {
    this.#stop = new AbortController();
    const source = new DirectorySource(this.folder, {
      ...options,
      signal: this.#stop.signal,
      onWarning: (message) => this.warnings.push(message),
      onNotice: (message) => this.notices.push(message),
    });
    this.#source = source;
    this.#running = this.#take(source);
  }

  async #take(source: DirectorySource): Promise<void> {
    for await (const frame of source) this.frames.push(frame);
  }

  get source(): DirectorySource {
    return this.#source!;
  }

  get numbers(): number[] {
    return this.frames.map(numberOf);
  }

  get names(): (string | undefined)[] {
    return this.frames.map((frame) => frame.name);
  }

  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** Writes a file in one go. */
  async write(name: string, data: Uint8Array): Promise<void> {
    await Deno.writeFile(this.path(name), data);
  }

  /** Writes a file so that it is there at once, complete. */
  async place(name: string, data: Uint8Array): Promise<void> {
    const temporary = `${this.parent}/temporary`;
    await Deno.writeFile(temporary, data);
    await Deno.rename(temporary, this.path(name));
  }

  /** Waits for so many frames in all. */
  async hasFrames(count: number): Promise<void> {
    await until(
      () => this.frames.length >= count,
      () => `${count} frames, got ${this.describe()}`,
    );
  }

  /** Waits for a frame of the file with this name. */
  async hasName(name: string): Promise<void> {
    await until(
      () => this.names.includes(name),
      () => `a frame of ${name}, got ${this.describe()}`,
    );
  }

  /** Waits for the frame with this number. */
  async hasNumber(number: number): Promise<void> {
    await until(
      () => this.numbers.includes(number),
      () => `frame ${number}, got ${this.describe()}`,
    );
  }

  /** Waits for a warning with this in it. */
  async hasWarning(text: string): Promise<void> {
    await until(
      () => this.warnings.some((warning) => warning.includes(text)),
      () => `a warning of ${text}, got ${this.describe()}`,
    );
  }

  describe(): string {
    return JSON.stringify({
      names: this.names,
      numbers: this.numbers,
      warnings: this.warnings,
      stats: this.#source?.stats,
    });
  }

  /** Ends the source; rejects if it failed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await deadline(this.#running!, DEADLINE_MILLISECONDS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running?.catch(() => {});
    await Deno.remove(this.parent, { recursive: true });
  }
}

/** Both ways to follow a folder, for tests that hold for both. */
export const MODES: [string, DirectorySourceOptions][] = [
  ["by events", {}],
  ["by polling", { pollMilliseconds: 20 }],
];
