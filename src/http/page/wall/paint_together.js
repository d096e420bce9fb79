/**
 * Painting of several pictures at a time: a browser composes the whole page
 * after each that is painted alone.
 *
 * @module
 */

/** Less than the time between two pictures of a tile. */
const COLLECTING_MILLISECONDS = 60;

/** @type {(() => void)[]} */
let paints = [];

/** @param {() => void} paint Called soon, with others. */
export function paintTogether(paint) {
  paints.push(paint);
  if (paints.length === 1) setTimeout(paintAll, COLLECTING_MILLISECONDS);
}

function paintAll() {
  const all = paints;
  paints = [];
  for (const paint of all) paint();
}
