/**
 * The tab of the browser: its title and its icon say the channel and its state.
 *
 * @module
 */

import { filled, PAGE } from "../words.js";

/** Each has a shape of its own, for those who do not see colors. */
const SHAPES = {
  live: '<circle cx="8" cy="8" r="6" fill="#1f9d45"/>',
  held: '<path d="M3 2h4v12H3zM9 2h4v12H9z" fill="#777"/>',
  away: '<circle cx="8" cy="8" r="5" fill="none" stroke="#c2630a" ' +
    'stroke-width="3"/>',
};

/**
 * Shows the state in the tab.
 *
 * @param {string} title Of the channel.
 * @param {string} state For people.
 * @param {keyof typeof SHAPES} kind
 */
export function showTab(title, state, kind) {
  const text = filled(PAGE.tab, { title, state });
  if (document.title !== text) document.title = text;
  const icon = /** @type {HTMLLinkElement} */ (
    document.querySelector('link[rel="icon"]')
  );
  if (icon.dataset.kind === kind) return;
  icon.dataset.kind = kind;
  const { namespaceURI } = /** @type {Element} */ (
    document.querySelector("svg")
  );
  icon.href = "data:image/svg+xml," + encodeURIComponent(
    '<svg xmlns="' + namespaceURI + '" viewBox="0 0 16 16">' +
      SHAPES[kind] + "</svg>",
  );
}
