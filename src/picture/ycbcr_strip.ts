import { BLOCK_SIDE } from "./jpeg_dct.ts";

/**
 * Some rows of a picture as brightness and two planes of color (ITU-T T.871),
 * around zero, and as wide and high as whole units of JPEG: beyond its edges
 * the picture goes on as it is there.
 */
export class YcbcrStrip {
  /** Pixels that share one color, across and down: 1 or 2. */
  readonly sampling: number;
  /** Values of a row of brightness. */
  readonly columns: number;
  /** Rows of brightness. */
  readonly rows: number;
  /** Brightness, row by row. */
  readonly luma: Float32Array;
  /** How much bluer than gray, row by row; `columns / sampling` in a row. */
  readonly blue: Float32Array;
  /** How much redder than gray, as `blue`. */
  readonly red: Float32Array;
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number, sampling: number) {
    const side = BLOCK_SIDE * sampling;
    this.#width = width;
    this.#height = height;
    this.sampling = sampling;
    this.columns = Math.ceil(width / side) * side;
    this.rows = side;
    const { length } = this.luma = new Float32Array(this.columns * side);
    this.blue = new Float32Array(length / sampling ** 2);
    this.red = new Float32Array(length / sampling ** 2);
  }

  /** Takes the rows of a picture from this one on. */
  convert(rgba: Uint8Array | Uint8ClampedArray, top: number): void {
    this.blue.fill(0);
    this.red.fill(0);
    for (let y = 0; y < this.rows; y++) {
      const row = Math.min(top + y, this.#height - 1);
      this.#convertRow(rgba, 4 * row * this.#width, y);
    }
  }

  #convertRow(
    rgba: Uint8Array | Uint8ClampedArray,
    start: number,
    y: number,
  ): void {
    const { luma, blue, red, columns, sampling } = this;
    const shift = sampling - 1, share = 1 / sampling ** 2;
    const end = start + 4 * (this.#width - 1);
    const colorRow = (y >> shift) * (columns >> shift);
    for (let x = 0, at = start; x < columns; x++) {
      const r = rgba[at], g = rgba[at + 1], b = rgba[at + 2];
      const color = colorRow + (x >> shift);
      luma[y * columns + x] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      blue[color] += share * (-0.168736 * r - 0.331264 * g + 0.5 * b);
      red[color] += share * (0.5 * r - 0.418688 * g - 0.081312 * b);
      if (at < end) at += 4;
    }
  }
}
