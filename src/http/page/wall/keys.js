/**
 * The wall by keyboard: the grid is one stop of the tab key, and arrows go from
 * tile to tile.
 *
 * @module
 */

import { element } from "../elements.js";
import { takesKeys, toggleKeys } from "../picture/controls.js";
import { WALL } from "../words.js";

/**
 * Makes keys work that mean something wherever the focus is.
 *
 * @param {HTMLElement} list Its items have a link each.
 * @param {() => void} onFull
 */
export function prepareKeys(list, onFull) {
  const help = element("wall-help");
  help.onclick = () => {
    const isShown = toggleKeys(element("wall-keys"), WALL.keys);
    help.setAttribute("aria-expanded", String(isShown));
  };
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target, defaultPrevented } = event;
    const isOther = ctrlKey || metaKey || altKey || defaultPrevented ||
      !document.body.classList.contains("wall") ||
      takesKeys(/** @type {Element} */ (target), key);
    if (isOther) return;
    if (key === "f") onFull();
    else if (key === "?") help.click();
    else if (key === "/") element("find").focus();
    else if (key.startsWith("Arrow")) {
      linksIn(list).find((link) => link.tabIndex === 0)?.focus();
    } else return;
    event.preventDefault();
  });
}

/** @param {HTMLElement} list Its items have a link each. */
export function followKeys(list) {
  list.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey || shiftKey) return;
    const links = linksIn(list);
    const at = links.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0) return;
    const columns = columnsOf(links);
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - columns,
      ArrowDown: at + columns,
      Home: 0,
      End: links.length - 1,
    }[key];
    if (to === undefined) return;
    event.preventDefault();
    links[to]?.focus();
  });
  list.addEventListener("focusin", () => setTabStop(list));
}

/**
 * Makes one link the stop of the tab key: that which has the focus, the open
 * one, the last stop, or the first.
 *
 * @param {HTMLElement} list
 */
export function setTabStop(list) {
  const links = linksIn(list);
  const stop = links.find((link) => link === document.activeElement) ??
    links.find((link) => link.hasAttribute("aria-current")) ??
    links.find((link) => link.tabIndex === 0) ?? links[0];
  for (const link of links) link.tabIndex = link === stop ? 0 : -1;
}

/** @param {HTMLElement} list */
function linksIn(list) {
  return /** @type {HTMLElement[]} */ (
    Array.from(list.querySelectorAll("li > a"))
  );
}

/** @param {HTMLElement[]} links */
function columnsOf(links) {
  const tops = links.map((link) => link.getBoundingClientRect().top);
  const next = tops.findIndex((top) => top > tops[0] + 1);
  return next < 0 ? links.length : next;
}
