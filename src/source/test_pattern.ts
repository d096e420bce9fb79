import type { SourceFrame } from "../encoding/frame_source.ts";
import { indexedFrame } from "../gif/write/indexed_frame.ts";
import { Pace } from "../timing/pace.ts";
import { pause } from "../timing/pause.ts";
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphRows } from "../image/glyphs.ts";

/** Options of {@linkcode testPattern}. */
export interface TestPatternOptions {
  /**
   * Pixels, 160 to 4096.
   *
   * @default {320}
   */
  width?: number;
  /**
   * Pixels, 90 to 4096.
   *
   * @default {180}
   */
  height?: number;
  /**
   * Pictures a second, up to 50.
   *
   * @default {10}
   */
  framesPerSecond?: number;
  /** Ends the pattern. */
  signal?: AbortSignal;
}

/** Colors of the classic bars at 75 %, then of plate, ink and ball. */
const COLORS = [
  [191, 191, 191],
  [191, 191, 0],
  [0, 191, 191],
  [0, 191, 0],
  [191, 0, 191],
  [191, 0, 0],
  [0, 0, 191],
  [16, 18, 24],
  [235, 238, 242],
  [255, 159, 28],
];
const BARS = 7, PLATE = 7, INK = 8, BALL = 9;
const GRAYS = 16, FIRST_GRAY = 16;

/**
 * A live picture that needs no camera: color bars, a ramp of grays, a ball that
 * swings once in four seconds, the time of day to a tenth of a second, and the
 * frame's number.
 *
 * @param options Size and rate.
 * @returns The frames, at their times, until the signal is aborted.
 * @throws {RangeError} If an option is out of range.
 */
export async function* testPattern(
  options: TestPatternOptions = {},
): AsyncGenerator<SourceFrame> {
  const { width = 320, height = 180, framesPerSecond = 10, signal } = options;
  checkInteger("width", width, 160, 4096);
  checkInteger("height", height, 90, 4096);
  if (!(framesPerSecond > 0 && framesPerSecond <= 50)) {
    throw new RangeError(
      `Cannot make test pattern: framesPerSecond must be above 0, at most 50: ${framesPerSecond}`,
    );
  }
  const picture = new TestPicture(width, height);
  const interval = 1000 / framesPerSecond;
  const pace = new Pace();
  for (let number = 0; !signal?.aborted; number++) {
    const timestampMilliseconds = Date.now();
    const indices = picture.draw(number, new Date(timestampMilliseconds));
    const frame = indexedFrame({ width, height }, indices, TABLE);
    pace.step(interval);
    yield { frame, timestampMilliseconds };
    await pause(pace.wait(), signal);
  }
}

const TABLE = colorTable();

function colorTable(): Uint8Array {
  const table = new Uint8Array(3 * 32);
  table.set(COLORS.flat());
  for (let i = 0; i < GRAYS; i++) {
    table.fill(Math.round(i * 255 / (GRAYS - 1)), 3 * (FIRST_GRAY + i));
  }
  return table;
}

/** Draws the pattern, with one byte for each pixel. */
class TestPicture {
  readonly #width: number;
  readonly #height: number;
  readonly #background: Uint8Array;
  readonly #pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#pixels = new Uint8Array(width * height);
    const rampTop = Math.round(height * 0.86);
    const bar = (x: number) => Math.floor(x * BARS / width);
    const gray = (x: number) => FIRST_GRAY + Math.floor(x * GRAYS / width);
    for (let x = 0; x < width; x++) {
      this.#fill(x, 0, 1, rampTop, bar(x));
      this.#fill(x, rampTop, 1, height - rampTop, gray(x));
    }
    this.#background = this.#pixels.slice();
  }

  draw(number: number, now: Date): Uint8Array {
    const width = this.#width, height = this.#height;
    this.#pixels.set(this.#background);
    const time = now.toTimeString().slice(0, 8) + "." +
      Math.floor(now.getMilliseconds() / 100);
    const scale = Math.max(2, Math.floor(width / 90));
    this.#plate(time, Math.round(height * 0.3), scale);
    this.#plate(String(number).padStart(6, "0"), Math.round(height * 0.56), 2);
    const radius = Math.round(height / 18);
    const phase = now.getTime() % 4000 / 4000;
    const swing = (1 - Math.cos(phase * 2 * Math.PI)) / 2;
    const x = radius + Math.round(swing * (width - 2 * radius - 1));
    this.#disc(x, Math.round(height * 0.14), radius);
    return this.#pixels;
  }

  /** Draws text on a dark plate, centered across, with its top at `y`. */
  #plate(text: string, y: number, scale: number): void {
    const textWidth = (text.length * (GLYPH_WIDTH + 1) - 1) * scale;
    const left = Math.floor((this.#width - textWidth) / 2);
    const border = 2 * scale;
    this.#fill(
      left - border,
      y - border,
      textWidth + 2 * border,
      GLYPH_HEIGHT * scale + 2 * border,
      PLATE,
    );
    for (let i = 0; i < text.length; i++) {
      const x = left + i * (GLYPH_WIDTH + 1) * scale;
      glyphRows(text[i]).forEach((bits, row) => {
        for (let column = 0; column < GLYPH_WIDTH; column++) {
          if ((bits >> (GLYPH_WIDTH - 1 - column) & 1) === 0) continue;
          this.#fill(x + column * scale, y + row * scale, scale, scale, INK);
        }
      });
    }
  }

  #disc(centerX: number, centerY: number, radius: number): void {
    for (let dy = -radius; dy <= radius; dy++) {
      const half = Math.floor(Math.sqrt((radius + 0.5) ** 2 - dy * dy));
      this.#fill(centerX - half, centerY + dy, 2 * half + 1, 1, BALL);
    }
  }

  #fill(x: number, y: number, width: number, height: number, index: number) {
    const right = Math.min(this.#width, x + width);
    const bottom = Math.min(this.#height, y + height);
    for (let row = Math.max(0, y); row < bottom; row++) {
      const from = row * this.#width;
      this.#pixels.fill(index, from + Math.max(0, x), from + right);
    }
  }
}

function checkInteger(name: string, value: number, min: number, max: number) {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(
    `Cannot make test pattern: ${name} must be ${min} to ${max}: ${value}`,
  );
}
