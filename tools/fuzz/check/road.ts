/**
 * The road of bytes from outside: read as GIFs that follow each other,
 * checked and made parts as a channel does it, and drawn as viewers see them.
 *
 * @module
 */

import type { LogicalScreen } from "../../../src/gif/block.ts";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { GifError } from "../../../src/gif/gif_error.ts";
import type { GifFrame } from "../../../src/gif/read/frame_reader.ts";
import { GifSequenceReader } from "../../../src/gif/read/gif_sequence_reader.ts";
import type { Part } from "../../../src/gif/write/frame_part.ts";
import { ensure } from "./broken.ts";
import { fingerprint } from "./fingerprint.ts";
import { FrameParts, type RoadOptions } from "./frame_parts.ts";

/** A part that viewers get. */
export interface MadePart extends Part {
  /** The picture after it. */
  picture: string;
  /** What the frame asked for. */
  delayCentiseconds: number;
  /** Whether the frame began on a clear screen. */
  standalone: boolean;
}

/** An endless GIF: the parts for one screen. */
export interface Stream {
  screen: LogicalScreen;
  parts: MadePart[];
}

/** All that came of some bytes. */
export interface Outcome {
  streams: Stream[];
  /** What was said of bytes that are no GIF. */
  warnings: string[];
  /** What was said of each frame that is bad, and after how many frames. */
  refused: { frame: number; message: string }[];
  /** The picture after each frame as its GIF has it, and its time. */
  frames: { picture: string; delayCentiseconds: number }[];
}

/**
 * Follows bytes to the end of the road.
 *
 * @param chunks Are taken over, as those of a pipe are.
 * @param goesOn Whether more may come: a live source has no end.
 * @throws {Broken} If a part shows another picture than its frame.
 */
export function follow(
  chunks: Iterable<Uint8Array>,
  options: RoadOptions,
  goesOn = false,
): Outcome {
  const road = new Road(options);
  for (const chunk of chunks) road.take(chunk);
  if (!goesOn) road.end();
  return road.outcome;
}

/** The road, for bytes that come one chunk after another. */
class Road {
  readonly outcome: Outcome = {
    ...{ streams: [], warnings: [], refused: [], frames: [] },
  };
  readonly #reader: GifSequenceReader;
  readonly #parts: FrameParts;
  #canvas: Canvas | undefined;
  #byFrames: Canvas | undefined;

  constructor(options: RoadOptions) {
    const { outcome } = this;
    this.#reader = new GifSequenceReader({
      onWarning: (message) => outcome.warnings.push(message),
    });
    this.#parts = new FrameParts(options, (screen) => {
      outcome.streams.push({ screen, parts: [] });
      this.#canvas = new Canvas(screen);
      this.#byFrames = new Canvas(screen);
    });
  }

  take(chunk: Uint8Array): void {
    for (const frame of this.#reader.push(chunk)) this.#takeFrame(frame);
  }

  end(): void {
    for (const frame of this.#reader.end()) this.#takeFrame(frame);
  }

  #takeFrame(frame: GifFrame): void {
    const { streams, frames, refused } = this.outcome;
    // A part is made in place: what it overwrites is needed for comparison.
    const original: GifFrame = {
      ...frame,
      image: { ...frame.image },
      colorTable: frame.colorTable.slice(),
    };
    let part: Part;
    try {
      part = this.#parts.of(frame);
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      refused.push({ frame: frames.length, message: error.message });
      return;
    }
    const { standalone } = frame;
    const canvas = this.#canvas!, byFrames = this.#byFrames!;
    byFrames.draw({ ...original, standalone });
    canvas.drawPart(part.bytes);
    const picture = fingerprint(canvas.pixels);
    ensure(
      picture === fingerprint(byFrames.pixels),
      () => `frame ${frames.length}: its part shows another picture`,
    );
    const { delayCentiseconds = 0 } = original.graphicControl ?? {};
    streams.at(-1)!.parts.push(
      { ...part, picture, delayCentiseconds, standalone },
    );
    frames.push({ picture, delayCentiseconds });
  }
}
