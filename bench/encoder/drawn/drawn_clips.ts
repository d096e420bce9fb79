/**
 * Clips that are drawn here: kinds of pictures that no film has.
 *
 * @module
 */

import sharp from "sharp";
import type { Film, Shot } from "../film.ts";
import { random, withNoise } from "./noise.ts";
import { pixelArt } from "./pixel_art.ts";
import { chart, clock, nightStreet, terminal, titles } from "./scenes.ts";

type Drawing = (shot: Shot, index: number) => string;

/** How a clip comes to be: by SVG, and by what is done with its pixels. */
interface DrawnClip {
  svg?: Drawing;
  pixels?: (shot: Shot, index: number) => Uint8Array<ArrayBuffer>;
  /** Standard deviation of the noise of its camera. */
  noise?: number;
}

/** The clips, by name. */
export const DRAWN_CLIPS: Record<string, DrawnClip> = {
  terminal: { svg: terminal },
  chart: { svg: chart },
  pixelart: { pixels: pixelArt },
  clock: { svg: clock },
  night: { svg: nightStreet, noise: 4 },
  titles: { svg: titles },
};

/** Draws the pictures of a clip. */
export async function drawFilm(clip: string, shot: Shot): Promise<Film> {
  const { svg, pixels, noise } = DRAWN_CLIPS[clip];
  const next = random(1);
  const frames: Film["frames"] = [];
  for (let i = 0; i < shot.frames; i++) {
    const drawn = svg === undefined
      ? pixels!(shot, i)
      : await render(svg(shot, i), shot);
    frames.push(noise === undefined ? drawn : withNoise(drawn, noise, next));
  }
  return { name: clip, width: shot.width, height: shot.height, frames };
}

async function render(content: string, { width, height }: Shot) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" ` +
    `height="${height}" viewBox="0 0 480 270">${content}</svg>`;
  const data = await sharp(new TextEncoder().encode(svg))
    .removeAlpha().raw().toBuffer();
  return new Uint8Array(data);
}
