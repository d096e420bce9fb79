import { BoundingBox, type Box } from "../box.ts";
import type { UntimedImage } from "../write/compressed_image.ts";
import type { ColorCensus } from "./color_census.ts";
import { HOLE } from "./hole.ts";
import { mergedColors } from "./merged_colors.ts";

/** Bounds on the images of a picture. */
export interface LayerBounds {
  /** 1 to 255: a picture that takes no more images keeps all its colors. */
  exactLayers: number;
  /**
   * At least as many, to 255: more than 8 are taken for colors that are merged
   * only where the picture would be below 38.5 dB otherwise.
   */
  maxLayers: number;
}

/** An image of a keyframe, but for its disposal. */
type Layer = Omit<UntimedImage, "disposal">;

const TABLE_COLORS = 256;
/** The index after the colors of a layer, where it needs to be transparent. */
const TRANSPARENT_INDEX = TABLE_COLORS - 1;
const NO_LAYER = 0;
/** Layers of merged colors that are taken without asking for the error. */
const MERGED_LAYERS = 8;

/**
 * Images that together, drawn one after another, show a picture: the first
 * one paints all of it, the others put colors right that it could not have.
 *
 * @param picture The colors of the picture; {@linkcode HOLE} is none.
 * @param width Pixels of a row.
 * @param bounds Bounds on the images: colors that are too many are merged.
 */
export function layersOf(
  picture: ColorCensus,
  width: number,
  bounds: LayerBounds,
): Layer[] {
  const census = withinBounds(picture, bounds);
  const numbers = Array.from(census.colors.keys());
  const hole = census.colors.indexOf(HOLE);
  if (numbers.length <= TABLE_COLORS) {
    const indexOf = Uint8Array.from(numbers);
    return [paintAll(census, width, numbers, indexOf, hole)];
  }
  const ranked = numbers.filter((number) => number !== hole)
    .sort((a, b) => census.counts[b] - census.counts[a]);
  const tableColors = hole < 0 ? TABLE_COLORS : TRANSPARENT_INDEX;
  const table = ranked.slice(0, tableColors);
  const { indexOf, errors } = approximate(census, table);
  if (hole >= 0) indexOf[hole] = TRANSPARENT_INDEX;
  const wrong = ranked.slice(tableColors)
    .sort((a, b) => errors[b] - errors[a]);
  const groups: number[][] = [];
  for (let at = 0; at < wrong.length; at += TRANSPARENT_INDEX) {
    groups.push(wrong.slice(at, at + TRANSPARENT_INDEX));
  }
  return [
    paintAll(census, width, table, indexOf, hole < 0 ? -1 : TRANSPARENT_INDEX),
    ...correct(census, width, groups),
  ];
}

/** A picture whose colors fit the layers: as it is, or with colors merged. */
function withinBounds(
  picture: ColorCensus,
  { exactLayers, maxLayers }: LayerBounds,
): ColorCensus {
  const holes = picture.colors.includes(HOLE) ? 1 : 0;
  const colorsIn = (layers: number) => layers * TRANSPARENT_INDEX + 1 - holes;
  if (picture.colors.length - holes <= colorsIn(exactLayers)) return picture;
  return mergedColors(picture, {
    fewest: colorsIn(Math.min(exactLayers, MERGED_LAYERS)),
    most: colorsIn(maxLayers),
  });
}

/** The first layer. */
function paintAll(
  census: ColorCensus,
  width: number,
  table: number[],
  indexOf: Uint8Array,
  transparentIndex: number,
): Layer {
  const { numbers } = census;
  const indices = new Uint8Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) indices[i] = indexOf[numbers[i]];
  return {
    left: 0,
    top: 0,
    width,
    height: numbers.length / width,
    indices,
    colors: colorTable(census, table),
    transparentIndex: transparentIndex < 0 ? undefined : transparentIndex,
  };
}

/** The other layers: each paints the pixels of some colors, and no other. */
function correct(
  census: ColorCensus,
  width: number,
  groups: number[][],
): Layer[] {
  const { numbers, colors } = census;
  const layerOf = new Uint8Array(colors.length).fill(NO_LAYER);
  const indexOf = new Uint8Array(colors.length);
  for (const [i, group] of groups.entries()) {
    for (const [index, number] of group.entries()) {
      layerOf[number] = i + 1;
      indexOf[number] = index;
    }
  }
  return groups.map((group, i) => {
    const isInLayer = (pixel: number) => layerOf[numbers[pixel]] === i + 1;
    const box = boundingBox(numbers.length, width, isInLayer);
    const indices = new Uint8Array(box.width * box.height)
      .fill(TRANSPARENT_INDEX);
    for (let row = 0; row < box.height; row++) {
      const at = (box.top + row) * width + box.left;
      for (let x = 0; x < box.width; x++) {
        if (!isInLayer(at + x)) continue;
        indices[row * box.width + x] = indexOf[numbers[at + x]];
      }
    }
    const table = colorTable(census, group);
    return {
      ...box,
      indices,
      colors: table,
      transparentIndex: TRANSPARENT_INDEX,
    };
  });
}

/** The smallest rectangle around some pixels; there must be one. */
function boundingBox(
  pixels: number,
  width: number,
  isInside: (pixel: number) => boolean,
): Box {
  const around = new BoundingBox();
  for (let row = 0, at = 0; at < pixels; row++, at += width) {
    let first = 0, last = width - 1;
    while (first < width && !isInside(at + first)) first++;
    if (first === width) continue;
    while (!isInside(at + last)) last--;
    around.addRow(row, first, last);
  }
  return around.box!;
}

/**
 * The index of each color in a table that has some of them, for others the
 * nearest; and the squared error of that, summed over the color's pixels.
 */
function approximate(census: ColorCensus, table: number[]) {
  const { colors, counts } = census;
  const rgba = new Uint8Array(colors.slice().buffer);
  const indexOf = new Uint8Array(colors.length);
  const errors = new Float64Array(colors.length);
  // Colors that agree in 5 bits of each channel share the search, which
  // bounds it, whatever the number of colors.
  const nearest = new Int16Array(1 << 15).fill(-1);
  for (let number = 0; number < colors.length; number++) {
    const at = number * 4;
    const cell = rgba[at] >> 3 << 10 | rgba[at + 1] >> 3 << 5 |
      rgba[at + 2] >> 3;
    if (nearest[cell] < 0) nearest[cell] = nearestIn(table, rgba, at);
    const index = nearest[cell];
    indexOf[number] = index;
    errors[number] = squaredError(rgba, table[index] * 4, at) * counts[number];
  }
  for (const [index, number] of table.entries()) {
    indexOf[number] = index;
    errors[number] = 0;
  }
  return { indexOf, errors };
}

function nearestIn(table: number[], rgba: Uint8Array, at: number): number {
  let best = 0, least = Infinity;
  for (let index = 0; index < table.length; index++) {
    const error = squaredError(rgba, table[index] * 4, at);
    if (error >= least) continue;
    least = error;
    best = index;
  }
  return best;
}

function squaredError(rgba: Uint8Array, a: number, b: number): number {
  const red = rgba[a] - rgba[b];
  const green = rgba[a + 1] - rgba[b + 1];
  const blue = rgba[a + 2] - rgba[b + 2];
  return red * red + green * green + blue * blue;
}

function colorTable({ colors }: ColorCensus, table: number[]): Uint8Array {
  const rgba = new Uint8Array(Uint32Array.from(table, (n) => colors[n]).buffer);
  const rgb = new Uint8Array(table.length * 3);
  for (let i = 0; i < table.length; i++) {
    rgb.set(rgba.subarray(i * 4, i * 4 + 3), i * 3);
  }
  return rgb;
}
