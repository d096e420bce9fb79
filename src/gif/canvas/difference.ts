import { BoundingBox, type Box } from "../box.ts";
import { DO_NOT_DISPOSE, MIN_DELAY_CENTISECONDS } from "../spec.ts";
import type { Part } from "../write/frame_part.ts";
import { imagesPart } from "../write/image_part.ts";
import type { UntimedImage } from "../write/compressed_image.ts";
import type { Canvas } from "./canvas.ts";
import { censusOfColors } from "./color_census.ts";
import { HOLE } from "./hole.ts";
import { keyframe } from "./keyframe.ts";
import { layersOf } from "./keyframe_layers.ts";

/** Every color is right, however many images that takes. */
const MAX_LAYERS = 255;

/** Changes nothing, but has what the image before it asked for be done. */
const NOTHING: UntimedImage = {
  ...{ left: 0, top: 0, width: 1, height: 1 },
  indices: Uint8Array.of(0),
  colors: new Uint8Array(0),
  transparentIndex: 0,
  disposal: DO_NOT_DISPOSE,
};

/**
 * Makes a part that takes a viewer from one picture to another: images of the
 * smallest rectangle around what differs, transparent where nothing does. It
 * asks for nothing to be done after it (disposal method 1).
 *
 * If a pixel becomes transparent again, which no image can do by itself, the
 * part is a keyframe.
 *
 * @param seen What the viewer sees, with what the last image asked for.
 * @param wanted What the viewer is to see: of the same size.
 * @param delayCentiseconds How long it is to be shown once it is complete.
 * @returns The part; undefined if there is no difference.
 */
export function difference(
  seen: Canvas,
  wanted: Canvas,
  delayCentiseconds: number = MIN_DELAY_CENTISECONDS,
): Part | undefined {
  const { width } = wanted.screen;
  const before = settledPixels(seen);
  const after = new Uint32Array(wanted.pixels.buffer);
  const box = changedBox(before, after, width);
  if (box === undefined) {
    if (seen.pendingDisposal === undefined) return undefined;
    return { bytes: imagesPart([NOTHING], delayCentiseconds), keyframe: false };
  }
  const changes = changesIn(box, before, after, width);
  if (changes === undefined) {
    const options = { maxLayers: MAX_LAYERS, delayCentiseconds };
    return { bytes: keyframe(wanted, options), keyframe: true };
  }
  const layers = layersOf(censusOfColors(changes), box.width, {
    exactLayers: MAX_LAYERS,
    maxLayers: MAX_LAYERS,
  });
  const images = layers.map((layer) => ({
    ...layer,
    left: box.left + layer.left,
    top: box.top + layer.top,
    disposal: DO_NOT_DISPOSE,
  }));
  return { bytes: imagesPart(images, delayCentiseconds), keyframe: false };
}

/** The pixels that the next image is going to be drawn on. */
function settledPixels(canvas: Canvas): Uint32Array {
  const { pendingDisposal, screen } = canvas;
  const pixels = new Uint32Array(canvas.pixels.buffer);
  if (pendingDisposal === undefined) return pixels;
  const settled = pixels.slice();
  const { left, top, width, height } = pendingDisposal;
  const restored = new Uint32Array(pendingDisposal.pixels.buffer);
  for (let row = 0; row < height; row++) {
    const from = row * width;
    settled.set(
      restored.subarray(from, from + width),
      (top + row) * screen.width + left,
    );
  }
  return settled;
}

/** The smallest rectangle around all that differs. */
function changedBox(
  before: Uint32Array,
  after: Uint32Array,
  screenWidth: number,
): Box | undefined {
  const around = new BoundingBox();
  for (let row = 0, at = 0; at < after.length; row++, at += screenWidth) {
    let first = 0, last = screenWidth - 1;
    while (first < screenWidth && before[at + first] === after[at + first]) {
      first++;
    }
    if (first === screenWidth) continue;
    while (before[at + last] === after[at + last]) last--;
    around.addRow(row, first, last);
  }
  return around.box;
}

/**
 * The new pixels of a rectangle, with holes elsewhere; undefined if some are
 * holes.
 */
function changesIn(
  box: Box,
  before: Uint32Array,
  after: Uint32Array,
  screenWidth: number,
): Uint32Array | undefined {
  const changes = new Uint32Array(box.width * box.height).fill(HOLE);
  for (let row = 0, to = 0; row < box.height; row++) {
    const from = (box.top + row) * screenWidth + box.left;
    for (let x = from; x < from + box.width; x++, to++) {
      if (before[x] === after[x]) continue;
      if (after[x] === HOLE) return undefined;
      changes[to] = after[x];
    }
  }
  return changes;
}
