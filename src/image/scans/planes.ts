import type { Pixels } from "../pixels.ts";

/** One of the three components of a JPEG: brightness, or a difference. */
export interface Plane {
  /** -128 to 127, row by row. */
  samples: Float32Array;
  width: number;
  height: number;
}

/** Brightness, and the two color differences at half the resolution. */
export function planesOf({ pixels, width, height }: Pixels): Plane[] {
  const full = plane(width, height);
  const halves = [0, 1].map(() =>
    plane(Math.ceil(width / 2), Math.ceil(height / 2))
  );
  const [blue, red] = halves;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [r, g, b] = [pixels[at], pixels[at + 1], pixels[at + 2]];
      full.samples[y * width + x] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
      const half = (y >> 1) * blue.width + (x >> 1);
      blue.samples[half] += -0.168736 * r - 0.331264 * g + 0.5 * b;
      red.samples[half] += 0.5 * r - 0.418688 * g - 0.081312 * b;
    }
  }
  halves.forEach((half) => divideByCounts(half, width, height));
  return [full, blue, red];
}

function plane(width: number, height: number): Plane {
  return { samples: new Float32Array(width * height), width, height };
}

/** Makes sums of 4 pixels, and of fewer at the edges, their means. */
function divideByCounts(half: Plane, width: number, height: number): void {
  for (let y = 0; y < half.height; y++) {
    const rows = Math.min(2, height - 2 * y);
    for (let x = 0; x < half.width; x++) {
      half.samples[y * half.width + x] /= rows * Math.min(2, width - 2 * x);
    }
  }
}
