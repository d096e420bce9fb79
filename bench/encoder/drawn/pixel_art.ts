import type { Shot } from "../film.ts";
import { random } from "./noise.ts";

/** Pixels of a dot, on each side. */
const DOT = 3;
/** Dots of a tile, on each side. */
const TILE = 16;
const TILES = 8;
const MAP_WIDTH = 64;
/** The sixteen colors of PICO-8. */
const COLORS = [
  ...[0x000000, 0x1d2b53, 0x7e2553, 0x008751, 0xab5236, 0x5f574f],
  ...[0xc2c3c7, 0xfff1e8, 0xff004d, 0xffa300, 0xffec27, 0x00e436],
  ...[0x29adff, 0x83769c, 0xff77a8, 0xffccaa],
];
const SPRITES = [{ top: 20, speed: 2 }, { top: 52, speed: -3 }];

const next = random(5);
const pick = (from: number[]) => from[Math.floor(next() * from.length)];
const tiles = Array.from({ length: TILES }, (_, tile) => {
  const colors = [tile % 16, (tile * 3 + 1) % 16, (tile * 5 + 2) % 16];
  const base = colors[0];
  return Array.from(
    { length: TILE * TILE },
    () => next() < 0.8 ? base : pick(colors),
  );
});
const map = Array.from(
  { length: MAP_WIDTH * 8 },
  () => Math.floor(next() ** 2 * TILES),
);
const sprite = Array.from({ length: TILE * TILE }, (_, i) => {
  const x = i % TILE - 7.5, y = Math.floor(i / TILE) - 7.5;
  return x * x + y * y > 56 ? -1 : pick([8, 9, 15, 8]);
});

/** A game: a background that scrolls a dot a picture, and two figures. */
export function pixelArt(
  { width, height }: Shot,
  index: number,
): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const x = Math.floor(i % width / DOT), y = Math.floor(i / width / DOT);
    const color = COLORS[dotAt(x, y, index, Math.ceil(width / DOT))];
    rgb[i * 3] = color >> 16;
    rgb[i * 3 + 1] = color >> 8 & 255;
    rgb[i * 3 + 2] = color & 255;
  }
  return rgb;
}

function dotAt(x: number, y: number, index: number, width: number): number {
  for (const { top, speed } of SPRITES) {
    const left = ((index * speed + 40) % width + width) % width;
    const column = x - left, row = y - top - index % 4;
    if (column < 0 || column >= TILE || row < 0 || row >= TILE) continue;
    const dot = sprite[row * TILE + column];
    if (dot >= 0) return dot;
  }
  const at = x + index;
  const tile = map[
    Math.floor(y / TILE) % 8 * MAP_WIDTH +
    Math.floor(at / TILE) % MAP_WIDTH
  ];
  return tiles[tile][y % TILE * TILE + at % TILE];
}
