import gifencModule from "gifenc";
import { type Film, FRAMES_PER_SECOND } from "../film.ts";
import { CpuClock } from "../cpu_clock.ts";
import type { Encoded } from "./encoded.ts";

const { applyPalette, GIFEncoder, quantize } = gifencModule;
const DELAY_MILLISECONDS = 1000 / FRAMES_PER_SECOND;

/** npm's gifenc as its readme shows: a palette for every picture. */
export function gifenc(film: Film, format: "rgb444" | "rgb565"): Encoded {
  const { width, height, frames } = film;
  const pictures = frames.map(withAlpha);
  const encoder = GIFEncoder();
  const clock = new CpuClock();
  for (const rgba of pictures) {
    clock.start();
    const palette = quantize(rgba, 256, { format });
    const indices = applyPalette(rgba, palette, format);
    encoder.writeFrame(indices, width, height, {
      palette,
      delay: DELAY_MILLISECONDS,
    });
    clock.stop();
  }
  encoder.finish();
  return {
    name: `gifenc ${format}`,
    gif: encoder.bytes() as Uint8Array<ArrayBuffer>,
    millisecondsPerFrame: clock.median(),
  };
}

/** gifenc reads pixels of four bytes only. */
function withAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(rgb.length / 3 * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from];
    rgba[to + 1] = rgb[from + 1];
    rgba[to + 2] = rgb[from + 2];
  }
  return rgba;
}
