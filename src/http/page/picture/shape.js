/**
 * The shape of the stage, and how its pixels are enlarged.
 *
 * @module
 */

/** Flat graphics stay sharp from this scale on. */
const SHARP_SCALE = 2;
/** The pixels of photographs are seen only by those who want to see them. */
const SHARP_PHOTOGRAPH_SCALE = 8;

/**
 * Gives the stage the picture's shape, and sharp pixels when enlarged.
 *
 * @param {HTMLElement} stage
 * @param {{ width: number, height: number }} size Of the picture.
 * @param {{ zoom: number, isPhotograph: boolean }} look
 */
export function showShape(stage, { width, height }, { zoom, isPhotograph }) {
  stage.style.setProperty("--width", String(width));
  stage.style.setProperty("--height", String(height));
  const scale = stage.clientWidth * devicePixelRatio * zoom / width;
  const least = isPhotograph ? SHARP_PHOTOGRAPH_SCALE : SHARP_SCALE;
  stage.classList.toggle("enlarged", scale >= least);
}
