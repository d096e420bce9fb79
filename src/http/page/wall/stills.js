/**
 * Pictures of the tiles where no WebSocket can be had: stills, which take no
 * connection for long.
 *
 * @module
 */

/** @import { Tile } from "./tile.js" */

/** Most age of a still on the wall. */
const WALL_MILLISECONDS = 1000;
/** The same in the list. */
const LIST_MILLISECONDS = 4000;
/**
 * The same in the list where nobody watches: longer than a source that runs on
 * demand outlives who asked for a picture, so that stills do not keep it
 * running.
 */
const UNWATCHED_MILLISECONDS = 20000;
/** Of six connections that a browser opens to a host, some are for others. */
const MOST_LOADING = 2;

/**
 * Loads the oldest of the stills that are due.
 *
 * @param {Tile[]} tiles
 * @param {number} width Pixels.
 * @param {boolean} isWall
 */
export function loadStills(tiles, width, isWall) {
  const due = tiles.filter((tile) => tile.isDue(ageOf(tile, isWall)));
  due.sort((a, b) => a.loadedMilliseconds - b.loadedMilliseconds);
  const loading = tiles.filter((tile) => tile.loading).length;
  for (const tile of due.slice(0, Math.max(0, MOST_LOADING - loading))) {
    tile.loadStill(width, () => {
      if (!document.hidden) loadStills(tiles, width, isWall);
    });
  }
}

/**
 * @param {Tile} tile
 * @param {boolean} isWall
 */
function ageOf({ status }, isWall) {
  if (isWall) return WALL_MILLISECONDS;
  return status !== undefined && status.viewers > 0
    ? LIST_MILLISECONDS
    : UNWATCHED_MILLISECONDS;
}
