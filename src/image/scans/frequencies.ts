import type { Plane } from "./planes.ts";
import { SIDE } from "./zigzag.ts";

const COSINES = cosines();

/** The frequencies of a block of samples (a discrete cosine transform). */
export class Frequencies {
  readonly #plane: Plane;
  readonly #rows = new Float32Array(SIDE * SIDE);
  /** Those of the block that was looked at last, row by row. */
  readonly values: Float32Array = new Float32Array(SIDE * SIDE);

  constructor(plane: Plane) {
    this.#plane = plane;
  }

  /** Looks at a block; beyond the edges the last sample is repeated. */
  look(left: number, top: number): void {
    const { samples, width, height } = this.#plane;
    const rows = this.#rows, values = this.values;
    for (let y = 0; y < SIDE; y++) {
      const row = Math.min(height - 1, top + y) * width;
      for (let u = 0; u < SIDE; u++) {
        let sum = 0;
        for (let x = 0; x < SIDE; x++) {
          const sample = samples[row + Math.min(width - 1, left + x)];
          sum += sample * COSINES[u * SIDE + x];
        }
        rows[y * SIDE + u] = sum;
      }
    }
    for (let u = 0; u < SIDE; u++) {
      for (let v = 0; v < SIDE; v++) {
        let sum = 0;
        for (let y = 0; y < SIDE; y++) {
          sum += rows[y * SIDE + u] * COSINES[v * SIDE + y];
        }
        values[v * SIDE + u] = sum;
      }
    }
  }
}

function cosines(): Float32Array {
  const table = new Float32Array(SIDE * SIDE);
  for (let u = 0; u < SIDE; u++) {
    const scale = u === 0 ? Math.SQRT1_2 / 2 : 1 / 2;
    for (let x = 0; x < SIDE; x++) {
      table[u * SIDE + x] = scale *
        Math.cos((2 * x + 1) * u * Math.PI / (2 * SIDE));
    }
  }
  return table;
}
