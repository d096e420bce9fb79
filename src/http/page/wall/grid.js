/**
 * The shape of the wall.
 *
 * @module
 */

/** CSS pixels between two tiles. */
export const GAP = 4;
/** A tile that is narrower shows too little: the wall scrolls instead. */
const LEAST_WIDTH = 150;

/**
 * @typedef {object} Space
 * @property {number} count Of tiles.
 * @property {number} width CSS pixels for all of them.
 * @property {number} height CSS pixels that are seen at a time.
 * @property {number} aspect The pictures' width divided by their height.
 * @property {number} [columns] As the person wants it.
 * @property {number} [rows] Those that are seen at a time, in the same way.
 */

/**
 * The columns and the height of a row with which pictures are largest.
 *
 * @param {Space} space
 */
export function gridOf(space) {
  const { count, width, height, aspect } = space;
  if (space.columns !== undefined) return fixedGrid(space, space.columns);
  let best = { columns: 1, width: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const tile = tileOf(width, columns);
    const row = tileOf(height, Math.ceil(count / columns));
    const seen = Math.min(tile, row * aspect);
    if (seen > best.width) best = { columns, width: seen };
  }
  const { columns } = best;
  if (best.width >= Math.min(LEAST_WIDTH, width)) {
    return { columns, rowHeight: tileOf(height, Math.ceil(count / columns)) };
  }
  const most = Math.max(1, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)));
  return scrollingGrid(space, Math.min(most, Math.max(count, 1)));
}

/**
 * @param {Space} space
 * @param {number} columns
 */
function fixedGrid(space, columns) {
  const { count, height, aspect, width } = space;
  if (space.rows !== undefined) {
    return { columns, rowHeight: tileOf(height, space.rows) };
  }
  const rowHeight = tileOf(height, Math.ceil(count / columns));
  const isHighEnough = rowHeight * aspect >= tileOf(width, columns) / 2;
  return isHighEnough ? { columns, rowHeight } : scrollingGrid(space, columns);
}

/**
 * @param {Space} space
 * @param {number} columns
 */
function scrollingGrid({ width, height, aspect }, columns) {
  return {
    columns,
    rowHeight: Math.min(tileOf(width, columns) / aspect, height),
  };
}

/**
 * The length of each of several that share one.
 *
 * @param {number} length
 * @param {number} count
 */
function tileOf(length, count) {
  return Math.max((length - GAP * (count - 1)) / count, 1);
}

/**
 * The aspect that suits most pictures.
 *
 * @param {{ width: number, height: number }[]} sizes
 */
export function commonAspect(sizes) {
  const aspects = sizes.filter(({ width, height }) => width * height > 0)
    .map(({ width, height }) => width / height).sort((a, b) => a - b);
  if (aspects.length === 0) return 16 / 9;
  return aspects[Math.floor(aspects.length / 2)];
}
