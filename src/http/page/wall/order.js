/**
 * Which tiles are shown, and in which order.
 *
 * @module
 */

/** @import { Order } from "./choices.js" */
/** @import { Tile } from "./tile.js" */

/**
 * The tiles that may be shown, in the order that is wanted.
 *
 * @param {[string, Tile][]} tiles By name, in the server's order.
 * @param {{ order: Order, names: string[] | undefined }} choices
 * @returns {Tile[]}
 */
export function inOrder(tiles, { order, names }) {
  const byName = new Map(tiles);
  const chosen = names === undefined
    ? tiles.map(([_, tile]) => tile)
    : names.flatMap((name) => byName.get(name) ?? []);
  if (order === "name") {
    return chosen.sort((a, b) =>
      a.title.localeCompare(b.title, undefined, { numeric: true })
    );
  }
  return order === "trouble" ? chosen.sort(byTrouble) : chosen;
}

/**
 * What is dead comes first, what died last before all.
 *
 * @param {Tile} a
 * @param {Tile} b
 */
function byTrouble(a, b) {
  if (a.isDead !== b.isDead) return a.isDead ? -1 : 1;
  if (!a.isDead) return 0;
  const ages = [a, b].map(({ status }) =>
    status?.lastFrameAgeMilliseconds ?? Infinity
  );
  return ages[0] === ages[1] ? 0 : ages[0] - ages[1];
}

/**
 * True if a tile has all words that are looked for.
 *
 * @param {Tile} tile
 * @param {string} words
 */
export function matches({ name, title }, words) {
  const text = (name + " " + title).toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
