import type { PngStructure } from "./png_structure.ts";

/** Paints samples as red, green and blue, on black. */
export class PngPainter {
  readonly #png: PngStructure;
  readonly #pixels: Uint8Array;
  readonly #maxSample: number;
  /** Premultiplied colors of the palette; the rest of them is black. */
  readonly #palette = new Uint8Array(3 * 256);
  /** Samples of the color that is transparent. */
  readonly #transparent: readonly number[] | undefined;

  /**
   * @param png What the samples mean.
   * @param pixels Where they are painted; black.
   */
  constructor(png: PngStructure, pixels: Uint8Array) {
    this.#png = png;
    this.#pixels = pixels;
    this.#maxSample = 2 ** png.depth - 1;
    const { palette = new Uint8Array(0), transparency, colorType } = png;
    this.#palette.set(palette.subarray(0, this.#palette.length));
    if (colorType === 3) {
      transparency?.subarray(0, 256).forEach((alpha, i) => {
        for (let j = 3 * i; j < 3 * i + 3; j++) {
          this.#palette[j] = Math.round(this.#palette[j] * alpha / 255);
        }
      });
    } else if (transparency?.length === (colorType === 0 ? 2 : 6)) {
      this.#transparent = Array.from(
        { length: transparency.length / 2 },
        (_, i) => (transparency[2 * i] << 8) | transparency[2 * i + 1],
      );
    }
  }

  /**
   * Paints a row's samples.
   *
   * @param first The pixel that the first ones are of.
   * @param step From one pixel to the next.
   */
  paint(samples: Uint16Array, first: number, step: number): void {
    switch (this.#png.colorType) {
      case 0:
        return this.#paint(samples, first, step, 1, 0);
      case 2:
        return this.#paint(samples, first, step, 3, 1);
      case 3:
        return this.#paintPalette(samples, first, step);
      case 4:
        return this.#paint(samples, first, step, 2, 0);
      case 6:
        return this.#paint(samples, first, step, 4, 1);
    }
  }

  #paintPalette(samples: Uint16Array, first: number, step: number): void {
    const pixels = this.#pixels, palette = this.#palette;
    for (let i = 0, at = 3 * first; i < samples.length; i++, at += 3 * step) {
      const color = 3 * samples[i];
      pixels[at] = palette[color];
      pixels[at + 1] = palette[color + 1];
      pixels[at + 2] = palette[color + 2];
    }
  }

  /**
   * @param channels Samples of a pixel; an even number has alpha as its last.
   * @param next From red to green and from green to blue: 0 for gray.
   */
  #paint(
    samples: Uint16Array,
    first: number,
    step: number,
    channels: number,
    next: 0 | 1,
  ): void {
    const pixels = this.#pixels, max = this.#maxSample;
    const hasAlpha = channels % 2 === 0, scale = 255 / max;
    for (
      let i = 0, at = 3 * first;
      i < samples.length;
      i += channels, at += 3 * step
    ) {
      if (this.#transparent !== undefined && this.#isTransparent(samples, i)) {
        continue;
      }
      const alpha = hasAlpha ? samples[i + channels - 1] / max : 1;
      const factor = scale * alpha;
      pixels[at] = samples[i] * factor + 0.5;
      pixels[at + 1] = samples[i + next] * factor + 0.5;
      pixels[at + 2] = samples[i + 2 * next] * factor + 0.5;
    }
  }

  #isTransparent(samples: Uint16Array, at: number): boolean {
    return this.#transparent!.every((sample, i) => samples[at + i] === sample);
  }
}
