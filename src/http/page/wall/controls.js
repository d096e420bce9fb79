/**
 * The controls of the wall: what is looked for, order and columns.
 *
 * @module
 */

import { element } from "../elements.js";
import { filled, WALL } from "../words.js";
import { addressOf, orderOf, remember } from "./choices.js";
/** @import { Choices } from "./choices.js" */

const COLUMNS = [1, 2, 3, 4, 5, 6, 8, 10, 12];

/**
 * @typedef {object} ControlEvents
 * @property {() => void} onChoose The choices have changed.
 * @property {(words: string) => void} onFind Words are looked for.
 */

/**
 * Makes the controls work.
 *
 * @param {Choices} choices Those that hold; they are changed.
 * @param {ControlEvents} events
 */
export function prepareControls(choices, { onChoose, onFind }) {
  const find = /** @type {HTMLInputElement} */ (element("find"));
  const order = /** @type {HTMLSelectElement} */ (element("order"));
  const columns = /** @type {HTMLSelectElement} */ (element("columns"));
  for (const count of COLUMNS) {
    const text = count === 1
      ? WALL.oneColumn
      : filled(WALL.columnCount, { count });
    columns.add(new Option(text, String(count)));
  }
  find.oninput = () => onFind(find.value.trim());
  order.value = choices.order;
  columns.value = String(choices.columns ?? "");
  const take = () => {
    choices.order = orderOf(order.value);
    const count = Number(columns.value) || undefined;
    if (count !== choices.columns) choices.rows = undefined;
    choices.columns = count;
    remember(choices);
    onChoose();
  };
  order.onchange = columns.onchange = take;
  if (choices.isKiosk) keepAwake();
}

/**
 * Points the link to the wall without controls to what is shown.
 *
 * @param {Choices} choices
 * @param {string[]} names
 */
export function showKioskAddress(choices, names) {
  element("kiosk").setAttribute("href", "./" + addressOf(choices, names));
}

/** A screen on a wall is not to go dark, where the browser lets it stay lit. */
function keepAwake() {
  if (!("wakeLock" in navigator)) return;
  const lock = () => {
    if (document.hidden) return;
    // A refusal, as on a low battery, leaves the screen as it is.
    navigator.wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", lock);
  lock();
}
