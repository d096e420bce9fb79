import { MAX_DELAY_CENTISECONDS, MIN_DELAY_CENTISECONDS } from "../spec.ts";
import { clearingRecipe } from "../write/clear_image.ts";
import { imagesPart } from "../write/image_part.ts";
import type { UntimedImage } from "../write/compressed_image.ts";
import type { Canvas, PendingDisposal } from "./canvas.ts";
import { censusOfColors } from "./color_census.ts";
import { HOLE } from "./hole.ts";
import { layersOf } from "./keyframe_layers.ts";

/** Images that colors may take if they are all to be right. */
const EXACT_LAYERS = 8;
const TABLE_COLORS = 256;
/** Images that other pictures may take: noise takes 60 to 80. */
const MOST_LAYERS = 255;

/** Options of {@linkcode keyframe}. */
export interface KeyframeOptions {
  /**
   * Time that players show the picture for, in hundredths of a second, 0 to
   * 65535, once it is complete.
   *
   * @default {2}
   */
  delayCentiseconds?: number;
  /**
   * Most images that the colors may be spread over, 1 to 255. Each takes a
   * fiftieth of a second to be shown.
   *
   * @default 8, or more where the picture would be below 38.5 dB with 8
   */
  maxLayers?: number;
}

/**
 * Makes a part that shows what a canvas shows, whatever the viewer had
 * before, and after which the images that follow are drawn as they would be
 * on the canvas.
 *
 * Up to 256 colors take one image. All GIFs that ffmpeg 5 writes stay below
 * that, even with a palette for each frame, since it then repaints each frame
 * as a whole. Where more colors have come together, the first image paints
 * everything in the 256 that cover most, or the nearest of them; then come
 * images that put right the pixels of 255 more colors each, the worst ones
 * first. Measured on streams of changes with a palette for each, 500 to 1800
 * colors on the canvas: exact with 2 to 8 images, in 1.0 to 2.2 times the
 * bytes of the first image alone, which would have left 1 to 30% of the
 * pixels wrong, at 38 to 50 dB, for as long as nothing paints over them.
 * `maxLayers` bounds that: with 8, up to 2041 colors are exact. More colors are
 * merged to as many: films stay above 40 dB so. Noise takes 60 to 80 images to
 * be at 38.5 dB, and 3 times the bytes.
 *
 * Holes need an image in front that clears the screen (see
 * {@linkcode Canvas} on transparency); what the last image asked to be done
 * before the next one needs an image at the end that asks for the same.
 *
 * @param canvas Stays as it is.
 * @param options Delay and bounds.
 * @returns The bytes of the part: images with local color tables.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { Canvas, indexedFrame, keyframe } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const screen = { width: 2, height: 1 };
 * const canvas = new Canvas(screen);
 * canvas.draw(indexedFrame(
 *   screen,
 *   Uint8Array.of(0, 1),
 *   Uint8Array.of(0, 0, 0, 255, 255, 255),
 * ));
 * const viewer = new Canvas(screen);
 * viewer.drawPart(keyframe(canvas));
 * assertEquals(viewer.pixels, canvas.pixels);
 * ```
 */
export function keyframe(
  canvas: Canvas,
  options: KeyframeOptions = {},
): Uint8Array<ArrayBuffer> {
  const { delayCentiseconds = MIN_DELAY_CENTISECONDS } = options;
  const { maxLayers = MOST_LAYERS } = options;
  const { maxLayers: exactLayers = EXACT_LAYERS } = options;
  checkRange("delayCentiseconds", delayCentiseconds, 0, MAX_DELAY_CENTISECONDS);
  checkRange("maxLayers", maxLayers, 1, 255);
  const { screen, pendingDisposal } = canvas;
  const pixels = new Uint32Array(canvas.snapshot().buffer);
  const atEnd: UntimedImage[] = [];
  if (pendingDisposal?.disposal === 2) {
    atEnd.push(clearingRecipe(pendingDisposal));
  } else if (pendingDisposal?.disposal === 3) {
    atEnd.push(imageToBeTakenBack(pixels, screen.width, pendingDisposal));
  }
  const census = censusOfColors(pixels);
  const atStart = census.colors.includes(HOLE) ? [clearingRecipe(screen)] : [];
  const layers = layersOf(census, screen.width, { exactLayers, maxLayers })
    .map((layer) => ({ ...layer, disposal: 1 }));
  return imagesPart([...atStart, ...layers, ...atEnd], delayCentiseconds);
}

/**
 * The image that the canvas drew last and will take back, transparent where
 * it shows what it covers, so that its colors are those that it was drawn in;
 * what it covers is put into `pixels` in its place.
 */
function imageToBeTakenBack(
  pixels: Uint32Array,
  screenWidth: number,
  { left, top, width, height, pixels: covered }: PendingDisposal,
): UntimedImage {
  const image = new Uint32Array(width * height);
  const coveredPixels = new Uint32Array(covered.buffer);
  for (let row = 0; row < height; row++) {
    const begin = row * width, at = (top + row) * screenWidth + left;
    for (let x = 0; x < width; x++) {
      const pixel = pixels[at + x], covered = coveredPixels[begin + x];
      image[begin + x] = pixel === covered ? HOLE : pixel;
    }
    pixels.set(coveredPixels.subarray(begin, begin + width), at);
  }
  paintEqual(image, coveredPixels);
  const bounds = { exactLayers: 1, maxLayers: 1 };
  const [layer] = layersOf(censusOfColors(image), width, bounds);
  return { ...layer, left, top, disposal: 3 };
}

/**
 * Where an image has 256 colors, which leaves no index to be transparent,
 * paints what it covers wherever that is of one of them.
 */
function paintEqual(image: Uint32Array, covered: Uint32Array): void {
  const colors = new Set(image);
  if (colors.size <= TABLE_COLORS) return;
  for (let i = 0; i < image.length; i++) {
    if (image[i] === HOLE && colors.has(covered[i])) image[i] = covered[i];
  }
}

function checkRange(
  name: string,
  value: number,
  least: number,
  most: number,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `Cannot make keyframe: ${name} must be ${least} to ${most}: ${value}`,
  );
}
